"""Workers' ticks at once: one date of a series is made once and charged once."""

from functools import partial
from uuid import UUID

from jobsphere.contracts.models import Contract, Offer
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.payments.models import Payment
from jobsphere.repeats import services, tasks
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.lifecycle import MAKE_BEFORE
from jobsphere.repeats.tests.conftest import card, offer, series  # noqa: F401
from tests.races.running import race

WORKERS = 6


def make(repeat_id: UUID) -> bool:
    with edge_transaction():
        return services.make_next(repeat_id=repeat_id)


def counts() -> list[int]:
    return [model.objects.count() for model in (Occurrence, Offer, Payment)]


def test_six_workers_make_one_date_once(series, settle, casey: Actor):  # noqa: F811
    repeat = series()
    clock.set_offset(repeat.next_at - MAKE_BEFORE - clock.now())
    found = race(*[partial(make, repeat.pk)] * WORKERS)
    assert sorted(found) == [False] * (WORKERS - 1) + [True]
    assert counts() == [1, 2, 2]
    settle()
    assert (Occurrence.objects.get().status, Contract.objects.count()) == ("made", 2)
    assert Payment.objects.filter(detail="captured").count() == 2


def test_whole_ticks_at_once_make_every_date_once(series, settle):  # noqa: F811
    repeat = series()
    for _ in range(3):
        row = Repeat.objects.get(pk=repeat.pk)
        clock.set_offset(clock.offset() + (row.next_at - MAKE_BEFORE - clock.now()))
        race(*[tasks.make_occurrences] * 3)
        settle()
    assert Occurrence.objects.filter(status="made").count() == 3
    assert counts() == [3, 4, 4]
    assert Payment.objects.filter(detail="captured").count() == 4


def test_two_who_try_a_refused_date_again_ask_the_card_once(series, settle):  # noqa: F811
    repeat = series(number="pm_card_chargeCustomerFail")
    clock.set_offset(repeat.next_at - MAKE_BEFORE - clock.now())
    make(repeat.pk)
    settle()
    one = Occurrence.objects.get()
    assert one.status == "failed"
    assert one.next_try_at is not None
    clock.set_offset(clock.offset() + (one.next_try_at - clock.now()))

    def again() -> bool:
        with edge_transaction():
            return services.try_again(occurrence_id=one.pk)

    assert sorted(race(*[again] * WORKERS)) == [False] * (WORKERS - 1) + [True]
    one.refresh_from_db()
    assert (one.tries, Offer.objects.count()) == (2, 3)
