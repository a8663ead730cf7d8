"""Every table says how long it keeps its rows; what is over goes, in steps, with a report; what is not, stays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult

from config import env
from jobsphere.accounts import cleaning, selectors
from jobsphere.accounts.errors import CleanUpFailed
from jobsphere.accounts.models import CleanUp, CleanUpReport
from jobsphere.accounts.tasks import clean_up_nightly
from jobsphere.audit import services as audit
from jobsphere.audit.models import AuditEntry
from jobsphere.db.append_only import DOORS, door
from jobsphere.db.retention import How, rules
from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import Forbidden
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import queue
from jobsphere.outbox.models import DeadLetter, StoredEvent
from jobsphere.outbox.queue import DELIVER, NewTask
from jobsphere.outbox.tasks import deliver
from jobsphere.payments.models import GatewayEvent
from jobsphere.profiles.models import Verification
from jobsphere.users import services as users
from jobsphere.users.models import KnownDevice, OneTimeCode, Session
from jobsphere.users.rules import credential_now
from jobsphere.users.services.sessions import UNKNOWN_DEVICE
from jobsphere.web.models import IdempotencyRecord

pytestmark = pytest.mark.django_db(transaction=True)
OPERATOR = Actor(uuid7(), rights=frozenset({"operations"}))


def test_every_table_says_how_long_it_keeps_its_rows_and_why() -> None:
    said = {rule.table: rule for rule in rules()}
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert sorted(tables - set(said)) == [], "name these in the retention.py of their app"
    assert sorted(set(said) - tables) == [], "there are no such tables"
    for rule in said.values():
        assert rule.why.endswith("."), rule.table
        assert bool(rule.days) == rule.is_cleaned, rule.table


def test_what_follows_another_table_ends_at_one_that_says_more() -> None:
    said = {rule.table: rule for rule in rules()}
    jobs = {f"{name}" for name in _periodic_names()}
    for rule in said.values():
        if rule.how == How.FOLLOW:
            assert rule.by in said, rule.table
            assert said[rule.by].how != How.FOLLOW or said[rule.by].by in said, rule.table
        if rule.how == How.ELSEWHERE:
            assert rule.by in jobs, f"{rule.table}: nobody runs {rule.by}"


def _periodic_names() -> list[str]:
    from jobsphere.outbox.subscriptions import periodic_jobs

    return [job.name for job in periodic_jobs()]


def test_the_books_are_kept_for_good() -> None:
    books = [rule for rule in rules() if rule.table.startswith("ledger_")]
    assert len(books) >= 7
    assert {rule.how for rule in books} == {How.KEEP}


def leave_traces(days: int, number: int = 1) -> None:
    """Make a row of each kind that is as old as that."""
    moment = clock.machine_now() - timedelta(days=days)
    with clock.travel(-timedelta(days=days)), edge_transaction():
        for _ in range(number):
            audit.record(actor=SYSTEM, verb="trace", target_type="test")
            StoredEvent.objects.create(
                name="trace", aggregate_type="test", aggregate_id=uuid7(), actor_id=None, payload={}
            )
            IdempotencyRecord.objects.create(actor_id=uuid7(), key=str(uuid7()))
            GatewayEvent.objects.create(
                gateway="sandbox", event_key=str(uuid7()), type="x", object_kind="x", object_id="x", body="{}",
                happened_at=moment, handled_at=moment,
            )  # fmt: skip


def counts() -> dict[str, int]:
    kinds: list[Any] = [AuditEntry, StoredEvent, IdempotencyRecord, GatewayEvent]
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_what_is_over_goes_and_what_is_not_stays() -> None:
    for days in (3651, 3649, 401, 399, 91, 89, 10, 1, 0):
        leave_traces(days)
    clean_up_nightly()
    left = counts()
    assert left["IdempotencyRecord"] == 2  # 0, 1
    assert left["GatewayEvent"] == 4  # up to 89
    assert left["StoredEvent"] == 6  # up to 399
    assert left["AuditEntry"] == 8 + 2  # up to 3649, and two entries about what was removed from sealed tables
    removed = {report.table: report.removed for report in CleanUpReport.objects.all() if report.removed}
    assert removed == {
        "web_idempotencyrecord": 7, "payments_gatewayevent": 5, "outbox_storedevent": 3, "audit_auditentry": 1,
    }  # fmt: skip
    about = AuditEntry.objects.filter(verb="retention.remove").order_by("pk")
    assert [(entry.detail["table"], entry.detail["removed"]) for entry in about] == [
        ("audit_auditentry", 1),
        ("outbox_storedevent", 3),
    ]


def test_a_second_run_finds_nothing_and_says_so() -> None:
    leave_traces(401)
    leave_traces(0)
    clean_up_nightly()
    before = counts()
    clean_up_nightly()
    assert counts() == before
    first, second = CleanUp.objects.order_by("pk")
    assert sum(report.removed for report in first.reports.all()) == 3
    assert sum(report.removed for report in second.reports.all()) == 0
    assert second.reports.count() == len([rule for rule in rules() if rule.is_cleaned])
    assert second.finished_at is not None


def test_it_goes_in_steps_and_a_night_does_not_do_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_traces(10, number=7)
    monkeypatch.setattr(cleaning, "STEP", 2)
    monkeypatch.setattr(cleaning, "STEPS", 2)
    left = []
    for _ in range(3):
        clean_up_nightly()
        left.append(IdempotencyRecord.objects.count())
    assert left == [3, 0, 0]
    reports = CleanUpReport.objects.filter(table="web_idempotencyrecord").order_by("pk")
    assert [(report.removed, report.unfinished) for report in reports] == [(4, True), (3, False), (0, False)]


def test_credentials_go_by_their_own_times(casey: Actor) -> None:
    long_ago = credential_now() - timedelta(days=40)
    with edge_transaction():
        for email in ("casey@example.com", "pat@example.com"):
            users.request_password_reset(email=email, device=UNKNOWN_DEVICE)
        old = users.open_session(user_id=casey.known_id())
        kept = users.open_session(user_id=casey.known_id())
    first = OneTimeCode.objects.order_by("pk")[0]
    OneTimeCode.objects.filter(pk=first.pk).update(expires_at=long_ago)
    Session.objects.filter(pk=old.session_id).update(revoked_at=long_ago)
    for name, seen in (("fresh", credential_now()), ("old", credential_now() - timedelta(days=401))):
        KnownDevice.objects.create(user_id=casey.known_id(), token_fingerprint=name, last_used_at=seen)
    clean_up_nightly()
    assert OneTimeCode.objects.count() == 1
    assert [each.id for each in Session.objects.all()] == [kept.session_id]
    assert [each.token_fingerprint for each in KnownDevice.objects.all()] == ["fresh"]


def test_papers_that_prove_nothing_go_and_those_that_do_stay(pat: Actor) -> None:
    today = clock.now().date()
    long_ago = clock.now() - timedelta(days=181)
    facts = [
        ("approved", long_ago, None), ("rejected", long_ago, None), ("withdrawn", None, None),
        ("lapsed", long_ago, today - timedelta(days=181)), ("lapsed", long_ago, today - timedelta(days=10)),
        ("submitted", None, None), ("rejected", clock.now(), None),
    ]  # fmt: skip
    with clock.travel(-timedelta(days=190)):
        for status, decided_at, expires_on in facts:
            Verification.objects.create(
                person_id=pat.known_id(), kind="license", status=status, decided_at=decided_at, expires_on=expires_on
            )
    clean_up_nightly()
    left = list(Verification.objects.order_by("pk").values_list("status", flat=True))
    assert left == ["approved", "lapsed", "submitted", "rejected"]


def test_an_event_that_somebody_has_yet_to_be_told_of_stays_and_so_does_the_last_one() -> None:
    leave_traces(401, number=4)
    buried, queued, _told, last = StoredEvent.objects.order_by("sequence")
    with edge_transaction():
        DeadLetter.objects.create(
            task_path=DELIVER, handler="x", args=["x", str(buried.pk)], kwargs={}, error="", traceback="", attempts=1,
            first_failed_at=clock.now(), last_failed_at=clock.now(),
        )  # fmt: skip
        queue.put([NewTask(deliver, ["x", str(queued.pk)])])
    clean_up_nightly()
    assert list(StoredEvent.objects.order_by("sequence")) == [buried, queued, last]
    DBTaskResult.objects.all().delete()
    leave_traces(0)
    assert StoredEvent.objects.order_by("-sequence")[0].sequence > last.sequence


@pytest.mark.parametrize(("table", "least"), [("audit_auditentry", 365), ("outbox_storedevent", 30)])
def test_the_database_lets_nothing_out_that_is_too_young_whoever_opens_the_door(table: str, least: int) -> None:
    leave_traces(least - 1)
    leave_traces(least + 1)
    before = counts()
    moments = {"no door": None, "door for what is older": timedelta(days=least + 5), "door for all": timedelta(0)}
    for name, age in moments.items():
        with pytest.raises(DatabaseError, match="append-only"), edge_transaction(), connection.cursor() as cursor:
            if age is None:
                cursor.execute(f"DELETE FROM {table}")
            else:
                with door(table, before=clock.now() - age):
                    cursor.execute(f"DELETE FROM {table}")
        assert counts() == before, name
    _no_door_is_open()


def test_the_door_of_one_table_is_not_that_of_another_and_nothing_is_changed_through_it() -> None:
    leave_traces(500)
    before = counts()
    old = clock.now() - timedelta(days=400)
    for statement in ("DELETE FROM outbox_storedevent", "UPDATE audit_auditentry SET verb = 'other'"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            edge_transaction(),
            door("audit_auditentry", before=old),
        ):
            connection.cursor().execute(statement)
    assert counts() == before
    with edge_transaction(), connection.cursor() as cursor, door("audit_auditentry", before=old):
        cursor.execute("DELETE FROM audit_auditentry")
    assert AuditEntry.objects.count() == 0
    _no_door_is_open()


def test_a_door_needs_a_transaction() -> None:
    with pytest.raises(NoTransactionError), door("audit_auditentry", before=clock.now()):
        pass
    _no_door_is_open()


def _no_door_is_open() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {DOORS}")
        assert cursor.fetchone() == (0,)


def test_a_clock_that_is_moved_ahead_makes_nothing_old() -> None:
    leave_traces(0, number=3)
    before = counts()
    with clock.travel(timedelta(days=5000)):
        clean_up_nightly()
    assert counts() == before


def test_a_table_that_fails_stops_no_other_and_the_run_says_so() -> None:
    leave_traces(401)
    leave_traces(0)
    with without_answers(), pytest.raises(CleanUpFailed, match="web_idempotencyrecord"):
        clean_up_nightly()
    assert counts() == {"AuditEntry": 2 + 1, "StoredEvent": 1, "IdempotencyRecord": 2, "GatewayEvent": 1}
    [run] = selectors.retention(OPERATOR).runs
    assert (run.failed, run.removed) == (("web_idempotencyrecord",), 2)
    assert run.finished_at is not None
    assert "web_idempotencyrecord" in CleanUpReport.objects.get(table="web_idempotencyrecord").error


@contextmanager
def without_answers() -> Iterator[None]:
    """Put a table away, as a fault of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE web_idempotencyrecord RENAME TO away")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE away RENAME TO web_idempotencyrecord")


