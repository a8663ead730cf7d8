"""docs/first-week.md: its commands run in a shell as they stand there, against a marketplace that was just started."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from jobsphere.demo.logins import CASEY, PASSWORD
from tests.docs.playing import play
from tests.faults.server import SERVER, Host

PAGE = (SERVER.parent / "docs" / "first-week.md").read_text()

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def marketplace(tmp_path: Path) -> Iterator[Host]:
    """What `make run` starts, without the demo city, which takes minutes: of its people the page needs Casey alone."""
    host = Host(tmp_path, "")
    host.start()
    body = {"name": CASEY.name, "email": CASEY.email, "password": PASSWORD, "role": "customer"}
    httpx.post(f"{host.url}/api/auth/register/", json=body, timeout=60).raise_for_status()
    yield host
    host.close()


def test_the_week_is_played_and_prints_what_the_page_says(marketplace: Host) -> None:
    assert f"PASSWORD={PASSWORD}\n" in PAGE
    printed = play(PAGE, site=marketplace.url, blocks=8)
    told = re.findall(r"^It prints (.+?)(?:\.$|\. |:|,? which)", PAGE, re.M)
    assert [word for words in told for word in re.findall(r"`([^`]+)`", words)] == printed.splitlines()
    assert len(told) == 7
