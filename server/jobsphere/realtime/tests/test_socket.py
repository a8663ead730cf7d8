"""The protocol, with a real client on a real server: coming in, catching up, being shown out."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.errors import Forbidden
from jobsphere.realtime import commands, rules, services, topics
from jobsphere.realtime.models import Frame
from jobsphere.realtime.rules import Close
from jobsphere.realtime.tests.conftest import Phone, Server, code_of, push, wait_until
from jobsphere.users import tokens
from jobsphere.users.models import Session
from jobsphere.users.rules import Right, credential_now
from jobsphere.users.services import grant_right, open_session, sign_out

pytestmark = pytest.mark.django_db(transaction=True)


# Coming in


def test_ready_tells_the_present_number_and_then_frames_follow(phone, casey):
    push(casey, what=1)
    device = phone(casey)
    assert device.seq == 1
    push(casey, what=2)
    assert device.next() == {"type": "changed", "seq": 2, "data": {"what": 2}}


def test_two_devices_hear_the_same_and_a_stranger_nothing(phone, casey, pat, omar):
    mine, other, theirs, stranger = phone(casey), phone(casey), phone(pat), phone(omar)
    push(casey, pat, what=1)
    assert [each.next()["data"] for each in (mine, other, theirs)] == [{"what": 1}] * 3
    assert stranger.drain() == []


@pytest.mark.parametrize("token", ["", "nonsense", None])
def test_who_has_no_token_is_shown_out(server, token, db):
    with connect(server.url) as socket:
        socket.send(f'{{"type":"authenticate","data":{{"token":"{token}"}}}}')
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(5)
    assert code_of(closed.value) == Close.SIGNED_OUT
    wait_until(lambda: server.sockets == 0)


def test_the_first_frame_says_who_it_is_or_the_socket_ends(server, db):
    with connect(server.url) as socket:
        socket.send('{"type":"watch","data":{"topic":"jobs"}}')
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(5)
    assert code_of(closed.value) == Close.SIGNED_OUT


def test_who_says_nothing_is_shown_out(server, db, monkeypatch):
    monkeypatch.setattr("jobsphere.realtime.hub.GREETING", 0.2)
    monkeypatch.setattr("jobsphere.realtime.hub.TICK", 0.1)
    with connect(server.url) as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(5)
    assert code_of(closed.value) == Close.SIGNED_OUT


@pytest.mark.parametrize("frame", ["no json", "[]", '{"data":{}}', '{"type":"watch","data":[]}', "x" * 16_385])
def test_what_is_no_frame_ends_the_socket(phone, casey, frame):
    device = phone(casey)
    device.socket.send(frame)
    assert device.end() == Close.BAD_FRAME


def test_a_frame_of_bytes_is_none(phone, casey):
    device = phone(casey)
    device.socket.send(b'{"type":"pong"}')
    assert device.end() == Close.BAD_FRAME


def test_pages_of_other_origins_are_refused(server, phone, casey, settings):
    with pytest.raises(InvalidStatus) as refused:
        connect(server.url, legacy=True, origin=Origin("https://evil.example"))
    assert refused.value.response.status_code == 403
    settings.CORS_ORIGINS = ["https://partner.example"]
    for welcome in (settings.PUBLIC_URL, "https://partner.example", f"http://127.0.0.1:{server.port}"):
        phone(casey, origin=welcome)
    with pytest.raises(InvalidStatus):
        connect(server.url, legacy=True, origin=Origin("http://127.0.0.1:1"))
    settings.SOCKET_PORT = server.port
    phone(casey, origin="http://127.0.0.1:1")


# Tokens and sessions


def short_token(person, seconds: float) -> str:
    pair = open_session(user_id=person.known_id())
    ends = credential_now() + timedelta(seconds=seconds)
    return tokens.sign_access_token(user_id=pair.user_id, session_id=pair.session_id, expires_at=ends)


def test_an_expiring_token_is_announced_and_its_end_ends_the_socket(server, casey):
    device = Phone(server.url, short_token(casey, 4)).come()
    assert device.next()["type"] == "expiring"
    assert device.end(8) == Close.SIGNED_OUT


def test_a_new_token_goes_on_without_reconnecting(server, casey):
    device = Phone(server.url, short_token(casey, 4)).come()
    assert device.next()["type"] == "expiring"
    device.say("authenticate", token=open_session(user_id=casey.id).access_token)
    renewed = device.next()
    assert renewed["type"] == "renewed"
    assert renewed["data"]["expires_at"] > credential_now().timestamp() + 60
    assert device.drain(5) == []
    push(casey, what=1)
    assert device.next()["seq"] == 1


def test_a_socket_does_not_change_hands(phone, casey, pat):
    device = phone(casey)
    device.say("authenticate", token=open_session(user_id=pat.id).access_token)
    assert device.end() == Close.SIGNED_OUT


def test_signing_out_ends_the_sockets_of_that_session_at_once(server, phone, casey):
    pair = open_session(user_id=casey.id)
    gone, stays = Phone(server.url, pair.access_token).come(), phone(casey)
    with edge_transaction():
        sign_out(actor=casey, session_id=pair.session_id)
    assert gone.end(2) == Close.SIGNED_OUT
    assert stays.drain() == []


def test_a_session_that_ended_unheard_is_noticed(phone, casey, monkeypatch):
    monkeypatch.setattr("jobsphere.realtime.hub.SESSIONS_EVERY", 0.2)
    device = phone(casey)
    Session.objects.filter(user_id=casey.id).update(revoked_at=credential_now())
    assert device.end() == Close.SIGNED_OUT


def test_sockets_act_with_the_rights_of_now(phone, casey, ada):
    seen = []
    commands.register("test-rights", lambda actor, values: seen.append(actor.rights), rate="60/min")
    device = phone(casey)
    with edge_transaction():
        grant_right(actor=ada, user_id=casey.known_id(), right=Right.FINANCE)

    def told() -> bool:
        device.say("test-rights")
        assert device.drain(0.1) == []
        return bool(seen) and Right.FINANCE in seen[-1]

    wait_until(told)


# Catching up


def test_a_device_that_was_away_is_sent_what_it_missed(phone, casey):
    device = phone(casey)
    push(casey, what=1)
    device.next()
    device.go()
    for what in (2, 3, 4):
        push(casey, what=what)
    device.come()
    push(casey, what=5)
    assert [frame["data"]["what"] for frame in device.drain()] == [2, 3, 4, 5]
    assert [frame["seq"] for frame in device.frames] == [1, 2, 3, 4, 5]


def test_where_frames_are_kept_no_more_everything_is_asked_afresh(phone, casey):
    device = phone(casey)
    device.go()
    for what in range(4):
        push(casey, what=what)
    Frame.objects.filter(user_id=casey.id, seq__lt=3).delete()
    device.come()
    assert device.next() == {"type": "resync", "seq": 4, "data": {}}
    push(casey, what=5)
    assert device.next()["seq"] == 5


def test_a_number_that_was_never_given_is_answered_with_resync(phone, casey):
    push(casey)
    device = phone(casey)
    device.go()
    device.seq = 400
    device.come()
    assert device.next() == {"type": "resync", "seq": 1, "data": {}}


def test_a_hole_left_by_an_erased_person_is_a_resync(phone, casey):
    device = phone(casey)
    device.go()
    for what in range(5):
        push(casey, what=what)
    Frame.objects.filter(user_id=casey.id, seq=3).delete()
    device.come()
    assert [(each["type"], each["seq"]) for each in device.drain()] == [("changed", 1), ("changed", 2), ("resync", 5)]


def test_a_page_without_a_number_asks_for_the_last_moments(server, casey):
    with clock.travel(timedelta(seconds=-60)):
        push(casey, what="long ago")
    push(casey, what="just now")
    page = Phone(server.url, open_session(user_id=casey.id).access_token).come(since=30)
    assert page.next() == {"type": "changed", "seq": 2, "data": {"what": "just now"}}
    push(casey, what="then")
    assert [each["seq"] for each in page.drain()] == [3]


def test_what_the_bus_loses_is_found_in_the_table(phone, casey, monkeypatch):
    device = phone(casey)
    with monkeypatch.context() as lost:
        lost.setattr("jobsphere.realtime.bus.announce", lambda envelope: None)
        push(casey, what=1)
        push(casey, what=2)
    push(casey, what=3)
    assert [frame["data"]["what"] for frame in device.drain()] == [1, 2, 3]


def test_what_nobody_announced_is_found_by_looking(phone, casey, monkeypatch):
    """As with a worker in a process of its own, and no Redis."""
    device = phone(casey)
    monkeypatch.setattr("jobsphere.realtime.bus.announce", lambda envelope: None)
    push(casey, what=1)
    assert device.next(5)["data"] == {"what": 1}


# Topics and commands


def test_topics_have_gate_keepers(phone, casey, pat):
    topics.register("testing", lambda actor, name: name == str(actor.id))
    device = phone(casey)
    for foreign in (f"testing:{pat.id}", "unheard-of", "", f"testing:{'x' * 200}"):
        device.say("watch", topic=foreign)
        refused = device.next()
        assert (refused["type"], refused["data"]["code"]) == ("error", "not-found")
    device.say("watch", topic=f"testing:{casey.id}")
    assert device.next()["type"] == "watching"
    services.broadcast(topic=f"testing:{pat.id}", type="presence", payload={"who": "pat"})
    services.broadcast(topic=f"testing:{casey.id}", type="presence", payload={"who": "casey"})
    assert device.next() == {"type": "presence", "data": {"who": "casey"}}
    device.say("unwatch", topic=f"testing:{casey.id}")
    device.say("ping")
    assert device.next()["type"] == "pong"
    services.broadcast(topic=f"testing:{casey.id}", type="presence", payload={"who": "casey"})
    assert device.drain() == []


def test_a_socket_watches_a_limited_number_of_topics(phone, casey):
    topics.register("testing", lambda actor, name: True)
    device = phone(casey)
    for number in range(rules.TOPICS):
        device.say("watch", topic=f"testing:{number}")
        assert device.next()["type"] == "watching"
        if number % 15 == 14:  # how fast one may go is another test
            assert device.drain(0.8) == []
    device.say("watch", topic="testing:more")
    assert device.next()["data"]["code"] == "not-found"


def test_commands_are_understood_limited_and_refused(phone, casey):
    said = []

    def handle(actor, values):
        if values["loud"]:
            raise Forbidden("Not so loud.")
        said.append((actor.id, values))

    commands.register("test-say", handle, rate="3/min", fields={"chat_id": UUID, "loud": bool})
    device = phone(casey)
    device.say("test-say", chat_id=str(casey.id), loud=False)
    device.say("test-say", chat_id=str(casey.id), loud=True)
    assert device.next()["data"] == {"re": "test-say", "code": "forbidden", "detail": "Not so loud."}
    device.say("test-say", chat_id="no", loud=1, extra=1)
    assert device.next()["data"]["code"] == "invalid-input"
    device.say("test-say", chat_id=str(casey.id), loud=False)
    device.say("test-say", chat_id=str(casey.id), loud=False)
    assert device.next()["data"]["code"] == "throttled"
    device.say("unheard-of")
    assert device.next()["data"]["code"] == "unknown"
    assert said == [(casey.id, {"chat_id": casey.id, "loud": False})] * 2


def test_a_bug_in_a_handler_is_told_as_one_and_the_socket_goes_on(phone, casey):
    def broken(actor, values):
        raise ZeroDivisionError

    commands.register("test-break", broken, rate="9/min")
    device = phone(casey)
    device.say("test-break")
    assert device.next()["data"]["code"] == "failed"
    device.say("ping")
    assert device.next()["type"] == "pong"


def test_whispers_reach_their_people_and_have_no_number(phone, casey, pat):
    mine, theirs = phone(casey), phone(pat)
    services.whisper(user_ids=[casey.id], type="typing", payload={"who": pat.id})
    assert mine.next() == {"type": "typing", "data": {"who": str(pat.id)}}
    assert theirs.drain() == []


# Limits


def test_who_sends_too_much_is_shown_out(phone, casey):
    device = phone(casey)
    with suppress(ConnectionClosed):  # at the latest when all of them are read
        for _ in range(2_000):
            device.say("pong")
    assert device.end() == Close.TOO_FAST


def test_the_oldest_sockets_of_a_person_go_when_there_are_too_many(server, phone, casey, pat, settings):
    settings.SOCKETS_PER_PERSON = 2
    first, second, other = phone(casey), phone(casey), phone(pat)
    third = phone(casey)
    assert first.end() == Close.REPLACED
    push(casey, pat, what=1)
    assert [each.next()["seq"] for each in (second, third, other)] == [1, 1, 1]


def test_a_full_process_sends_people_elsewhere(server, phone, casey, settings):
    settings.SOCKETS_PER_PROCESS = 1
    first = phone(casey)
    with connect(server.url) as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(5)
    assert code_of(closed.value) == Close.TRY_LATER
    push(casey, what=1)
    assert first.next()["seq"] == 1


def test_a_client_that_does_not_read_is_dropped_and_comes_back_for_the_rest(server, phone, casey):
    slow = phone(casey, max_queue=1)
    for number in range(120):
        push(casey, number=number, text="x" * 60_000)
    wait_until(lambda: all(each.closing for each in server.application.hub.connections))
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            slow.next()
    assert code_of(closed.value) == Close.SLOW
    assert 0 < slow.seq < 120
    slow.come()
    while slow.seq < 120:
        slow.next()
    assert [each["seq"] for each in slow.frames] == list(range(1, 121)), "read in time, nothing is dropped again"


def test_a_client_that_never_reads_again_is_forgotten(casey, monkeypatch):
    monkeypatch.setattr("jobsphere.realtime.serving.UNACKNOWLEDGED", 1)
    server = Server().start()
    asleep = Phone(server.url, open_session(user_id=casey.id).access_token).come(max_queue=1)
    for number in range(120):
        push(casey, number=number, text="x" * 60_000)
    wait_until(lambda: server.sockets == 0, 20)
    assert asleep.seq == 0
    server.stop()


def test_a_silent_client_is_asked_and_then_given_up(server, phone, casey, monkeypatch):
    monkeypatch.setattr("jobsphere.realtime.hub.HEARTBEAT", 1)
    monkeypatch.setattr("jobsphere.realtime.hub.TICK", 0.1)
    silent, alive = phone(casey), phone(casey)
    assert silent.next()["type"] == "ping"
    assert alive.next()["type"] == "ping"
    for _ in range(3):
        alive.say("pong")
        assert alive.next()["type"] == "ping"
    assert silent.end() == Close.SILENT


def test_a_server_that_stops_says_so(server, phone, casey):
    device = phone(casey)
    server.stop()
    assert device.end() == Close.GOING_AWAY
