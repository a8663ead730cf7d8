"""docs/first-marketplace.md: its commands run in a shell as they stand there, against a real server."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from jobsphere.demo.logins import CASEY, PASSWORD, PAT, Login
from tests.docs.playing import play

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "first-marketplace.md").read_text()


def make(login: Login, role: str, site: str) -> None:
    """Make one of the demo city's logins; the city itself takes minutes."""
    body = {"name": login.name, "email": login.email, "password": PASSWORD, "role": role}
    with httpx.Client(base_url=site, timeout=60) as http:
        http.post("/api/auth/register/", json=body).raise_for_status()
        who = {"email": login.email, "password": PASSWORD}
        token = http.post("/api/auth/login/", json=who).raise_for_status().json()["access_token"]
        if role == "contractor":
            profile = {"contractor": {"headline": "Painting", "categories": ["painters"]}}
            headers = {"Authorization": f"Bearer {token}"}
            http.put("/api/profiles/me/", json=profile, headers=headers).raise_for_status()


@pytest.mark.django_db(transaction=True)
def test_the_deal_of_the_page_is_played_and_prints_what_the_page_says(
    sandbox: Any, taxonomy: None, live_server: Any, settings: Any
) -> None:
    assert f"PASSWORD={PASSWORD}\n" in PAGE
    settings.PUBLIC_URL = live_server.url
    make(CASEY, "customer", live_server.url)
    make(PAT, "contractor", live_server.url)
    printed = play(PAGE, site=live_server.url, blocks=5).split()
    assert printed == ["accepted", "in_progress", "submitted", "released", "completed", "70000"]
    told = re.findall(r"[Ii]t prints ([^.:]+)", PAGE)
    assert [word for words in told for word in re.findall(r"`(\w+)`", words)] == printed
