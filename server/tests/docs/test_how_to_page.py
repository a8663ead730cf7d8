"""docs/how-to.md names routes, commands, variables, files and names of the code: every one of them is there."""

import re
from pathlib import Path

from django.core.management import get_commands

from tools import access
from tools.generated import settings

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "how-to.md").read_text()


def test_every_route_is_one_of_the_api() -> None:
    known = {door.path for door in access.doors()}
    named = set(re.findall(r"(/api/[\w{}/-]+/)`", PAGE))
    assert len(named) > 12
    assert named - known == set()


def test_every_command_is_one_of_ours() -> None:
    named = set(re.findall(r"manage\.py ([\w-]+)", PAGE))
    ours = {name for name, app in get_commands().items() if str(app).startswith("jobsphere.")}
    assert len(named) > 10
    assert {name for name in named if name not in ours and name.replace("-", "_") not in ours} == set()


def test_every_variable_is_read() -> None:
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", PAGE))
    assert len(named) > 8
    assert named - set(settings.defaults()) == set()


def test_every_file_is_there_and_holds_the_name_that_is_told() -> None:
    files = re.findall(r"`((?:server|web|deploy)/[\w./-]+\w)(?:::(\w+))?`", PAGE)
    assert len(files) > 20
    assert [file for file, _ in files if not (ROOT / file).exists()] == []
    missing = [
        f"{file}::{name}"
        for file, name in files
        if name and not re.search(rf"^(?:def |class )?{name}\b", (ROOT / file).read_text(), re.M)
    ]
    assert missing == []
