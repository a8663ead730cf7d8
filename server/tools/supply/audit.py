"""Asks whether a hole is known in what the lock files pin, pip-audit and `npm audit`: `make audit`.

0: none is known. 1: there are some, and they are printed. 2: a source did not answer, so nothing is known: said loudly,
because silence would look like safety. Holes that another source knows are printed all the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.supply.locks import DEVELOPMENT, ROOT

NONE_KNOWN, KNOWN, NOT_ASKED = 0, 1, 2


@dataclass(frozen=True)
class Source:
    """One that knows holes: how it is asked, and how its answer is read; that raises ValueError for no answer."""

    name: str
    command: tuple[str, ...]
    read: Callable[[Any], Iterator[str]]


def _of_pip_audit(answer: Any) -> Iterator[str]:
    if "dependencies" not in answer:
        raise ValueError("no list of packages")
    for each in answer["dependencies"]:
        if "skip_reason" in each:
            raise ValueError(f"{each['name']}: {each['skip_reason']}")
        for hole in each["vulns"]:
            yield f"{each['name']} {each['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or '-'}"


def _of_npm(answer: Any) -> Iterator[str]:
    if "vulnerabilities" not in answer:
        raise ValueError(answer.get("message") or "no list of holes")
    for name, each in answer["vulnerabilities"].items():
        titles = {via["title"] for via in each["via"] if isinstance(via, dict)}
        yield f"{name} {each['range']}: {each['severity']}: {'; '.join(sorted(titles)) or 'through what it uses'}"


#: It holds what runs as well.
_FILES = tuple(part for file in DEVELOPMENT for part in ("--requirement", str(ROOT / file)))
_PIP_AUDIT = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off")
SOURCES = (
    Source("Python", (*_PIP_AUDIT, "--format", "json", *_FILES), _of_pip_audit),
    Source("npm", ("npm", "audit", "--package-lock-only", "--json"), _of_npm),
)


def ask(source: Source) -> list[str]:
    """Return the holes that a source knows. Raises ValueError, with its last words, when it could not be asked."""
    # Node, and npm with it, come from .venv.
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(source.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    try:
        return list(source.read(json.loads(done.stdout)))
    except ValueError as error:
        last = (done.stderr.strip().splitlines() or [str(error)])[-1]
        raise ValueError(last[:300]) from error


def main() -> int:
    """Ask every source; the worst outcome counts, and a known hole is worse than silence."""
    outcomes = set()
    for source in SOURCES:
        try:
            holes = ask(source)
        except ValueError as error:
            print(f"!!! {source.name}: COULD NOT BE ASKED HERE. Nothing is known of its packages.\n    {error}")
            outcomes.add(NOT_ASKED)
            continue
        print(f"{source.name}: {len(holes)} known" + "".join(f"\n  {hole}" for hole in holes))
        outcomes.add(KNOWN if holes else NONE_KNOWN)
    return KNOWN if KNOWN in outcomes else max(outcomes)


if __name__ == "__main__":
    sys.exit(main())
