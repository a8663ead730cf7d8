"""A planted secret is found, by its line and kind and never by itself; nothing in the tree is one."""

import re
from pathlib import Path

import pytest

from tools.secrets import detectors, found_in, is_allowed, leaks, remembered_in

#: Made up, and put together here so that no scanner of others trips over this file.
PLANTED = {
    "AWS Access Key": "AKIA" + "IOSFODNN7EXAMPLE",
    "Stripe Access Key": "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "Private Key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "GitHub Token": "ghp_" + "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx",
    "JSON Web Token": "eyJhbGciOiJIUzI1NiJ9."
    + "eyJzdWIiOiIxMjM0NTY3ODkwIn0."
    + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_found_by_line_and_kind(kind: str) -> None:
    text = f"first line\nTOKEN = '{PLANTED[kind]}'\n"
    assert (2, kind) in set(found_in(text, detectors()))


def test_what_is_no_secret_is_not_called_one() -> None:
    text = "SECRET_KEY = env.text('SECRET_KEY')\nSTRIPE = 'sk_test_nobody_is_asked'\nid = '01a20014-d74d-7721-b01f'\n"
    assert list(found_in(text, detectors())) == []


def test_only_places_of_made_up_ones_are_left_out() -> None:
    assert is_allowed("server/tests/edge/test_logs.py")
    assert not is_allowed("deploy/compose/jobsphere.env")
    assert not is_allowed("server/config/settings.py")


def test_only_what_was_found_clean_of_these_shapes_is_not_read_again(tmp_path: Path) -> None:
    shapes, bad = detectors(), PLANTED["AWS Access Key"].encode()
    wrong, clean = leaks([("good.py", b"x = 1"), ("bad.py", bad)], shapes, set())
    assert wrong == ["bad.py:1: AWS Access Key"]
    assert len(clean) == 1
    assert leaks([("good.py", b"x = 1"), ("bad.py", bad)], shapes, clean) == (wrong, clean)
    changed, _ = leaks([("good.py", b"x = 1\n" + bad)], shapes, clean)
    assert changed == ["good.py:2: AWS Access Key"]
    more = [*shapes, ("a new kind", re.compile("x"))]
    assert remembered_in(tmp_path, more) != remembered_in(tmp_path, shapes)
