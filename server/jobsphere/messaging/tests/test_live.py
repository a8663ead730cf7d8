"""What reaches the devices at once: frames, typing, who is there; and what a block keeps back (R82)."""

import orjson
import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.errors import InvalidInput, NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import policies
from jobsphere.messaging.models import Message
from jobsphere.messaging.tests.conftest import history, opened, send
from jobsphere.moderation import services as moderation
from jobsphere.moderation import subjects
from jobsphere.realtime import bus, commands, presence, topics
from jobsphere.realtime import services as realtime
from jobsphere.realtime.selectors import frames_after
from jobsphere.realtime.wire import Envelope, Kind

pytestmark = pytest.mark.django_db(transaction=True)


def frames(actor) -> list[dict]:
    """Return everything that a person's devices were told."""
    return [orjson.loads(text) for _, text in sorted(frames_after(actor.known_id(), 0)[1].items())]


@pytest.fixture
def heard():
    """What goes to sockets of this process, without one."""
    found: list[Envelope] = []
    bus.listen(found.append)
    yield found
    bus.leave(found.append)


def say(actor, kind: str, **data) -> None:
    """Say something as a client does over the socket."""
    command = commands.command(kind)
    assert command is not None
    command.handle(
        actor, command.understood({name: str(value) if name != "typing" else value for name, value in data.items()})
    )


def block(actor, other) -> None:
    with edge_transaction():
        moderation.block_person(actor=actor, person_id=other.known_id())


# Frames


def test_both_are_told_and_a_frame_is_what_the_api_says(client_for, casey, pat, chat, run_worker):
    send(client_for(casey), chat, "Hello")
    run_worker()
    for actor in (casey, pat):
        client = client_for(actor)
        [frame] = [each for each in frames(actor) if each["type"] == "message.sent"]
        assert frame["data"]["message"] == history(client, chat)[0]
        assert frame["data"]["chat"] == client.get(f"/api/messages/conversations/{chat}/").json()


def test_nobody_else_is_told_anything(client_for, casey, pat, sam, omar, chat, run_worker):
    opened(casey, sam, uuid7())
    sent = send(client_for(casey), chat).json()["id"]
    for action in ("edit", "hide", "delete"):
        client_for(casey).post(f"/api/messages/{chat}/{sent}/{action}/", {"body": "x"} if action == "edit" else {})
    client_for(pat).post(f"/api/messages/{chat}/read/")
    run_worker()
    assert frames(omar) == []
    assert {frame["data"]["chat"]["other"]["name"] for frame in frames(sam)} == {"Casey Customer"}
    assert "hidden_id" not in str(frames(pat))


def test_what_was_hidden_before_it_was_told_is_told_to_the_other_one_alone(client_for, casey, pat, chat, run_worker):
    sent = send(client_for(casey), chat).json()["id"]
    client_for(pat).post(f"/api/messages/{chat}/{sent}/hide/")
    run_worker()
    told = {
        actor.name: [frame["type"] for frame in frames(actor) if "message" in frame["data"]] for actor in (casey, pat)
    }
    assert told == {"Casey Customer": ["message.sent"], "Pat Contractor": []}


def test_a_block_is_told_to_both_in_the_same_words(casey, pat, chat, run_worker):
    run_worker()
    before = {actor: len(frames(actor)) for actor in (casey, pat)}
    block(pat, casey)
    run_worker()
    for actor in (casey, pat):
        [frame] = frames(actor)[before[actor] :]
        assert frame["type"] == "conversation.changed"
        assert set(frame["data"]) == {"chat"}
        assert frame["data"]["chat"]["allowed_actions"] == ["report"]


# Over the socket


def test_typing_is_seen_by_the_other_one_alone_and_kept_nowhere(casey, pat, chat, heard):
    say(casey, "typing", chat_id=chat, typing=True)
    [envelope] = heard
    assert (envelope.kind, envelope.to, envelope.type) == (Kind.WHISPER, [str(pat.id)], "typing")
    assert orjson.loads(envelope.data) == {"chat_id": str(chat), "person_id": str(casey.id), "typing": True}
    assert frames(pat) == []


def test_where_a_block_parts_the_two_nobody_sees_who_types(casey, pat, chat, heard):
    block(casey, pat)
    heard.clear()
    for actor in (casey, pat):
        say(actor, "typing", chat_id=chat, typing=True)
    assert [each for each in heard if each.type == "typing"] == []


