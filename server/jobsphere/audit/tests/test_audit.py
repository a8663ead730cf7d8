"""The trail: what is written, that it stays, and who may read it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

import pytest
from django.db import IntegrityError, connection, transaction
from structlog.contextvars import bound_contextvars

from jobsphere.audit import selectors, services
from jobsphere.audit.models import AuditEntry
from jobsphere.db.append_only import create_statements, drop_statements
from jobsphere.db.transactions import NoTransactionError
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import Forbidden
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money

pytestmark = pytest.mark.django_db

CASEY = Actor(uuid7(), roles=frozenset({"customer"}), name="Casey Customer")
ADA = Actor(uuid7(), roles=frozenset({"admin"}), name="Ada Admin")
ORLA = Actor(uuid7(), rights=frozenset({"audit"}), name="Orla Auditor")


class Reason(StrEnum):
    LATE = "late"


def test_an_entry_says_who_did_what_to_which_object_in_one_insert(django_assert_num_queries) -> None:
    offer_id = uuid7()
    with bound_contextvars(request_id="r-42"), django_assert_num_queries(1):
        entry_id = services.record(
            actor=CASEY, verb="offer.accept", target_type="offer", target_id=offer_id, detail={"price": Money(1, "USD")}
        )
    [entry] = selectors.audit_entries(ADA)
    assert (entry.id, entry.actor_id, entry.actor_name) == (entry_id, CASEY.id, "")
    assert (entry.verb, entry.target_type, entry.target_id) == ("offer.accept", "offer", offer_id)
    assert entry.detail == {"price": {"amount": 1, "currency": "USD"}}
    assert entry.request_id == "r-42"


def test_the_system_acts_without_an_id() -> None:
    services.record(actor=SYSTEM, verb="contract.release", target_type="contract")
    [entry] = selectors.audit_entries(ADA)
    assert (entry.actor_id, entry.actor_name, entry.target_id, entry.request_id) == (None, "system", None, "")


def test_details_keep_money_ids_moments_and_enums_readable() -> None:
    moment, some_id = datetime(2026, 1, 2, tzinfo=UTC), uuid7()
    services.record(
        actor=CASEY,
        verb="contract.cancel",
        target_type="contract",
        detail={"reason": Reason.LATE, "ids": (some_id,), "when": moment, "parts": [Money(3, "JPY")], "note": None},
    )
    assert selectors.audit_entries(ADA)[0].detail == {
        "reason": "late",
        "ids": [str(some_id)],
        "when": "2026-01-02T00:00:00+00:00",
        "parts": [{"amount": 3, "currency": "JPY"}],
        "note": None,
    }


@pytest.mark.parametrize("value", [1.5, Decimal("1.5"), object(), b"x"])
def test_a_detail_that_is_no_json_is_refused_and_nothing_is_written(value: object) -> None:
    with pytest.raises(TypeError, match="audit detail"):
        services.record(actor=CASEY, verb="x", target_type="y", detail={"value": [value]})
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(NoTransactionError):
        services.record(actor=CASEY, verb="x", target_type="y")
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditentry SET verb = 'other'", "DELETE FROM audit_auditentry WHERE 1 = 1"]
)
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    services.record(actor=CASEY, verb="job.publish", target_type="job")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().verb == "job.publish"


def test_the_orm_cannot_change_the_trail_either() -> None:
    services.record(actor=CASEY, verb="job.publish", target_type="job")
    entry = AuditEntry.objects.get()
    entry.verb = "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.get().verb == "job.publish"


def test_an_append_only_table_can_be_made_an_ordinary_one_and_back() -> None:
    services.record(actor=CASEY, verb="first", target_type="job")
    with connection.cursor() as cursor:
        for statement in drop_statements(connection.vendor, "audit_auditentry"):
            cursor.execute(statement)
        assert AuditEntry.objects.update(verb="second") == 1
        for statement in create_statements(connection.vendor, "audit_auditentry"):
            cursor.execute(statement, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.update(verb="third")
    assert AuditEntry.objects.get().verb == "second"


@pytest.mark.parametrize("actor", [CASEY, SYSTEM, Actor(uuid7(), rights=frozenset({"finance"}))])
def test_nobody_else_may_read_the_trail(actor: Actor) -> None:
    services.record(actor=CASEY, verb="job.publish", target_type="job", target_id=uuid7())
    with pytest.raises(Forbidden):
        selectors.audit_entries(actor)


def test_the_right_to_audit_is_enough_to_read() -> None:
    services.record(actor=CASEY, verb="job.publish", target_type="job")
    assert len(selectors.audit_entries(ORLA)) == 1


def test_entries_are_found_by_actor_target_verb_and_time() -> None:
    job, other = uuid7(), uuid7()
    moments = []
    for day, (actor, verb, target) in enumerate(
        [(CASEY, "job.publish", job), (ADA, "job.hide", job), (CASEY, "job.publish", other)]
    ):
        with clock.travel(timedelta(days=day)):
            services.record(actor=actor, verb=verb, target_type="job", target_id=target)
            moments.append(clock.now())

    first_names = {CASEY.id: "Casey", ADA.id: "Ada"}

    def found(**filters) -> list[str]:
        return [f"{first_names[each.actor_id]} {each.verb}" for each in selectors.audit_entries(ADA, **filters)]

    assert found() == ["Casey job.publish", "Ada job.hide", "Casey job.publish"]
    assert found(actor_id=ADA.id) == ["Ada job.hide"]
    assert found(target_type="job", target_id=job) == ["Ada job.hide", "Casey job.publish"]
    assert found(verb="job.publish", target_id=other) == ["Casey job.publish"]
    assert found(since=moments[0], until=moments[1]) == ["Ada job.hide"]
    assert found(target_type="offer") == []


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    ids = [services.record(actor=CASEY, verb="v", target_type="t") for _ in range(5)]
    first = selectors.audit_entries(ADA, limit=2)
    second = selectors.audit_entries(ADA, limit=2, before=first[-1].id)
    third = selectors.audit_entries(ADA, limit=2, before=second[-1].id)
    assert [each.id for each in first + second + third] == ids[::-1]


def test_an_entry_holds_no_name_and_is_read_with_the_present_one(omar) -> None:
    services.record(actor=omar, verb="job.publish", target_type="job")
    assert AuditEntry.objects.get().actor_name == ""
    [entry] = selectors.audit_entries(ADA)
    assert entry.actor_name == "Omar Outsider"
