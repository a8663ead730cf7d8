"""The pages of `docs/` that are written from the code: `python -m tools.reference`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools.generated import api, commands, decisions, frames, problems, settings, tables, watching
from tools.supply import licences

DOCS = Path(__file__).resolve().parents[3] / "docs"

#: Each page, and what writes it; the pages of the API are `api.pages()`.
PAGES: dict[str, Callable[[], str]] = {
    "adr/README.md": decisions.page,
    "licences.md": licences.page,
    "reference/settings.md": settings.page,
    "reference/commands.md": commands.page,
    "reference/frames.md": frames.page,
    "reference/problems.md": problems.page,
    "reference/metrics.md": watching.page,
    "reference/tables.md": tables.page,
}


def pages() -> dict[str, str]:
    """Return every page by its name under docs/."""
    return {**{name: write() for name, write in PAGES.items()}, **api.pages()}
