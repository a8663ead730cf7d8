"""The first start installs exactly what is pinned; the second has nothing to do."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import bootstrap

SCRIPT = Path(bootstrap.__file__)
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", re.IGNORECASE)


def pins(which: str) -> dict[str, str]:
    lines = bootstrap.pins(which).read_text().splitlines()
    return {found[1]: found[2] for line in lines if (found := PIN.match(line))}


@pytest.fixture
def fresh_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with pins and an environment that looks complete."""
    monkeypatch.setattr(bootstrap, "REQUIREMENTS", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "venv")
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", Path(sys.executable))
    (tmp_path / "venv").mkdir()
    for name in ("uv", "base", "dev"):
        (tmp_path / f"{name}.txt").write_text(f"{name}==1\n")
    return tmp_path


def test_without_a_stamp_nothing_is_taken_for_installed(fresh_tree: Path):
    assert not bootstrap.is_current("base")


def test_with_the_stamp_of_these_pins_there_is_nothing_to_do(fresh_tree: Path):
    bootstrap.stamp("base").write_text(bootstrap.digest("base"))
    assert bootstrap.is_current("base")
    bootstrap.ensure("base")  # would try to install into this very environment
    assert not bootstrap.is_current("dev")


@pytest.mark.parametrize("name", ["base", "uv"])
def test_a_changed_pin_is_noticed(fresh_tree: Path, name: str):
    bootstrap.stamp("base").write_text(bootstrap.digest("base"))
    (fresh_tree / f"{name}.txt").write_text(f"{name}==2\n")
    assert not bootstrap.is_current("base")


def test_an_interpreter_that_went_away_is_noticed(fresh_tree: Path, monkeypatch: pytest.MonkeyPatch):
    bootstrap.stamp("base").write_text(bootstrap.digest("base"))
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", fresh_tree / "gone")
    assert not bootstrap.is_current("base")


def test_a_wrong_argument_is_refused():
    done = subprocess.run([sys.executable, SCRIPT, "everything"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "usage: bootstrap.py base|dev\n")


@pytest.mark.parametrize("which", ["uv", "base", "dev"])
def test_every_pin_has_hashes_and_names_no_index(which: str):
    text = bootstrap.pins(which).read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE)
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert "-index" not in text
    assert "-links" not in text


def test_the_tools_are_pinned_on_top_of_exactly_what_runs():
    """`make run` after `make test` must not move a version."""
    base, dev = pins("base"), pins("dev")
    assert len(base) > 30
    assert {name: dev.get(name) for name in base} == base
    assert dev["uv"] == pins("uv")["uv"]


def test_make_has_nothing_to_do_the_second_time():
    """A second `make run` must start at once: make itself sees that the stamp is newer than the pins."""
    if not (bootstrap.VENV / "base.stamp").exists():
        pytest.fail("the tests run in an environment that make did not make")
    subprocess.run(["make", "-s", ".venv/base.stamp"], cwd=bootstrap.ROOT, check=True)
    started = time.monotonic()
    done = subprocess.run(["make", ".venv/base.stamp"], cwd=bootstrap.ROOT, capture_output=True, text=True, check=True)
    assert time.monotonic() - started < 1
    assert "up to date" in done.stdout
