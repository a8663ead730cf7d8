"""What a run says, as Markdown: for the terminal and for docs/load.md alike."""

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def machine() -> str:
    """Return the machine's size, and how busy it was with everything, this run included."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    today = datetime.now(UTC).date().isoformat()
    return f"{today}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, load {load}"


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return a Markdown table; the first column is words, the others are figures."""
    names = list(head)
    lines = [names, ["---", *(["---:"] * (len(names) - 1))], *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def steps(found: dict[str, Any], timers: dict[str, list[float]], seconds: float) -> str:
    """Return what each step of the journeys took, seen by the crowd and by the server's balancer."""
    rows = []
    for step, seen in sorted(found["steps"].items(), key=lambda item: (item[0] == "all", item[0])):
        own = together(timers) if step == "all" else timers.get(step, [])
        rows.append(
            [
                step,
                seen["requests"],
                seen["failed"],
                f"{seen['requests'] / seconds:.1f}",
                *(f"{share(own, part):.0f}" for part in (0.5, 0.95, 0.99)),
                *(f"{seen[f'p{part}']:.0f}" for part in (50, 95, 99)),
            ]
        )
    head = ["step", "requests", "failed", "/s", "server p50", "p95", "p99 ms", "crowd p50", "p95", "p99 ms"]
    return table(head, rows)


def together(timers: dict[str, list[float]]) -> list[float]:
    """Return the times of all steps, sorted."""
    return sorted(each for times in timers.values() for each in times)


def share(times: list[float], part: float) -> float:
    """Return the percentile of sorted times; 0 where nothing was measured."""
    return times[min(len(times) - 1, int(len(times) * part))] if times else 0.0


def write(file: Path, words: str) -> None:
    """Put the results between the marks of a page, and leave the rest of the page alone."""
    page = file.read_text()
    before, begin, rest = page.partition("<!-- results -->\n")
    _, end, after = rest.partition("<!-- end of results -->")
    if not (begin and end):
        raise SystemExit(f"{file} has no place for results")
    file.write_text(f"{before}{begin}{words}\n{end}{after}")
