"""Who is here, who was, and who does not want to be seen."""

from datetime import timedelta

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.kit import clock
from jobsphere.realtime import presence, selectors, topics
from jobsphere.realtime.models import Presence
from jobsphere.realtime.rules import STALE
from jobsphere.realtime.tests.conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr("jobsphere.realtime.hub.TICK", 0.1)
    monkeypatch.setattr("jobsphere.realtime.hub.GRACE", 0.5)


@pytest.fixture
def watching(phone, pat, casey):
    """A device of pat that watches casey."""
    former = topics._kinds.get("presence")
    topics.register("presence", lambda actor, name: name == str(casey.id) and actor.id == pat.id)
    device = phone(pat)
    device.say("watch", topic=f"presence:{casey.id}")
    assert device.next()["type"] == "watching"
    yield device
    if former:
        topics.register("presence", former)


def is_online(person) -> bool:
    return person.id in selectors.online([person.id])


def test_coming_and_going_is_noted_and_told(watching, phone, casey):
    device = phone(casey)
    came = watching.next()
    assert (came["type"], came["data"]["online"], came["data"]["user_id"]) == ("presence", True, str(casey.id))
    assert is_online(casey)
    device.go()
    assert watching.next()["data"]["online"] is False
    assert not is_online(casey)
    assert clock.now() - selectors.last_seen([casey.id])[casey.id] < timedelta(seconds=5)


def test_a_page_that_is_loaded_again_was_never_gone(watching, phone, casey, monkeypatch):
    monkeypatch.setattr("jobsphere.realtime.hub.GRACE", 5)
    device = phone(casey)
    assert watching.next()["data"]["online"] is True
    device.go()
    device.come()
    assert watching.drain(1) == []
    assert is_online(casey)


def test_of_two_devices_the_last_one_counts(watching, phone, casey):
    first, second = phone(casey), phone(casey)
    assert watching.next()["data"]["online"] is True
    first.go()
    assert watching.drain(1) == []
    second.go()
    assert watching.next()["data"]["online"] is False


def test_who_does_not_want_to_be_seen_is_seen_by_nobody(watching, phone, casey, client_for):
    client = client_for(casey)
    assert client.get("/api/presence/").json() == {"shown": True}
    assert client.put("/api/presence/", {"shown": False}, format="json").json() == {"shown": False}
    assert watching.next()["data"] == {"user_id": str(casey.id), "online": False, "last_seen": None}
    phone(casey)
    assert watching.drain(1) == []
    assert not is_online(casey)
    assert selectors.last_seen([casey.id]) == {}
    kept = Presence.objects.get(pk=casey.id)
    assert (kept.online, kept.seen_at) == (False, None), "nothing is noted of them at all"
    assert AuditEntry.objects.get(verb="presence.choose").detail == {"shown": False}


def test_who_wants_to_be_seen_again_appears(watching, phone, casey, client_for):
    client = client_for(casey)
    client.put("/api/presence/", {"shown": False}, format="json")
    watching.drain(0.3)
    phone(casey)
    client.put("/api/presence/", {"shown": True}, format="json")
    assert [each["data"]["online"] for each in watching.drain(1)] == [False, True]
    assert is_online(casey)


def test_another_process_that_says_somebody_left_is_contradicted(watching, phone, casey):
    phone(casey)
    assert watching.next()["data"]["online"] is True
    presence.note([], [casey.id])
    assert [each["data"]["online"] for each in watching.drain(1)] == [False, True]
    assert is_online(casey)


def test_the_word_of_a_server_that_was_killed_ages(casey):
    presence.note([casey.id], [])
    assert is_online(casey)
    with clock.travel(STALE + timedelta(seconds=1)):
        assert not is_online(casey)


def test_the_server_repeats_who_is_here(phone, casey, monkeypatch):
    monkeypatch.setattr("jobsphere.realtime.hub.BEAT", 0.2)
    phone(casey)
    wait_until(lambda: is_online(casey))
    Presence.objects.update(seen_at=clock.now() - timedelta(hours=1))
    wait_until(lambda: is_online(casey))
