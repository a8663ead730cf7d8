"""Messages are changed, taken back from both, hidden and answered (R82, ADR 0020)."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.errors import DomainError
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import services
from jobsphere.messaging.models import EarlierText, HiddenMessage, Message
from jobsphere.messaging.rules import EDIT_WINDOW, KEEP_EARLIER
from jobsphere.messaging.tasks import forget_what_was_changed
from jobsphere.messaging.tests.conftest import history, opened, send
from jobsphere.moderation import services as moderation
from jobsphere.notifications.models import Notification
from jobsphere.outbox.models import StoredEvent

pytestmark = pytest.mark.django_db(transaction=True)

LATER = EDIT_WINDOW + timedelta(seconds=1)


def do(client, chat: UUID, message: UUID | str, action: str, **body):
    return client.post(f"/api/messages/{chat}/{message}/{action}/", body, format="json")


def state() -> list:
    """What is kept of all messages: a refusal must not change it."""
    return [
        *Message.objects.order_by("pk").values_list("body", "edited_at", "deleted_at", "revision"),
        *EarlierText.objects.values_list("body"),
        *HiddenMessage.objects.values_list("message_id"),
        StoredEvent.objects.count(),
        AuditEntry.objects.count(),
    ]


# Changing


def test_a_change_is_seen_by_both_and_the_earlier_text_is_kept_from_both(client_for, casey, pat, chat):
    mine = client_for(casey)
    first = send(mine, chat, "At eigth").json()
    changed = do(mine, chat, first["id"], "edit", body=" At eight ").json()
    assert (changed["body"], changed["id"]) == ("At eight", first["id"])
    assert changed["edited_at"] is not None
    assert changed["revision"] > first["revision"]
    [seen] = history(client_for(pat), chat)
    assert (seen["body"], seen["edited_at"]) == ("At eight", changed["edited_at"])
    assert [each.body for each in EarlierText.objects.all()] == ["At eigth"]
    entry, event = AuditEntry.objects.get(verb="message.edit"), StoredEvent.objects.get(name="message.changed")
    assert "eig" not in str(entry.detail) + str(event.payload)


def test_the_same_text_again_changes_nothing(client_for, casey, chat):
    mine = client_for(casey)
    sent = send(mine, chat, "At eight").json()
    before = state()
    assert do(mine, chat, sent["id"], "edit", body="At eight").json()["edited_at"] is None
    assert state() == before


def test_after_the_window_a_message_stands_and_the_actions_say_so(client_for, casey, chat):
    mine = client_for(casey)
    sent = send(mine, chat).json()
    assert sent["allowed_actions"] == ["reply", "edit", "delete", "hide"]
    clock.set_offset(LATER)
    before = state()
    for action, body in (("edit", {"body": "Other"}), ("delete", {})):
        refused = do(mine, chat, sent["id"], action, **body)
        assert (refused.status_code, refused.json()["code"]) == (409, "too-late-to-change")
    assert state() == before
    assert history(mine, chat)[0]["allowed_actions"] == ["reply", "hide"]


def test_only_who_wrote_it_changes_it_and_strangers_learn_nothing(client_for, casey, pat, omar, ada, sam, chat):
    sent = send(client_for(casey), chat).json()
    elsewhere = opened(casey, sam, uuid7())
    before = state()
    for action, body in (("edit", {"body": "Other"}), ("delete", {})):
        assert do(client_for(pat), chat, sent["id"], action, **body).status_code == 403
    for action, body in (("edit", {"body": "Other"}), ("delete", {}), ("hide", {})):
        for stranger in (omar, ada):
            assert do(client_for(stranger), chat, sent["id"], action, **body).status_code == 404
        assert do(client_for(casey), elsewhere, sent["id"], action, **body).status_code == 404
        assert do(client_for(casey), chat, uuid7(), action, **body).status_code == 404
        assert do(client_for(None), chat, sent["id"], action, **body).status_code == 401
    assert state() == before
    assert history(client_for(pat), chat)[0]["allowed_actions"] == ["reply", "hide", "report"]


@pytest.mark.parametrize("body", ["", "  ", "x" * 5001])
def test_a_change_to_nothing_or_to_too_much_is_refused(client_for, casey, chat, body):
    mine = client_for(casey)
    sent = send(mine, chat).json()
    before = state()
    assert do(mine, chat, sent["id"], "edit", body=body).status_code == 400
    assert state() == before


# Taking back


@pytest.mark.usefixtures("_disk")
def test_what_is_taken_back_is_read_by_nobody_and_its_place_stays(client_for, casey, pat, chat):
    mine, theirs = client_for(casey), client_for(pat)
    file = mine.post("/api/upload", {"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")}).json()
    sent = send(mine, chat, "My password is secret", file_ids=[file["id"]]).json()
    deleted = do(mine, chat, sent["id"], "delete").json()
    assert (deleted["body"], deleted["files"], deleted["allowed_actions"]) == ("", [], ["hide"])
    [seen] = history(theirs, chat)
    assert (seen["body"], seen["deleted_at"]) == ("", deleted["deleted_at"])
    assert theirs.get("/api/messages/").json()["results"][0]["unread_count"] == 0
    assert theirs.get(file["url"]).status_code == 404
    assert EarlierText.objects.get().body == "My password is secret"
    before = state()
    assert do(mine, chat, sent["id"], "delete").status_code == 200
    again = do(mine, chat, sent["id"], "edit", body="Back")
    assert (again.status_code, again.json()["code"]) == (409, "message-taken-back")
    assert state()[:-2] == [(*row[:3], row[3]) for row in before[:1]] + before[1:-2]


def test_what_is_taken_back_before_it_is_told_is_never_told(client_for, casey, pat, chat, run_worker):
    sent = send(client_for(casey), chat, "Oops").json()
    do(client_for(casey), chat, sent["id"], "delete")
    run_worker()
    assert not Notification.objects.exists()


@pytest.mark.usefixtures("_disk")
def test_after_three_months_earlier_texts_and_files_taken_back_are_forgotten(client_for, casey, chat, run_worker):
    mine = client_for(casey)
    file = mine.post("/api/upload", {"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")}).json()
    taken_back = send(mine, chat, "One", file_ids=[file["id"]]).json()
    do(mine, chat, taken_back["id"], "delete")
    do(mine, chat, send(mine, chat, "Two").json()["id"], "edit", body="Three")
    forget_what_was_changed()
    assert EarlierText.objects.count() == 2
    clock.set_offset(KEEP_EARLIER + timedelta(days=1))
    forget_what_was_changed()
    assert not EarlierText.objects.exists()
    assert Message.objects.filter(body="Three").exists()
    assert AuditEntry.objects.filter(verb="file.delete", target_id=UUID(file["id"])).exists()


# Hiding


def test_hiding_is_for_one_alone_and_for_all_of_their_places(client_for, casey, pat, chat):
    mine, theirs = client_for(casey), client_for(pat)
    first, second = send(theirs, chat, "One").json(), send(theirs, chat, "Two").json()
    for _ in range(2):
        assert do(mine, chat, second["id"], "hide").status_code == 204
    assert HiddenMessage.objects.count() == 1
    assert [row["body"] for row in history(mine, chat)] == ["One"]
    assert [row["body"] for row in history(theirs, chat)] == ["Two", "One"]
    [row] = mine.get("/api/messages/").json()["results"]
    assert (row["last_message"]["id"], row["unread_count"]) == (first["id"], 1)
    assert mine.get("/api/messages/unread/").json() == {"messages": 1, "conversations": 1}
    assert mine.get("/api/messages/search/?q=two").json()["results"] == []


# Answering


def test_an_answer_quotes_the_message_as_it_is_now(client_for, casey, pat, chat):
    mine, theirs = client_for(casey), client_for(pat)
    asked = send(mine, chat, "When?").json()
    answer = send(theirs, chat, "Now", reply_to=asked["id"]).json()
    assert (answer["reply_to"]["id"], answer["reply_to"]["body"]) == (asked["id"], "When?")
    do(mine, chat, asked["id"], "edit", body="When can you come?")
    assert history(theirs, chat)[0]["reply_to"]["body"] == "When can you come?"
    do(mine, chat, asked["id"], "delete")
    quote = history(theirs, chat)[0]["reply_to"]
    assert (quote["body"], quote["gone"]) == ("", True)


def test_what_one_has_hidden_is_not_quoted_to_them(client_for, casey, pat, chat):
    mine, theirs = client_for(casey), client_for(pat)
    asked = send(mine, chat, "When?").json()
    send(theirs, chat, "Now", reply_to=asked["id"])
    do(theirs, chat, asked["id"], "hide")
    assert history(theirs, chat)[0]["reply_to"]["gone"] is True
    assert history(mine, chat)[0]["reply_to"]["body"] == "When?"


def test_what_is_elsewhere_gone_or_a_step_cannot_be_answered(client_for, casey, pat, sam, chat, thing):
    mine = client_for(casey)
    elsewhere = send(mine, opened(casey, sam, thing)).json()["id"]
    gone = send(mine, chat).json()["id"]
    do(mine, chat, gone, "delete")
    with edge_transaction():
        between = (casey.known_id(), pat.known_id())
        what = {"subject_type": "thing", "subject_id": thing, "key": "1", "code": "thing.done", "text": "Done."}
        services.note(between=between, **what)
    step = str(Message.objects.get(kind="system").id)
    before = state()
    for message in (elsewhere, gone, step, str(uuid7())):
        refused = send(mine, chat, "Yes", reply_to=message)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/reply_to")
    for action, body in (("hide", {}), ("delete", {}), ("edit", {"body": "x"})):
        assert do(mine, chat, step, action, **body).status_code == 403
    assert state() == before


# Blocks


def test_who_is_blocked_sends_nothing_changes_nothing_and_is_not_told_by_whom(client_for, casey, pat, chat):
    sent = {actor.id: send(client_for(actor), chat).json()["id"] for actor in (casey, pat)}
    with edge_transaction():
        moderation.block_person(actor=casey, person_id=pat.known_id())
    before = state()
    answers = []
    for actor in (casey, pat):
        client = client_for(actor)
        for refused in (send(client, chat), do(client, chat, sent[actor.id], "edit", body="Other")):
            assert (refused.status_code, refused.json()["code"]) == (409, "not-between-you")
            answers.append(refused.json()["detail"])
        assert len(history(client, chat)) == 2
        [row] = client.get("/api/messages/").json()["results"]
        assert row["allowed_actions"] == ["report"]
    assert len(set(answers)) == 1
    assert state() == before
    assert do(client_for(pat), chat, sent[pat.id], "delete").status_code == 200


# Races


def at_once(*acts) -> list[Exception | None]:
    """Run these at the same moment, each in its own transaction; return what each raised."""
    barrier = threading.Barrier(len(acts))
    ends: list[Exception | None] = [None] * len(acts)

    def run(index: int) -> None:
        try:
            barrier.wait()
            with edge_transaction():
                acts[index]()
        except DomainError as error:
            ends[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[index]) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_change_and_deletion_at_once_end_deleted_with_every_text_kept(client_for, casey, chat):
    for number in range(6):
        sent = send(client_for(casey), chat, f"First {number}").json()["id"]
        one = {"actor": casey, "chat_id": chat, "message_id": UUID(sent)}
        at_once(lambda: services.edit_message(**one, body="Second"), lambda: services.delete_message(**one))  # noqa: B023
        row = Message.objects.get(pk=sent)
        assert (row.body, row.deleted_at is not None) == ("", True)
        kept = list(row.earlier.order_by("pk").values_list("body", flat=True))
        assert kept in ([f"First {number}"], [f"First {number}", "Second"])


def test_a_message_hidden_on_two_devices_at_once_is_hidden_once(client_for, casey, chat):
    one = {"actor": casey, "chat_id": chat, "message_id": UUID(send(client_for(casey), chat).json()["id"])}
    assert at_once(*[lambda: services.hide_message(**one)] * 4) == [None] * 4
    assert HiddenMessage.objects.count() == StoredEvent.objects.filter(name="message.hidden").count() == 1


def test_two_write_at_once_and_ids_and_revisions_rise_together(casey, pat, chat):
    def writes(actor):
        return lambda: services.send_message(actor=actor, chat_id=chat, body="Hi")

    assert at_once(*[writes(casey), writes(pat)] * 4) == [None] * 8
    revisions = list(Message.objects.order_by("pk").values_list("revision", flat=True))
    assert revisions == sorted(set(revisions))
