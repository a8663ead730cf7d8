"""What operators do and see: dead letters, the shell commands, the figures, housekeeping."""

from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import housekeeping, queue, selectors, services
from jobsphere.outbox.errors import AlreadySettled
from jobsphere.outbox.models import DeadLetter
from jobsphere.outbox.tests import probes
from jobsphere.outbox.worker import drain

pytestmark = pytest.mark.usefixtures("table", "only_our_periodic_tasks")

ADMIN = Actor(uuid7(), roles=frozenset({"admin"}), name="Ada")
OPERATOR = Actor(uuid7(), rights=frozenset({"operations"}), name="Otto")
OUTSIDER = Actor(uuid7(), roles=frozenset({"customer", "contractor"}), name="Omar")


@pytest.fixture
def letter() -> DeadLetter:
    """An errand that was given up."""
    probes.surprises["errand"] = [ValueError("no milk")] * 3
    with edge_transaction():
        services.enqueue(probes.errand, "milk", 7)
    for minute in range(3):
        with clock.travel(timedelta(minutes=minute)):
            drain()
    return DeadLetter.objects.get()


def shell(*words: str) -> str:
    out = StringIO()
    call_command("dead_letters", *words, stdout=out)
    return out.getvalue()


def test_a_replayed_dead_letter_runs_again_with_the_same_arguments(letter: DeadLetter) -> None:
    services.replay_dead_letter(letter.id, actor=OPERATOR)
    assert drain() == 1
    assert probes.effects("errand") == [7]
    assert selectors.dead_letters(ADMIN) == []
    [settled] = selectors.dead_letters(ADMIN, settled=True)
    assert settled.id == letter.id
    assert settled.replayed_at


def test_a_dead_letter_is_settled_once(letter: DeadLetter) -> None:
    services.replay_dead_letter(letter.id, actor=ADMIN)
    with pytest.raises(AlreadySettled):
        services.replay_dead_letter(letter.id, actor=ADMIN)
    with pytest.raises(AlreadySettled):
        services.drop_dead_letter(letter.id, actor=ADMIN)
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1
    letter.refresh_from_db()
    assert letter.dropped_at is None


def test_a_dropped_dead_letter_does_not_run_again(letter: DeadLetter) -> None:
    services.drop_dead_letter(letter.id, actor=ADMIN)
    assert drain() == 0
    assert probes.effects("errand") == []
    assert selectors.dead_letters(ADMIN) == []


def test_an_outsider_sees_and_settles_nothing(letter: DeadLetter) -> None:
    for refused in (
        lambda: selectors.dead_letters(OUTSIDER),
        lambda: selectors.get_dead_letter(OUTSIDER, letter.id),
        lambda: selectors.history(OUTSIDER, aggregate="probe", aggregate_id=uuid7()),
        lambda: services.replay_dead_letter(letter.id, actor=OUTSIDER),
        lambda: services.drop_dead_letter(letter.id, actor=OUTSIDER),
    ):
        with pytest.raises(Forbidden):
            refused()
    letter.refresh_from_db()
    assert (letter.replayed_at, letter.dropped_at) == (None, None)
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.READY).exists()


def test_an_unknown_dead_letter_is_not_found() -> None:
    with pytest.raises(NotFound):
        selectors.get_dead_letter(ADMIN, uuid7())
    with pytest.raises(NotFound):
        services.replay_dead_letter(uuid7(), actor=ADMIN)


def test_dead_letters_come_page_by_page_newest_first_and_by_handler() -> None:
    for _ in range(3):
        services.enqueue(probes.hopeless)
    drain()
    first = selectors.dead_letters(OPERATOR, limit=2)
    rest = selectors.dead_letters(OPERATOR, before=first[-1].id, limit=2)
    assert [each.id for each in first + rest] == sorted((each.id for each in first + rest), reverse=True)
    assert (len(first), len(rest)) == (2, 1)
    assert selectors.dead_letters(OPERATOR, handler="other") == []
    assert selectors.get_dead_letter(OPERATOR, rest[0].id) == rest[0]


