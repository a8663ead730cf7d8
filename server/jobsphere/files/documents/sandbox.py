"""Starts the reader for one document, waits for it a while, and believes nothing that it says unseen."""

import json
import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from jobsphere.files.documents import reader
from jobsphere.files.documents.rules import Reason

#: Seconds of the clock; the reader's own limit counts its work only.
PATIENCE = 45
_READER = Path(reader.__file__)
_REASONS = {
    reader.DAMAGED: Reason.DAMAGED,
    reader.TOO_LARGE: Reason.TOO_LARGE,
    reader.LOCKED: Reason.LOCKED,
    reader.NO_TEXT: Reason.NO_TEXT,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, or why nothing was."""

    text: str = ""
    pages: int | None = None
    truncated: bool = False
    reason: str = ""


def read(content: IO[bytes], kind: str) -> Reading:
    """Read a document ("pdf" or "docx") in a process that ends soon, whatever the document does to it."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        while piece := content.read(256 * 1024):
            given.write(piece)
        given.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(_READER), kind],
                stdin=given,
                stdout=said,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"LANG": "C.UTF-8"},
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Reading(reason=Reason.TOO_SLOW)
        said.seek(0)
        return _understood(done.returncode, said.read(reader.OUTPUT))


def _understood(code: int, said: bytes) -> Reading:
    """Return the reading; a process that was killed has worked too long or taken too much."""
    if code:
        return Reading(reason=_REASONS.get(code, Reason.TOO_SLOW if code < 0 else Reason.DAMAGED))
    try:
        answer = json.loads(said)
        text = _clean(str(answer["text"])[: reader.MAX_CHARACTERS])
        pages = int(answer["pages"]) if answer["pages"] is not None else None
    except (ValueError, KeyError, TypeError):
        return Reading(reason=Reason.DAMAGED)
    return Reading(text, pages, bool(answer.get("truncated")))


def _clean(text: str) -> str:
    """Return words and lines only: no control characters, no line that is empty twice."""
    normal = unicodedata.normalize("NFKC", text)
    kept = "".join(letter for letter in normal if letter in "\n\t" or unicodedata.category(letter)[0] != "C")
    lines = [" ".join(line.split()) for line in kept.split("\n")]
    return "\n".join(line for before, line in zip(["", *lines], lines, strict=False) if line or before).strip()
