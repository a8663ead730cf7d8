"""The bill of materials names everything that the lock files pin, always with the same words, as CycloneDX wants it."""

import json
import re

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.supply import sbom
from tools.supply.locks import ROOT, packages


def test_it_is_what_the_schema_of_cyclonedx_asks_for() -> None:
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    bill = sbom.bill()
    # Of each licence, home and scope one: the schema is slow, and the others are made the same way.
    kinds = {(str(each["licenses"]), each["purl"][:8], each["scope"]): each for each in bill["components"]}
    assert len(kinds) > 20
    bill["components"] = list(kinds.values())
    assert validator.validate_str(json.dumps(bill)) is None
    bill["components"] = [{"type": "library"}]
    assert validator.validate_str(json.dumps(bill)) is not None


def test_the_same_lock_files_give_the_same_bill() -> None:
    assert sbom.bill() == sbom.bill()
    assert "timestamp" not in json.dumps(sbom.bill())


def test_everything_that_is_pinned_is_in_it_once_and_with_the_hashes_of_its_files() -> None:
    pins = {
        re.sub(r"[-_.]+", "-", line.split("==")[0].split("[")[0]).lower()
        for file in ("uv", "base", "dev")
        for line in (ROOT / "requirements" / f"{file}.txt").read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    found = packages()
    purls = [each.purl for each in found]
    assert len(set(purls)) == len(purls)
    assert {re.sub(r"[-_.]+", "-", each.name).lower() for each in found if each.ecosystem == "pypi"} == pins
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    theirs = [each for name, each in locked.items() if "node_modules/" in name and not each.get("link")]
    assert {each.version for each in found if each.ecosystem == "npm"} == {each["version"] for each in theirs}
    assert [each.purl for each in found if not each.hashes] == []


def test_it_tells_what_runs_from_what_only_builds_and_tests() -> None:
    scopes = {each["name"]: each["scope"] for each in sbom.bill()["components"]}
    assert scopes["django"] == scopes["react"] == "required"
    assert scopes["pytest"] == scopes["typescript"] == "excluded"
