"""Conversations over HTTP: begin, write, read, and who may not (R82, R84)."""

import threading
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import policies, selectors, services
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.tests.conftest import THING, opened, send
from jobsphere.notifications.models import Notification
from jobsphere.outbox.models import StoredEvent
from jobsphere.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)

# Writing and reading


def test_the_two_write_to_each_other_and_read_the_newest_first(client_for, casey, pat, chat):
    assert send(client_for(casey), chat, "When can you come?").status_code == 201
    answer = send(client_for(pat), chat, "Tomorrow.").json()
    assert (answer["mine"], answer["sender_id"], answer["chat_id"]) == (True, str(pat.id), str(chat))
    history = client_for(casey).get(f"/api/messages/{chat}/").json()["results"]
    assert [(row["body"], row["mine"]) for row in history] == [("Tomorrow.", False), ("When can you come?", True)]


def test_the_list_shows_the_other_person_the_last_message_and_what_is_unread(client_for, casey, pat, sam, thing):
    with_pat, with_sam = opened(casey, pat, thing), opened(casey, sam, thing)
    for text in ("One", "Two"):
        send(client_for(pat), with_pat, text)
    send(client_for(sam), with_sam, "Three")
    send(client_for(pat), with_pat, "Four")
    rows = client_for(casey).get("/api/messages/").json()["results"]
    assert [(row["other"]["name"], row["last_message"]["body"], row["unread_count"]) for row in rows] == [
        ("Pat Contractor", "Four", 3),
        ("Sam Rival", "Three", 1),
    ]
    assert rows[0]["subject"] == {"type": THING, "id": str(thing), "title": ""}
    (mine,) = client_for(pat).get("/api/messages/").json()["results"]
    assert (mine["other"]["name"], mine["unread_count"]) == ("Casey Customer", 0)


def test_reading_is_seen_by_the_sender_and_counts_once(client_for, casey, pat, chat):
    send(client_for(pat), chat)
    reader = client_for(casey)
    assert reader.post(f"/api/messages/{chat}/read/").json() == {"read": 1}
    assert reader.post(f"/api/messages/{chat}/read/").json() == {"read": 0}
    assert client_for(pat).get(f"/api/messages/{chat}/").json()["results"][0]["read_at"]
    assert StoredEvent.objects.filter(name="conversation.read").count() == 1


def test_my_own_messages_are_not_mine_to_mark_as_read(client_for, pat, chat):
    client = client_for(pat)
    send(client, chat)
    assert client.post(f"/api/messages/{chat}/read/").json() == {"read": 0}
    assert Message.objects.get().read_at is None


def test_writing_leaves_an_event_and_an_audit_entry_without_the_text(client_for, casey, chat):
    send(client_for(casey), chat, "my secret")
    event = StoredEvent.objects.get(name="message.sent")
    entry = AuditEntry.objects.get(verb="message.send")
    assert entry.target_id == event.aggregate_id == chat
    assert "my secret" not in str(event.payload) + str(entry.detail)


# Resending


def test_a_resend_with_the_same_client_id_arrives_once(client_for, casey, chat):
    client = client_for(casey)
    first = send(client, chat, client_id="phone-1")
    again = send(client, chat, client_id="phone-1")
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert Message.objects.count() == 1
    assert StoredEvent.objects.filter(name="message.sent").count() == 1


def test_two_people_may_use_the_same_client_id(client_for, casey, pat, chat):
    assert (
        send(client_for(casey), chat, client_id="1").json()["id"]
        != send(client_for(pat), chat, client_id="1").json()["id"]
    )


def test_a_client_id_of_another_conversation_is_refused(client_for, casey, sam, chat, thing):
    client = client_for(casey)
    send(client, chat, client_id="1")
    refused = send(client, opened(casey, sam, thing), client_id="1")
    assert (refused.status_code, refused.json()["code"]) == (409, "client-id-reused")
    assert Message.objects.count() == 1