def test_the_command_shows_what_is_due_and_changes_nothing_until_it_shall() -> None:
    leave_traces(401, number=2)
    before = counts()
    assert "outbox_storedevent: 1 due" in told("--dry-run")
    assert counts() == before
    assert "7 rows" not in told("--list")
    assert "ledger_entry: kept for good" in told("--list")
    removed = told()
    assert "web_idempotencyrecord: 2 removed" in removed
    assert "5 rows removed" in removed
    assert told() == told() == "Nothing was due.\n"
    assert told("--dry-run") == "Nothing was due.\n"


def told(*arguments: str) -> str:
    output = StringIO()
    call_command("retention", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_says_what_failed() -> None:
    with without_answers(), pytest.raises(CommandError, match="web_idempotencyrecord; the other tables were cleaned"):
        told()


def test_operators_see_every_table_and_what_was_done(django_assert_num_queries: Any) -> None:
    leave_traces(401)
    clean_up_nightly()
    told(), told()
    with django_assert_num_queries(2):
        seen = selectors.retention(OPERATOR)
    assert len(seen.tables) == len(rules())
    assert [(run.source, run.removed, run.failed) for run in seen.runs] == [
        ("command", 0, ()), ("command", 0, ()), ("nightly", 3 - 1, ()),
    ]  # fmt: skip
    [events] = [each for each in seen.tables if each.table == "web_idempotencyrecord"]
    assert (events.days, events.period, events.removed) == (2, "answers", 0)
    [books] = [each for each in seen.tables if each.table == "ledger_entry"]
    assert (books.days, books.how, books.cleaned_at) == (None, "keep", None)


def test_nobody_else_sees_it(casey: Actor, client_for: Callable[..., Any]) -> None:
    for viewer in (casey, Actor(uuid7(), rights=frozenset({"finance"}))):
        with pytest.raises(Forbidden):
            selectors.retention(viewer)
    assert client_for(casey).get("/api/admin/retention/").status_code == 403


def test_staff_read_it_over_http(ada: Actor, client_for: Callable[..., Any], django_assert_num_queries: Any) -> None:
    clean_up_nightly()
    client = client_for(ada)
    with django_assert_num_queries(3):
        body = client.get("/api/admin/retention/").json()
    assert body["runs"][0]["removed"] == 0
    assert {row["how"] for row in body["tables"]} == {each.value for each in How}


def test_a_period_that_the_database_would_refuse_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEPT", "audit=364")
    with pytest.raises(ImproperlyConfigured, match="audit must be 365 or more"):
        env.numbers("KEPT", {"audit": 3650}, least={"audit": 365})
    monkeypatch.setenv("KEPT", "audit=365")
    assert env.numbers("KEPT", {"audit": 3650, "events": 400}, least={"audit": 365}) == {"audit": 365, "events": 400}