def test_the_history_of_an_aggregate_is_told_in_order() -> None:
    probe_id = uuid7()
    for number in (3, 1, 2):
        services.publish(probes.Heard(probe_id, number), actor=ADMIN)
    services.publish(probes.Heard(uuid7(), 9))
    told = selectors.history(ADMIN, aggregate="probe", aggregate_id=probe_id)
    assert [each.payload["number"] for each in told] == [3, 1, 2]
    assert {each.meta.actor_id for each in told} == {ADMIN.id}


@pytest.mark.django_db(transaction=True)
def test_the_shell_lists_replays_and_drops(letter: DeadLetter) -> None:
    assert f"{letter.id}" in shell("list")
    assert "x3  outbox.tests.probes.errand  ValueError: no milk" in shell("list")
    assert shell("replay", "--all", "--handler=other") == "replay: 0\n"
    assert shell("replay", str(letter.id)) == "replay: 1\n"
    assert shell("list") == ""
    with pytest.raises(CommandError, match="replayed or dropped before"):
        shell("drop", str(letter.id))
    with pytest.raises(CommandError, match="say --all"):
        shell("drop")
    out = StringIO()
    call_command("worker", "--drain", stdout=out)
    assert out.getvalue() == "1 tasks ran\n"
    assert probes.effects("errand") == [7]


@pytest.mark.django_db(transaction=True)
def test_the_shell_drops_them_all() -> None:
    with edge_transaction():
        services.enqueue(probes.hopeless)
        services.enqueue(probes.hopeless)
    drain()
    assert shell("drop", "--all") == "drop: 2\n"
    assert shell("list") == ""
    assert DeadLetter.objects.filter(dropped_at=None).count() == 0


def test_the_figures_tell_how_the_queue_stands(django_assert_num_queries) -> None:
    services.enqueue(probes.hopeless)
    drain()
    services.enqueue(probes.errand, "running", 1)
    assert queue.claim("test")
    services.enqueue(probes.errand, "due", 2)
    services.enqueue(probes.errand, "due", 3)
    services.enqueue(probes.errand, "later", 4, run_after=clock.now() + timedelta(hours=2))
    with clock.travel(timedelta(minutes=10)), django_assert_num_queries(3):
        health = selectors.queue_health()
    assert (health.due, health.scheduled, health.running, health.dead_letters) == (2, 1, 1, 1)
    assert timedelta(minutes=10) <= health.oldest_due < timedelta(minutes=11)


def test_an_empty_queue_is_healthy() -> None:
    health = selectors.queue_health()
    assert (health.due, health.scheduled, health.running, health.dead_letters) == (0, 0, 0, 0)
    assert health.oldest_due == timedelta(0)


@pytest.mark.django_db(transaction=True)
def test_housekeeping_deletes_what_is_old_and_keeps_what_is_open() -> None:
    with edge_transaction():
        services.enqueue(probes.errand, "old", 1)
        services.enqueue(probes.hopeless)
        services.enqueue(probes.hopeless)
    drain()
    open_letter, dropped = DeadLetter.objects.order_by("id").values_list("id", flat=True)
    with edge_transaction():
        services.drop_dead_letter(dropped, actor=ADMIN)
        services.enqueue(probes.errand, "waits", 2)
    age(queue.machine_now() - timedelta(days=4))
    housekeeping.prune()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "FAILED", "READY"]
    age(queue.machine_now() - timedelta(days=100))
    housekeeping.prune()
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["READY"]
    assert list(DeadLetter.objects.values_list("id", flat=True)) == [open_letter]


def age(moment) -> None:
    """Let everything have happened then."""
    DBTaskResult.objects.exclude(finished_at=None).update(finished_at=moment)
    DeadLetter.objects.update(last_failed_at=moment)


def test_ids_of_dead_letters_are_uuids(letter: DeadLetter) -> None:
    assert isinstance(selectors.dead_letters(ADMIN)[0].id, UUID)
