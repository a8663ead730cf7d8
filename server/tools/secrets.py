"""Looks for secrets in every file that git knows: `python -m tools.secrets`, part of `make lint`.

The shapes are those of detect-secrets' detectors (keys of clouds, gateways, registries, private keys, tokens). Its
guesses by entropy and by variable names are left out: a marketplace that tests its own secrecy is full of made-up ones.
What is allowed, and why, stands in ALLOWED. A content that was found clean is not read again while the shapes stay.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from inspect import isclass
from pathlib import Path
from typing import Any

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.plugins.base import RegexBasedDetector

ROOT = Path(__file__).resolve().parents[2]
#: Digests of contents that were found clean, one a line; the file is named after the shapes.
REMEMBERED = ROOT / ".cache" / "secrets"
#: Detectors that know a host, a person or a phrase and not the shape of a secret.
LEFT_OUT = {"KeywordDetector", "BasicAuthDetector", "IPPublicDetector"}
#: Files whose matches are made up on purpose: (ending of the path, why).
ALLOWED = (
    ("/tests/", "planted to prove that logs, answers and this check see them"),
    ("server/jobsphere/watch/", "the shapes that logs are cleaned of"),
)


def detectors() -> list[tuple[str, re.Pattern[str]]]:
    """Return every shape with the name of what it is."""
    import_module("detect_secrets.core.plugins.initialize")
    kinds: dict[str, Any] = get_mapping_from_secret_type_to_class()
    shapes = [each for each in kinds.values() if isclass(each) and issubclass(each, RegexBasedDetector)]
    return [
        (str(each.secret_type), pattern)
        for each in sorted(shapes, key=lambda kind: kind.__name__)
        if each.__name__ not in LEFT_OUT
        for pattern in each().denylist
    ]


def files() -> Iterator[Path]:
    """Return every file that is, or is about to be, committed."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    yield from (ROOT / name for name in names if name and (ROOT / name).is_file())


def found_in(text: str, shapes: list[tuple[str, re.Pattern[str]]]) -> Iterator[tuple[int, str]]:
    """Return the line and the kind of every secret in a text; never the secret itself."""
    for kind, pattern in shapes:
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, kind


def is_allowed(name: str) -> bool:
    """Say whether what is found in a file is known and no secret."""
    return any(part in f"/{name}" for part, _ in ALLOWED)


def remembered_in(folder: Path, shapes: list[tuple[str, re.Pattern[str]]]) -> Path:
    """Return the file that remembers what is clean of these shapes; others have another."""
    told = repr([(kind, pattern.pattern, pattern.flags) for kind, pattern in shapes])
    return folder / hashlib.sha256(told.encode()).hexdigest()[:16]


def leaks(
    contents: Iterable[tuple[str, bytes]], shapes: list[tuple[str, re.Pattern[str]]], known: set[str]
) -> tuple[list[str], set[str]]:
    """Return `name:line: kind` of every secret, and the digests of what has none; what is `known` is not read again."""
    wrong: list[str] = []
    clean: set[str] = set()
    for name, content in contents:
        digest = hashlib.sha256(content).hexdigest()
        found = [] if digest in known else list(found_in(content.decode(errors="replace"), shapes))
        wrong += [f"{name}:{line}: {kind}" for line, kind in found]
        if not found:
            clean.add(digest)
    return wrong, clean


def main() -> int:
    """Name what was found; 1 when there is anything."""
    shapes = detectors()
    memory = remembered_in(REMEMBERED, shapes)
    known = set(memory.read_text().split()) if memory.exists() else set()
    names = ((str(file.relative_to(ROOT)), file.read_bytes()) for file in files())
    texts = ((name, content) for name, content in names if not is_allowed(name) and b"\0" not in content[:2000])
    wrong, clean = leaks(texts, shapes, known)
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text("\n".join(sorted(clean)))
    print("\n".join(sorted(set(wrong))))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
