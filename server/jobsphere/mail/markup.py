"""The few signs in which letters are written, so that one source makes both the HTML and the text.

Paragraphs stand apart by an empty line. `# 123456` is a code, `> …` lines are facts in a box, `[Words](address)` on a
line of its own is a button, `~ …` is small print. Signs are read before values are filled in: no name can be a button.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

_BUTTON = re.compile(r"^\[(?P<words>[^\]]+)\]\((?P<address>\S+)\)$")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a letter: paragraph, code, facts, button or small."""

    kind: str
    text: str
    url: str = ""

    def as_text(self) -> str:
        """Return the part as a letter without HTML shows it."""
        if self.kind == "button":
            return f"{self.text}: {self.url}"
        if self.kind == "facts":
            return "\n".join(f"    {line}" for line in self.text.splitlines())
        return self.text


@lru_cache(maxsize=512)
def read(source: str) -> tuple[Block, ...]:
    """Return the parts of a letter, not yet filled."""
    return tuple(_block(part.strip()) for part in re.split(r"\n\s*\n", source.strip()) if part.strip())


def filled(blocks: tuple[Block, ...], fill: Callable[[str], str]) -> tuple[Block, ...]:
    """Fill the values into each part; a part that becomes empty is left out."""
    done = [replace(each, text=fill(each.text).strip(), url=fill(each.url)) for each in blocks]
    return tuple(each for each in done if each.text and (each.kind != "button" or each.url))


def _block(part: str) -> Block:
    if part.startswith("# "):
        return Block("code", part[2:].strip())
    if part.startswith("~ "):
        return Block("small", _joined(part[2:]))
    if part.startswith(">"):
        return Block("facts", "\n".join(line.lstrip("> ").strip() for line in part.splitlines()))
    if button := _BUTTON.match(part):
        return Block("button", button["words"], button["address"])
    return Block("paragraph", _joined(part))


def _joined(text: str) -> str:
    return " ".join(text.split())
