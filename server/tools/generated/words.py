"""How generated pages are written."""

from __future__ import annotations

from collections.abc import Iterable

HEAD = (
    "Generated from the code by `python -m tools.reference` in `server/`; a test fails when it is stale. Do not edit."
)


def rows(head: tuple[str, ...], cells: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a table's lines."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return [*lines, *(f"| {' | '.join(cell_of(cell) for cell in row)} |" for row in cells)]


def cell_of(text: str) -> str:
    """Return text as it may stand in a cell: one line, no bar, and nothing that reads as a tag."""
    return (
        one_line(text).replace("|", "/").replace("<", "&lt;") if "`" not in text else one_line(text).replace("|", "/")
    )


def one_line(text: str | None) -> str:
    """Return the first paragraph of a docstring in one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())
