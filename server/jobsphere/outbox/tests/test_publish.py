"""Publishing: what is stored, what is queued, who is called, and what it costs."""

import threading
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django_tasks_db.models import DBTaskResult
from structlog.contextvars import bound_contextvars

from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import services
from jobsphere.outbox.codec import CodecError
from jobsphere.outbox.models import StoredEvent, Turn
from jobsphere.outbox.tests import probes
from jobsphere.outbox.tests.probes import Heard, HeardByMany, HeardInline, HeardInOrder, Unheard

pytestmark = pytest.mark.usefixtures("table")


def test_an_event_that_nobody_hears_is_one_insert(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        services.publish(Unheard(uuid7()))
    assert StoredEvent.objects.count() == 1


def test_one_subscriber_makes_it_two_inserts(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        services.publish(Heard(uuid7()))
    assert DBTaskResult.objects.count() == 1


def test_three_subscribers_one_of_them_ordered_make_it_three_inserts(django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        services.publish(HeardByMany(uuid7()))
    assert DBTaskResult.objects.count() == 3
    assert Turn.objects.count() == 1


def test_a_job_is_one_insert(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        services.enqueue(probes.errand, "milk", 2)


def test_the_fact_is_kept_with_who_did_it_and_when() -> None:
    actor, probe_id = Actor(uuid7(), name="Casey"), uuid7()
    meta = services.publish(Heard(probe_id, 3), actor=actor)
    stored = StoredEvent.objects.get()
    assert (stored.name, stored.aggregate_type, stored.aggregate_id) == ("probe.heard", "probe", probe_id)
    assert stored.payload == {"probe_id": str(probe_id), "number": 3}
    assert (meta.id, meta.sequence, meta.occurred_at) == (stored.id, stored.sequence, stored.created_at)
    assert meta.actor_id == stored.actor_id == actor.id
    assert abs((clock.now() - meta.occurred_at).total_seconds()) < 60


def test_the_sequence_of_an_aggregate_rises() -> None:
    probe_id = uuid7()
    sequences = [services.publish(Unheard(probe_id)).sequence for _ in range(5)]
    assert sequences == sorted(set(sequences))


def test_an_inline_listener_runs_in_the_same_transaction() -> None:
    meta = services.publish(HeardInline(uuid7()))
    assert probes.effects("inline") == [meta.sequence]


def test_what_an_inline_listener_raises_undoes_the_verb() -> None:
    probes.surprises["inline"] = [ValueError("no")]
    with pytest.raises(ValueError), transaction.atomic():
        services.publish(HeardInline(uuid7()))
    assert probes.calls["inline"] == 1
    assert probes.effects("inline") == []
    assert StoredEvent.objects.count() == 0


def test_an_event_that_does_not_hold_what_it_says_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(CodecError):
        services.publish(Heard("not a uuid"))  # type: ignore[arg-type]
    assert (StoredEvent.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_function_that_is_no_job_cannot_be_enqueued() -> None:
    with pytest.raises(TypeError, match="is not a @job"):
        services.enqueue(probes.on_heard, 1)
    assert DBTaskResult.objects.count() == 0


def test_arguments_that_are_not_json_are_refused() -> None:
    with pytest.raises(TypeError):
        services.enqueue(probes.errand, object(), 2)
    assert DBTaskResult.objects.count() == 0


def test_the_request_id_travels_with_the_task() -> None:
    with bound_contextvars(request_id="r-1234"):
        services.publish(Heard(uuid7()))
    assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"request_id": "r-1234"}


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(NoTransactionError):
        services.publish(Heard(uuid7()))
    with pytest.raises(NoTransactionError):
        services.enqueue(probes.errand, "milk", 2)
    assert (StoredEvent.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_verb_leaves_no_event_and_no_task() -> None:
    probes.surprises["inline"] = [RuntimeError()]
    with pytest.raises(RuntimeError):
        publish_twice()
    assert (StoredEvent.objects.count(), DBTaskResult.objects.count(), Turn.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "statement", ["UPDATE outbox_storedevent SET name = 'other'", "DELETE FROM outbox_storedevent"]
)
def test_the_database_refuses_to_change_the_log(statement: str) -> None:
    services.publish(Unheard(uuid7()))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert StoredEvent.objects.get().name == "probe.unheard"


def test_ids_are_uuids() -> None:
    assert isinstance(services.enqueue(probes.errand, uuid7(), 1), UUID)


def publish_twice() -> None:
    """A verb of two events, the second of which has a listener that refuses."""
    with edge_transaction():
        services.publish(HeardByMany(uuid7()))
        services.publish(HeardInline(uuid7()))


@pytest.mark.django_db(transaction=True)
def test_rival_writers_of_one_aggregate_never_clash_and_its_sequence_tells_their_order() -> None:
    probe_id, rounds = uuid7(), 15
    probes.effect("counter", probe_id)

    def write() -> None:
        try:
            for _ in range(rounds):
                with edge_transaction():
                    # As a money verb does: the guarded update comes first, so rivals come one after the other.
                    services.publish(HeardInOrder(probe_id, count_up()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    log = StoredEvent.objects.filter(aggregate_id=probe_id).order_by("sequence")
    assert [stored.payload["number"] for stored in log] == list(range(1, 4 * rounds + 1))


def count_up() -> int:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_probe SET number = number + 1 WHERE handler = 'counter'")
        cursor.execute("SELECT number FROM outbox_probe WHERE handler = 'counter'")
        return int(cursor.fetchone()[0])
