"""docs/proof.md names the tests that try each bar of the money, and speaks of planted bugs: here we prove both."""

import re
from pathlib import Path

import pytest

from tests.faults.stages import STAGES
from tools.mutants.catalogue import MUTANTS
from tools.mutants.words import Mutant

SERVER = Path(__file__).resolve().parents[2]
PAGE = (SERVER.parent / "docs" / "proof.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows_of(title: str) -> list[str]:
    """Return the rows of a section that name a test."""
    section = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ") and ".py" in line]


def test_every_bar_and_every_shape_has_a_row():
    assert len(rows_of("Bar by bar")) == 20
    assert len(rows_of("Shape by shape")) == 15


def test_every_test_that_the_page_names_exists():
    named = set(_NAMED.findall(PAGE))
    missing = [
        f"{file}::{name}"
        for file, name in sorted(named)
        if not (SERVER / file).exists()
        or not re.search(rf"^def {name}\(", (SERVER / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []


def test_every_chapter_of_the_machine_is_described():
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(STAGES)


def test_there_are_many_planted_bugs_and_each_has_its_own_name():
    assert len({each.name for each in MUTANTS}) == len(MUTANTS) >= 20


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_bug_can_be_planted_and_the_tests_that_must_notice_exist(mutant: Mutant):
    for edit in mutant.edits:
        assert (SERVER / edit.path).read_text(encoding="utf-8").count(edit.before) == 1, edit.path
        assert edit.before != edit.after
    for target in mutant.tests:
        file, _, name = target.partition("::")
        source = (SERVER / file).read_text(encoding="utf-8")
        assert not name or re.search(rf"^def {name}\(", source, re.MULTILINE), target
