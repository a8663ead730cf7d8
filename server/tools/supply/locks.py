"""What the lock files pin: requirements/*.txt of Python, package-lock.json of the web app."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[3]
#: Of Python: what runs in production, and what else is needed to build, test and check.
RUNTIME = ("requirements/uv.txt", "requirements/base.txt")
DEVELOPMENT = ("requirements/dev.txt",)

_PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)(?: ; .*?)? *\\?$", re.M)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, order=True)
class Package:
    """One pinned package. `hashes`: (algorithm as CycloneDX writes it, hex) of each file that may be installed."""

    ecosystem: str
    name: str
    version: str
    runtime: bool
    hashes: tuple[tuple[str, str], ...] = ()
    #: As its lock file says; Python's says nothing.
    licence: str = ""

    @property
    def purl(self) -> str:
        """Return its package URL."""
        name = quote(self.name, safe="/") if self.ecosystem == "npm" else re.sub(r"[-_.]+", "-", self.name).lower()
        return f"pkg:{self.ecosystem}/{name}@{quote(self.version)}"


def packages() -> list[Package]:
    """Return everything that is pinned, in order, each once."""
    return sorted([*_python(), *_npm()])


def _python() -> Iterator[Package]:
    found: dict[tuple[str, str], Package] = {}
    for files, runtime in ((RUNTIME, True), (DEVELOPMENT, False)):
        for file in files:
            text = (ROOT / file).read_text()
            pins = list(_PIN.finditer(text))
            for pin, end in zip(pins, [each.start() for each in pins[1:]] + [len(text)], strict=True):
                hashes = tuple(("SHA-256", each) for each in _HASH.findall(text, pin.end(), end))
                found.setdefault((pin[1], pin[2]), Package("pypi", pin[1], pin[2], runtime, hashes))
    yield from found.values()


def _npm() -> Iterator[Package]:
    found: dict[tuple[str, str], Package] = {}
    for path, entry in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
        if "node_modules/" not in path or entry.get("link"):
            continue  # our own
        name = entry.get("name") or path.rpartition("node_modules/")[2]
        runtime = not (entry.get("dev") or entry.get("devOptional"))
        known = found.get((name, entry["version"]))
        if known is None or (runtime and not known.runtime):
            hashes = tuple(map(_of_integrity, entry.get("integrity", "").split()))
            package = Package("npm", name, entry["version"], runtime, hashes, entry.get("license", ""))
            found[name, entry["version"]] = package
    yield from found.values()


def _of_integrity(word: str) -> tuple[str, str]:
    algorithm, _, value = word.partition("-")
    return f"SHA-{algorithm.removeprefix('sha')}", base64.b64decode(value).hex()
