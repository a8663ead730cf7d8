"""Writes the bill of materials, CycloneDX 1.6 as JSON: `make sbom`, `python -m tools.supply.sbom [FILE]`.

The same lock files give the same bytes: no time, no number by chance.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tools.supply.licences import licence_of
from tools.supply.locks import ROOT, Package, packages


def bill() -> dict[str, Any]:
    """Return the bill of everything that is pinned."""
    components = [_component(each) for each in packages()]
    told = json.dumps(components, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, told)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "jobsphere", "name": "jobsphere"}},
        "components": components,
    }


def _component(package: Package) -> dict[str, Any]:
    # A Python package is several files, of which one is installed: their hashes belong to distributions.
    distribution = {"type": "distribution", "url": package.purl}
    hashes = [{"alg": algorithm, "content": value} for algorithm, value in package.hashes]
    licence = licence_of(package)
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "scope": "required" if package.runtime else "excluded",
        **({"licenses": [{"expression": licence}]} if licence else {}),
        "externalReferences": [{**distribution, "hashes": hashes}] if hashes else [],
    }


def main(arguments: list[str]) -> int:
    """Write it where it is wanted, or to standard output."""
    text = json.dumps(bill(), indent=1) + "\n"
    if arguments:
        (ROOT / arguments[0]).write_text(text)
        print(f"{arguments[0]}: {len(packages())} packages")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
