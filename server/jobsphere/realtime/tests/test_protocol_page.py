"""docs/realtime.md: its conversations are played against the server, its table of ends is ours."""

import re
from pathlib import Path

import orjson
import pytest

from jobsphere.kit.ids import uuid7
from jobsphere.realtime.rules import MEANING, Close
from jobsphere.realtime.tests.conftest import Phone, push
from jobsphere.users.services import open_session

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "realtime.md").read_text()


def test_the_table_of_ends_is_ours():
    rows = [f"| {int(code)} | {code.name.lower()} | {why} | {then} |" for code, (why, then) in MEANING.items()]
    assert set(MEANING) == set(Close)
    shown = re.search(r"<!-- generated: close codes -->\n.*?\n.*?\n(.*?)<!-- end -->", PAGE, re.S)
    assert shown
    assert shown[1].splitlines() == rows


@pytest.mark.django_db(transaction=True)
def test_its_conversations_go_as_they_stand_there(server, casey):
    played = re.findall(r"<!-- played -->\n```\n(.*?)```", PAGE, re.S)
    assert len(played) == 2
    token, thing = open_session(user_id=casey.id).access_token, uuid7()
    for talk in played:
        phone = Phone(server.url, token)
        phone.open()
        for line in talk.splitlines():
            text = line[2:].replace("<access token>", token).replace("<id>", str(thing))
            if line.startswith("C"):
                phone.send(text)
                continue
            wanted = orjson.loads(text.replace("<moment>", '"a moment"'))
            if wanted["type"] == "changed" and wanted["seq"] == 1:
                push(casey, subject="contract", id=thing)
            said = phone.next()
            if "expires_at" in said["data"]:
                said["data"]["expires_at"] = "a moment"
            assert said == wanted
        phone.go()
        push(casey, subject="contract", id=thing)
