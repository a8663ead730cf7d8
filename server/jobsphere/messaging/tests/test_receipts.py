"""What was delivered and read, on several devices, and how much waits (R82)."""

import threading
from uuid import UUID

import pytest
from django.db import connection

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import services
from jobsphere.messaging.models import Message
from jobsphere.messaging.tests.conftest import history, opened, send
from jobsphere.outbox.models import StoredEvent

pytestmark = pytest.mark.django_db(transaction=True)


def texts(client, chat, receipt: str) -> list[str]:
    """Return what has the receipt, the oldest first."""
    return [row["body"] for row in reversed(history(client, chat)) if row[receipt]]


@pytest.fixture
def three(client_for, casey, chat) -> list[str]:
    """Three messages of casey's to pat."""
    return [send(client_for(casey), chat, text).json()["id"] for text in ("One", "Two", "Three")]


def test_delivery_is_seen_by_the_sender_up_to_a_message_and_counts_once(client_for, casey, pat, chat, three):
    mine, theirs = client_for(casey), client_for(pat)
    path = f"/api/messages/{chat}/delivered/"
    assert theirs.post(path, {"up_to": three[1]}, format="json").json() == {"delivered": 2}
    assert texts(mine, chat, "delivered_at") == ["One", "Two"]
    assert texts(mine, chat, "read_at") == []
    assert theirs.post(path).json() == {"delivered": 1}
    assert theirs.post(path).json() == {"delivered": 0}
    assert mine.post(path).json() == {"delivered": 0}
    assert StoredEvent.objects.filter(name="conversation.delivered").count() == 2


def test_a_device_that_comes_back_says_once_that_it_has_everything(client_for, casey, pat, sam, chat, three):
    elsewhere = opened(sam, pat, uuid7())
    send(client_for(sam), elsewhere)
    theirs = client_for(pat)
    assert theirs.post("/api/messages/delivered-all/").json() == {"delivered": 4}
    assert theirs.post("/api/messages/delivered-all/").json() == {"delivered": 0}
    assert texts(client_for(casey), chat, "delivered_at") == ["One", "Two", "Three"]


def test_reading_up_to_a_message_leaves_the_rest_and_is_a_delivery_too(client_for, casey, pat, chat, three):
    mine, theirs = client_for(casey), client_for(pat)
    assert theirs.post(f"/api/messages/{chat}/read/", {"up_to": three[0]}, format="json").json() == {"read": 1}
    assert texts(mine, chat, "read_at") == texts(mine, chat, "delivered_at") == ["One"]
    assert theirs.get("/api/messages/unread/").json() == {"messages": 2, "conversations": 1}
    assert theirs.get(f"/api/messages/conversations/{chat}/").json()["unread_count"] == 2
    read = StoredEvent.objects.get(name="conversation.read").payload
    assert (read["first_id"], read["last_id"]) == (three[0], three[0])


def test_unread_totals_count_messages_and_conversations(client_for, casey, pat, sam, chat, three):
    send(client_for(sam), opened(sam, pat, uuid7()), "Four")
    theirs = client_for(pat)
    assert theirs.get("/api/messages/unread/").json() == {"messages": 4, "conversations": 2}
    assert client_for(casey).get("/api/messages/unread/").json() == {"messages": 0, "conversations": 0}


def test_strangers_mark_nothing(client_for, omar, ada, chat, three):
    before = StoredEvent.objects.count()
    for path in (f"{chat}/read/", f"{chat}/delivered/"):
        for actor in (omar, ada):
            assert client_for(actor).post(f"/api/messages/{path}").status_code == 404
        assert client_for(None).post(f"/api/messages/{path}").status_code == 401
    assert client_for(None).post("/api/messages/delivered-all/").status_code == 401
    assert not Message.objects.exclude(read_at=None, delivered_at=None).exists()
    assert StoredEvent.objects.count() == before


@pytest.mark.parametrize("body", [{"up_to": "nonsense"}, {"colour": "red"}])
def test_an_odd_body_is_refused(client_for, pat, chat, three, body):
    for path in ("read", "delivered"):
        assert client_for(pat).post(f"/api/messages/{chat}/{path}/", body, format="json").status_code == 400
    assert not Message.objects.exclude(read_at=None, delivered_at=None).exists()


def test_two_devices_that_read_at_once_count_each_message_once(pat, chat, three):
    counts: list[int] = []
    barrier = threading.Barrier(4)

    def read() -> None:
        try:
            barrier.wait()
            with edge_transaction():
                counts.append(services.mark_read(actor=pat, chat_id=chat))
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 0, 3]
    for name in ("conversation.read", "conversation.delivered"):
        assert StoredEvent.objects.filter(name=name).count() == 1


def test_reading_while_the_other_one_writes_never_covers_what_was_not_there(casey, pat, chat):
    """Whatever the order, the spans of the receipts name what they marked, and nothing else."""
    barrier = threading.Barrier(2)

    def write() -> None:
        try:
            barrier.wait()
            for _ in range(10):
                with edge_transaction():
                    services.send_message(actor=casey, chat_id=chat, body="Hi")
        finally:
            connection.close()

    def read() -> None:
        try:
            barrier.wait()
            for _ in range(10):
                with edge_transaction():
                    services.mark_read(actor=pat, chat_id=chat)
        finally:
            connection.close()

    threads = [threading.Thread(target=write), threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    covered: set[UUID] = set()
    for stored in StoredEvent.objects.filter(name="conversation.read").order_by("pk"):
        span = Message.objects.filter(pk__gte=stored.payload["first_id"], pk__lte=stored.payload["last_id"])
        ids = set(span.values_list("pk", flat=True))
        assert not ids & covered
        covered |= ids
    assert covered == set(Message.objects.exclude(read_at=None).values_list("pk", flat=True))
