"""What a benchmark hands back, and the table that is printed."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One ratio of two rates of the same run. `bar` is the least it should be; None where it is only told."""

    name: str
    ratio: float
    bar: float | None
    detail: str

    @property
    def is_met(self) -> bool:
        return self.bar is None or self.ratio >= self.bar


def table(results: Sequence[Result]) -> str:
    """Return the results as a text table."""
    width = max([len(result.name) for result in results], default=4)
    lines = [f"{'what':<{width}}  ratio   bar            how it was measured"]
    for result in results:
        bar = f">= {result.bar:.2f}" if result.bar is not None else ""
        verdict = "" if result.bar is None else ("met" if result.is_met else "MISSED")
        lines.append(f"{result.name:<{width}}  {result.ratio:5.2f}   {bar:<7} {verdict:<6} {result.detail}")
    return "\n".join(lines)