def test_a_stranger_types_and_notes_nothing(client_for, casey, omar, chat, heard):
    sent = send(client_for(casey), chat).json()["id"]
    heard.clear()
    with pytest.raises(NotFound):
        say(omar, "typing", chat_id=chat, typing=True)
    for kind in ("delivered", "read"):
        with pytest.raises(NotFound):
            say(omar, kind, chat_id=chat, up_to=sent)
    with pytest.raises(InvalidInput):
        say(casey, "typing", chat_id="nonsense", typing=True)
    assert heard == []
    assert Message.objects.filter(delivered_at=None, read_at=None).count() == 1


def test_receipts_can_be_given_over_the_socket(client_for, casey, pat, chat):
    sent = send(client_for(casey), chat).json()["id"]
    say(pat, "delivered", chat_id=chat, up_to=sent)
    assert Message.objects.get(read_at=None).delivered_at is not None
    say(pat, "read", chat_id=chat, up_to=sent)
    assert Message.objects.get().read_at is not None


# Who is there


def who_is_there(client, *people) -> dict[str, bool]:
    query = "&".join(f"person={each.id}" for each in people)
    results = client.get(f"/api/messages/presence/?{query}").json()["results"]
    return {row["person_id"]: row["online"] for row in results}


def test_who_talks_to_each_other_sees_who_is_there(client_for, casey, pat, sam, omar, chat, django_assert_num_queries):
    presence.note([pat.known_id(), sam.known_id()], [])
    client = client_for(casey)
    with django_assert_num_queries(4):
        assert who_is_there(client, pat, sam, omar) == {str(pat.id): True}
    presence.note([], [pat.known_id()])
    assert who_is_there(client, pat) == {str(pat.id): False}
    assert who_is_there(client_for(omar), pat) == {}


def test_who_does_not_want_to_be_seen_and_whom_a_block_parts_is_not_seen(client_for, casey, pat, sam, chat):
    opened(casey, sam, uuid7())
    presence.note([pat.known_id(), sam.known_id()], [])
    with edge_transaction():
        realtime.show_presence(actor=pat, shown=False)
    block(sam, casey)
    assert who_is_there(client_for(casey), pat, sam) == {}
    assert who_is_there(client_for(sam), casey) == {}


def test_only_who_talks_to_somebody_may_watch_them_come_and_go(casey, pat, omar, ada, chat):
    def may(actor, person) -> bool:
        return topics.may_watch(actor, f"presence:{person.id}")

    assert may(casey, pat)
    assert may(pat, casey)
    assert not may(casey, casey)
    assert not may(omar, pat)
    assert not may(ada, pat)
    assert not policies.may_watch(casey, "nonsense")
    block(pat, casey)
    assert not may(casey, pat)
    assert not may(pat, casey)


@pytest.mark.parametrize("query", ["", "person=x"])
def test_an_odd_question_who_is_there_is_refused(client_for, casey, query):
    assert client_for(casey).get(f"/api/messages/presence/?{query}").status_code == 400
    assert client_for(None).get(f"/api/messages/presence/?{query}").status_code == 401


# Reports


def test_what_is_reported_is_a_message_of_the_other_one_with_what_it_said_before(client_for, casey, pat, omar, chat):
    sent = send(client_for(pat), chat, "Pay me outside").json()["id"]
    client_for(pat).post(f"/api/messages/{chat}/{sent}/edit/", {"body": "Hello"}, format="json")
    found = subjects.find(casey, "message", Message.objects.get().id)
    assert found is not None
    assert (found.owner_id, found.link) == (pat.id, f"/messages/{chat}?at={sent}")
    assert (found.snapshot["body"], found.snapshot["earlier"][0]["body"]) == ("Hello", "Pay me outside")
    for actor in (pat, omar):
        assert subjects.find(actor, "message", Message.objects.get().id) is None


def test_a_conversation_is_reported_by_one_of_the_two_and_the_other_one_answers_for_it(
    client_for, casey, pat, omar, chat
):
    for actor, text in ((pat, "One"), (casey, "Two")):
        send(client_for(actor), chat, text)
    for actor, other in ((casey, pat), (pat, casey)):
        found = subjects.find(actor, "conversation", chat)
        assert found is not None
        assert found.owner_id == other.id
        assert [line["body"] for line in found.snapshot["lines"]] == ["One", "Two"]
    assert subjects.find(omar, "conversation", chat) is None
