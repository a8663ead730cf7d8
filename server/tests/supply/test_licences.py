"""Every package may be used under its licence; a new one that may not, or that nobody knows, is refused."""

from dataclasses import replace
from email.message import Message
from typing import Any

import pytest

from tools.supply import licences
from tools.supply.locks import Package, packages


def test_everything_that_is_pinned_may_be_used() -> None:
    assert licences.refused() == []


def test_what_was_read_by_hand_is_still_pinned() -> None:
    assert set(licences.BY_HAND) - {each.name for each in packages()} == set()


@pytest.mark.parametrize(
    ("licence", "runs", "builds"),
    [
        ("MIT", True, True),
        ("MIT OR GPL-3.0-only", True, True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True, True),
        ("GPL-3.0-only", False, True),
        ("MIT AND GPL-3.0-only", False, True),
        ("AGPL-3.0-only", False, False),
        ("SSPL-1.0", False, False),
        ("", False, False),
    ],
)
def test_all_of_an_and_and_one_of_an_or_must_be_allowed(licence: str, runs: bool, builds: bool) -> None:
    package = Package("npm", "new", "1.0", runtime=True)
    assert licences.allows(package, licence) is runs
    assert licences.allows(replace(package, runtime=False), licence) is builds


@pytest.mark.parametrize("said", ["AGPL-3.0-only", "SEE LICENSE IN LICENSE.md", "Commercial", ""])
def test_a_new_package_that_may_not_be_used_is_named(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    new = Package("npm", "@acme/new", "1.0.0", runtime=True, licence=said)
    monkeypatch.setattr(licences, "packages", lambda: [*packages(), new])
    assert licences.refused() == [f"pkg:npm/%40acme/new@1.0.0: {said if said.startswith('AGPL') else 'unknown'}"]


@pytest.mark.parametrize(
    ("told", "licence"),
    [
        ({"License-Expression": "MIT OR Apache-2.0", "License": "nonsense"}, "MIT OR Apache-2.0"),
        ({"License": "Apache Software License"}, "Apache-2.0"),
        ({"License": "UNKNOWN", "Classifier": ["License :: OSI Approved :: MIT License"]}, "MIT"),
        ({"Classifier": [f"License :: OSI Approved :: {name}" for name in ("MIT License", "BSD License")]}, ""),
        ({"License": "Copyright somebody\nPermission is hereby granted"}, ""),
        ({}, ""),
    ],
)
def test_the_most_exact_words_of_a_package_count_and_several_are_for_a_human(told: Any, licence: str) -> None:
    message: Any = Message()
    for name, value in told.items():
        for each in value if isinstance(value, list) else [value]:
            message[name] = each
    assert licences._of_metadata(message) == licence
