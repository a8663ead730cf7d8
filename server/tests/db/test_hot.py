"""The kept SQL writes what the ORM would write."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.models import F

from jobsphere.audit.models import AuditEntry
from jobsphere.db import hot
from jobsphere.kit import clock
from jobsphere.outbox.models import StoredEvent
from jobsphere.web.models import IdempotencyRecord

pytestmark = pytest.mark.django_db


def record(**values: Any) -> IdempotencyRecord:
    names = {"actor_id": uuid4(), "key": str(uuid4()), "method": "POST", "path": "/api/jobs/", "body_hash": "x"}
    return IdempotencyRecord(**{**names, **values})


def values_of(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("answer", [None, {"amount": 5, "text": "Ü"}, [1, "a"]])
def test_an_inserted_row_is_read_back_as_it_was_given(answer: Any) -> None:
    row = record(answer=answer, answer_status=201)
    hot.insert(row)
    assert values_of(IdempotencyRecord.objects.get()) == values_of(row)
    row.path = "/api/offers/"
    row.save()
    assert IdempotencyRecord.objects.get().path == "/api/offers/"


def test_an_inserted_row_is_what_the_orm_inserts() -> None:
    entry = {"verb": "offer.accept", "target_type": "offer", "target_id": uuid4(), "detail": {"a": [1, None]}}
    moment = clock.now() - timedelta(days=3)
    hot.insert(AuditEntry(created_at=moment, **entry))
    AuditEntry.objects.create(created_at=moment, **entry)
    first, second = (values_of(row) for row in AuditEntry.objects.order_by("id"))
    assert {**first, "id": None} == {**second, "id": None}


def test_what_the_database_fills_in_is_set_on_the_row() -> None:
    rows = [StoredEvent(name="a", aggregate_type="b", aggregate_id=uuid4(), payload={}) for _ in range(2)]
    for row in rows:
        hot.insert(row)
    assert rows[1].sequence == rows[0].sequence + 1
    assert [row.sequence for row in StoredEvent.objects.order_by("sequence")] == [row.sequence for row in rows]


def test_a_refused_row_raises_as_with_the_orm() -> None:
    first = record()
    hot.insert(first)
    with pytest.raises(IntegrityError):
        hot.insert(record(actor_id=first.actor_id, key=first.key))


def test_an_update_touches_only_the_rows_that_fit_and_counts_them() -> None:
    rows = [record(answer_status=status) for status in (0, 1, 2)]
    for row in rows:
        hot.insert(row)
    assert hot.update(IdempotencyRecord, {"answer_status__in": [0, 2]}, {"answer": {"ok": True}, "path": "/x/"}) == 2
    assert hot.update(IdempotencyRecord, {"pk": rows[1].id, "key": "another"}, {"path": "/y/"}) == 0
    assert hot.update(IdempotencyRecord, {"pk": rows[1].id, "actor_id": rows[1].actor_id}, {"path": "/z/"}) == 1
    found = {row.id: (row.path, row.answer) for row in IdempotencyRecord.objects.all()}
    assert found == {
        rows[0].id: ("/x/", {"ok": True}),
        rows[1].id: ("/z/", None),
        rows[2].id: ("/x/", {"ok": True}),
    }


@pytest.mark.parametrize(
    "condition, changes",
    [
        ({"answer_status": 0}, {"answer_status": F("answer_status") + 1}),
        ({"answer_status__gte": 0}, {"path": "/x/"}),
        ({"answer": None}, {"path": "/x/"}),
        ({"answer_status__in": []}, {"path": "/x/"}),
        ({"answer_status": F("answer_status")}, {"path": "/x/"}),
    ],
)
def test_what_is_not_simple_is_left_to_the_orm_and_nothing_changes(condition: Any, changes: Any) -> None:
    hot.insert(record())
    before = values_of(IdempotencyRecord.objects.get())
    assert hot.update(IdempotencyRecord, condition, changes) is None
    assert values_of(IdempotencyRecord.objects.get()) == before