def test_eight_resends_at_once_arrive_once(casey, chat):
    ids: list[UUID] = []
    barrier = threading.Barrier(8)

    def resend() -> None:
        try:
            barrier.wait()
            with edge_transaction():
                ids.append(services.send_message(actor=casey, chat_id=chat, body="Hi", client_id="same").id)
        finally:
            connection.close()

    threads = [threading.Thread(target=resend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == Message.objects.count() == 1


# Beginning


@pytest.fixture
def open_thing(casey, pat, thing):
    """Casey's thing, about which anybody may write to casey, and casey to pat."""

    def may_write(sender: Actor, recipient: UUID, subject: UUID) -> bool:
        return subject == thing and (recipient == casey.id or (sender.id, recipient) == (casey.id, pat.id))

    policies.register_subject(THING, may_write)
    yield thing
    policies.register_subject(THING, lambda *_: False)


def begin(client, recipient: UUID | None, thing: UUID, kind: str = THING, **fields):
    return send(client, recipient_id=str(recipient), subject_type=kind, subject_id=str(thing), **fields)


def test_who_may_write_begins_a_conversation_and_it_is_the_same_from_both_sides(client_for, casey, pat, open_thing):
    first = begin(client_for(pat), casey.id, open_thing)
    second = begin(client_for(casey), pat.id, open_thing)
    assert first.status_code == second.status_code == 201
    assert first.json()["chat_id"] == second.json()["chat_id"]
    assert Conversation.objects.count() == 1


def test_who_may_not_write_gets_404_and_nothing_is_made(client_for, casey, pat, omar, open_thing):
    attempts = [
        begin(client_for(omar), pat.id, open_thing),
        begin(client_for(pat), casey.id, uuid7()),
        begin(client_for(pat), casey.id, open_thing, kind="nothing"),
    ]
    assert [each.status_code for each in attempts] == [404, 404, 404]
    assert not Conversation.objects.exists()


def test_nobody_writes_to_themselves(client_for, casey, open_thing):
    assert begin(client_for(casey), casey.id, open_thing).status_code == 400
    assert not Conversation.objects.exists()


def test_a_refused_first_message_opens_no_conversation(client_for, casey, pat, open_thing):
    assert begin(client_for(pat), casey.id, open_thing, body=" ").status_code == 400
    assert not Conversation.objects.exists()


def test_opening_again_finds_the_conversation(casey, pat, thing):
    assert opened(casey, pat, thing) == opened(pat, casey, thing)
    assert selectors.conversation_ids(THING, thing, viewer=pat) == [opened(casey, pat, thing)]
    assert StoredEvent.objects.filter(name="conversation.opened").count() == 1


# Strangers and bad input


def test_a_stranger_gets_404_everywhere_and_changes_nothing(client_for, casey, omar, ada, chat):
    send(client_for(casey), chat)
    for actor in (omar, ada):
        client = client_for(actor)
        answers = [
            client.get(f"/api/messages/{chat}/"),
            client.post(f"/api/messages/{chat}/read/"),
            send(client, chat),
        ]
        assert [each.status_code for each in answers] == [404, 404, 404]
        assert client.get("/api/messages/").json()["results"] == []
    assert Message.objects.count() == 1
    assert Message.objects.get().read_at is None


@pytest.mark.parametrize("path,method", [("", "get"), ("send/", "post")])
def test_a_visitor_is_asked_to_sign_in(client_for, path, method):
    assert getattr(client_for(None), method)(f"/api/messages/{path}").status_code == 401


@pytest.mark.parametrize(
    "body,pointer",
    [
        ({"body": "x"}, "/recipient_id"),
        ({"body": "x", "recipient_id": str(uuid7())}, "/subject_type"),
        ({"body": "x", "chat_id": str(uuid7()), "recipient_id": str(uuid7())}, "/recipient_id"),
        ({"body": "x", "chat_id": "nonsense"}, "/chat_id"),
        ({"body": "x", "colour": "red"}, "/colour"),
    ],
)
def test_a_bad_message_names_the_field(client_for, casey, body, pointer):
    answer = client_for(casey).post("/api/messages/send/", body, format="json")
    assert answer.status_code == 400
    assert pointer in [each["pointer"] for each in answer.json()["errors"]]


@pytest.mark.parametrize("body", ["", "   ", "x" * 5001])
def test_an_empty_or_endless_message_is_refused(client_for, casey, chat, body):
    answer = send(client_for(casey), chat, body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/body")
    assert not Message.objects.exists()


def test_who_has_left_is_not_written_to_but_the_history_stays(client_for, casey, pat, chat):
    client = client_for(casey)
    send(client, chat)
    User.objects.filter(pk=pat.id).update(is_active=False)
    refused = send(client, chat)
    assert (refused.status_code, refused.json()["code"]) == (409, "recipient-gone")
    assert len(client.get(f"/api/messages/{chat}/").json()["results"]) == 1


# Files


def upload(client) -> dict:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")
    return client.post("/api/upload", {"file": file}, format="multipart").json()


@pytest.mark.usefixtures("_disk")
def test_a_file_in_a_message_is_for_the_two_alone(client_for, casey, pat, omar, chat):
    file = upload(client_for(casey))
    sent = send(client_for(casey), chat, "", file_ids=[file["id"]])
    assert sent.json()["files"][0]["display_name"] == "plan.pdf"
    (row,) = client_for(pat).get(f"/api/messages/{chat}/").json()["results"]
    assert client_for(pat).get(row["files"][0]["url"]).status_code == 200
    assert client_for(omar).get(file["url"]).status_code == 404
    assert client_for(None).get(file["url"]).status_code == 404


@pytest.mark.usefixtures("_disk")
def test_a_foreign_file_cannot_be_sent_and_nothing_is(client_for, casey, omar, chat):
    file = upload(client_for(omar))
    refused = send(client_for(casey), chat, "Look", file_ids=[file["id"]])
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/file_ids/0")
    assert not Message.objects.exists()


# Telling


def news(client) -> list[tuple[str, str, int, bool]]:
    """Return what somebody was told: title, text, how many it stands for, and whether it was read."""
    rows = client.get("/api/notifications/").json()["results"]
    return [(row["title"], row["body"], row["count"], row["read_at"] is not None) for row in rows]


def test_messages_that_wait_are_one_notification_and_reading_them_reads_it(client_for, casey, pat, chat, run_worker):
    for text in ("One", "Two", "Three"):
        send(client_for(pat), chat, text)
        run_worker()
    mine = client_for(casey)
    [(title, _, count, read)] = news(mine)
    assert "Pat Contractor" in title
    assert (count, read) == (3, False)
    mine.post(f"/api/messages/{chat}/read/")
    run_worker()
    assert all(read for _, _, _, read in news(mine))
    send(client_for(pat), chat, "Four")
    run_worker()
    assert [count for _, _, count, read in news(mine) if not read] == [1]
    assert news(client_for(pat)) == []


def test_what_was_read_at_once_is_not_told(client_for, casey, pat, chat, run_worker):
    send(client_for(pat), chat)
    client_for(casey).post(f"/api/messages/{chat}/read/")
    run_worker()
    assert not Notification.objects.exists()


# Pages and queries


def test_conversations_page_by_activity_without_gap_or_repeat(client_for, casey, pat):
    chats = [opened(casey, pat, uuid7()) for _ in range(5)]
    for each in (chats[0], chats[3]):
        send(client_for(pat), each)
    client = client_for(casey)
    page = client.get("/api/messages/?page_size=2").json()
    seen = [row["id"] for row in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [row["id"] for row in page["results"]]
    assert seen == [str(chats[index]) for index in (3, 0, 4, 2, 1)]


def test_query_counts_are_pinned_and_independent_of_the_page(client_for, casey, pat, django_assert_num_queries):
    chat = opened(casey, pat, uuid7())
    client = client_for(casey)
    for more in (2, 8):
        for _ in range(more):
            send(client_for(pat), chat)
            send(client_for(pat), opened(casey, pat, uuid7()))
        with django_assert_num_queries(5):
            assert client.get("/api/messages/?page_size=100").status_code == 200
        with django_assert_num_queries(4):
            assert client.get(f"/api/messages/{chat}/?page_size=100").status_code == 200
