"""docs/rehearsal.md is played from top to bottom: every command is run, and every line of its output compared."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from jobsphere.backoffice.rehearsal.clockwork import Clockwork
from jobsphere.kit import clock
from jobsphere.payments.gateways.registry import get_sandbox

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rehearsal.md"


def steps() -> list[tuple[list[str], list[str]]]:
    """Return the page's commands, each with the lines that it prints."""
    found: list[tuple[list[str], list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ manage.py rehearse"):
                found.append((line.removeprefix("$ manage.py ").split()[1:], []))
            else:
                found[-1][1].append(line)
    return found


def fits(line: str, written: str) -> bool:
    """Compare a printed line with the page's, where … stands for anything."""
    return re.fullmatch(re.escape(written).replace("…", ".*"), line) is not None


@pytest.fixture
def stage(sandbox: Any, taxonomy: None) -> Iterator[None]:
    """An empty marketplace that rehearses; only the gateway's slowness is not waited for."""
    get_sandbox()._sleep = lambda seconds: None
    clock.follow(Clockwork())
    yield
    clock.follow(None)


@pytest.mark.django_db(transaction=True)
def test_every_step_of_the_tutorial_does_what_the_page_shows(stage: None) -> None:
    assert len(steps()) > 15
    for arguments, written in steps():
        out = StringIO()
        call_command("rehearse", *arguments, stdout=out, no_color=True)
        printed = out.getvalue().splitlines()
        told = f"rehearse {' '.join(arguments)}:\n" + "\n".join(printed)
        assert len(printed) == len(written), told
        for line, shown in zip(printed, written, strict=True):
            assert fits(line, shown), f"{told}\n\nthe page says: {shown}"


def test_the_picture_of_the_page_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", PAGE.read_text())
    assert pictures
    assert all((PAGE.parent / each).stat().st_size > 10_000 for each in pictures)
