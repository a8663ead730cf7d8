"""A year of a monthly series, played by the clock, with every cent explained at its end."""

from datetime import timedelta

import pytest

from jobsphere.contracts import services as contracts
from jobsphere.contracts.models import Contract
from jobsphere.contracts.types import Handover
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.payments.models import Payment
from jobsphere.payments.tests.builders import assert_sound_books
from jobsphere.repeats import tasks
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.lifecycle import MAKE_BEFORE
from jobsphere.repeats.tests.conftest import card, offer, series  # noqa: F401


@pytest.mark.timeout(900)
def test_a_year_of_months_is_made_paid_worked_and_explained(series, casey, pat, settle):  # noqa: F811
    repeat = series("monthly")
    until = clock.now() + timedelta(days=365)
    for _ in range(20):
        row = Repeat.objects.get(pk=repeat.pk)
        if row.next_at > until:
            break
        wait = max(row.next_at - MAKE_BEFORE - clock.now(), timedelta(0))
        clock.set_offset(clock.offset() + wait + timedelta(minutes=1))
        tasks.make_occurrences()
        settle()
        _work(pat, casey)
    settle()
    made = Occurrence.objects.filter(status="made")
    assert made.count() in (11, 12)
    assert len(set(made.values_list("due_on", flat=True))) == made.count()
    contracts_ = Contract.objects.all()
    assert contracts_.count() == made.count() + 1
    captured = Payment.objects.filter(captured_amount__gt=0)
    assert (captured.count(), set(captured.values_list("amount", flat=True))) == (contracts_.count(), {100_00})
    # What `manage.py reconcile` runs: our books, our rows, and every movement at the gateway.
    assert_sound_books()


def _work(pat, casey):
    """Every contract that is open is done and approved."""
    for contract in Contract.objects.filter(status="active"):
        milestone = contract.milestones.get()
        with edge_transaction():
            contracts.start_milestone(actor=pat, milestone_id=milestone.pk)
        with edge_transaction():
            contracts.submit_milestone(actor=pat, milestone_id=milestone.pk, work=Handover(note="Done."))
        with edge_transaction():
            contracts.release_milestone(actor=casey, milestone_id=milestone.pk)
