"""How a planted bug is written down."""

from __future__ import annotations

from dataclasses import dataclass

APP = "jobsphere"


@dataclass(frozen=True)
class Edit:
    """`before`, which stands exactly once in the file, becomes `after`."""

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Mutant:
    """A bug. `tests` are files with an optional ::test, run in this order until one fails; the machine is the last."""

    name: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]


def mutant(name: str, path: str, before: str, after: str, *tests: str, more: tuple[Edit, ...] = ()) -> Mutant:
    """Write a bug of one edit, or several."""
    return Mutant(name, (Edit(f"{APP}/{path}", before, after), *more), tests)
