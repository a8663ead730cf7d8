"""docs/adr/README.md: every decision, from the titles of its pages."""

from __future__ import annotations

import re
from pathlib import Path

from tools.generated.words import HEAD, rows

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "adr"
_TITLE = re.compile(r"^# (?:ADR )?(\d+)[.:] *(.+)$", re.M)


def page() -> str:
    """Return the index."""
    listed = [(name[:4], f"[{title}]({name})") for name, title in decisions()]
    words = "What was decided, what was tried, and why: one page each. A new one takes the next number."
    return "\n".join(["# Decisions", "", HEAD, "", words, "", *rows(("number", "decision"), listed), ""])


def decisions() -> list[tuple[str, str]]:
    """Return the file and the title of each; a page without a title of this form is refused."""
    found = []
    for path in sorted(FOLDER.glob("[0-9]*.md")):
        title = _TITLE.search(path.read_text(encoding="utf-8"))
        if title is None or int(title[1]) != int(path.name[:4]):
            raise ValueError(f"{path.name} must begin with `# {int(path.name[:4])}. Its title`")
        found.append((path.name, title[2][0].upper() + title[2][1:]))
    return found
