"""What is learned of a chargeback, in any order, late, twice or not at all, ends the same; and never takes twice."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from jobsphere.kit.ids import uuid7
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import chargebacks, services
from jobsphere.payments.errors import PaymentIsDisputed
from jobsphere.payments.gateways.base import DisputeSnapshot, DisputeState
from jobsphere.payments.gateways.registry import get_gateway
from jobsphere.payments.looking import look_at_payment
from jobsphere.payments.models import Chargeback, Payment
from jobsphere.payments.tests.builders import UNWANTED, balance, captured, do, gateway_id, pay, usd

pytestmark = pytest.mark.django_db(transaction=True)

OPEN = DisputeSnapshot(
    gateway_id="",
    payment_id="",
    status=DisputeState.OPEN,
    amount=usd(60_00),
    reason="general",
    taken=usd(0),
    returned=usd(0),
    fee=usd(0),
)
TAKEN = replace(OPEN, taken=usd(60_00), fee=usd(15_00))
REVIEWED = replace(TAKEN, status=DisputeState.UNDER_REVIEW, answered=True)
LOST = replace(REVIEWED, status=DisputeState.LOST)
WON = replace(REVIEWED, status=DisputeState.WON)
REINSTATED = replace(WON, returned=usd(60_00))
ASKED = replace(OPEN, inquiry=True)
ANSWERED = replace(ASKED, status=DisputeState.UNDER_REVIEW, answered=True)

STORIES = {
    "won": (TAKEN, REVIEWED, WON, REINSTATED),
    "lost": (OPEN, TAKEN, REVIEWED, LOST),
    "lost, then reinstated": (TAKEN, REVIEWED, LOST, REINSTATED),
    "an inquiry that is dropped": (ASKED, ANSWERED, replace(ANSWERED, status=DisputeState.WON)),
    "an inquiry that became a chargeback": (ASKED, ANSWERED, TAKEN, LOST),
}


def tell(payment_id: Any, snapshots: Any) -> Chargeback:
    """Report these snapshots of one dispute, in this order."""
    dispute = f"du_{uuid7().hex}"
    for snapshot in snapshots:
        report = replace(snapshot, gateway_id=dispute, payment_id=gateway_id(payment_id))
        do(chargebacks.learn, gateway="sandbox", snapshot=report)
    return Chargeback.objects.get(gateway_id=dispute)


def ending(row: Chargeback) -> tuple[Any, ...]:
    """Return all that the books and people see of how it ended."""
    payment = Payment.objects.get(pk=row.payment_id)
    told = [event.name for event in StoredEvent.objects.filter(aggregate_id=row.pk) if event.name.endswith("closed")]
    return (
        row.status,
        row.inquiry,
        row.taken,
        row.returned,
        row.fee,
        row.lost,
        row.written_off,
        payment.disputed,
        payment.charged_back_amount,
        balance(AccountKind.CHARGEBACK, row.pk),
        told,
    )


def orders(story: tuple[DisputeSnapshot, ...]) -> Iterator[tuple[DisputeSnapshot, ...]]:
    """Return every order of the reports, each with one of them repeated at the end, and with reports missing."""
    for order in permutations(story):
        yield (*order, order[0])
    yield (story[-1],)
    yield (story[0], story[-1])


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_reports_in_any_order_end_the_same(story: tuple[DisputeSnapshot, ...], sandbox, casey, pat):
    expected = ending(tell(captured(casey, pat).id, story))
    for order in orders(story):
        found = ending(tell(captured(casey, pat).id, order))
        # Who learns of it only after it was given back has never seen it lost.
        closed = slice(0, -1) if story[-1] is REINSTATED else slice(None)
        assert found[closed] == expected[closed], [each.status for each in order]
    assert balance(AccountKind.GATEWAY_FEE, "sandbox") % 15_00 == 0


def test_a_gateway_that_does_not_say_takes_only_what_is_lost(sandbox, casey, pat):
    silent = replace(OPEN, taken=None, returned=None, fee=None)
    row = tell(captured(casey, pat).id, (silent, replace(silent, status=DisputeState.LOST)))
    assert (row.taken, row.lost, balance(AccountKind.CHARGEBACK, row.pk)) == (60_00, 60_00, 0)


def test_a_chargeback_of_a_payment_that_is_not_ours_is_nothing(sandbox, casey, pat):
    captured(casey, pat)
    do(chargebacks.learn, gateway="sandbox", snapshot=replace(TAKEN, gateway_id="du_x", payment_id="pi_foreign"))
    assert not Chargeback.objects.exists()


def test_money_without_a_purpose_that_a_bank_takes_is_lost_only_once(sandbox, casey, pat):
    payment = captured(casey, pat, purpose=UNWANTED)
    row = tell(payment.id, (replace(LOST, amount=usd(100_00), taken=usd(100_00)),))
    # The refund that was under way has succeeded: the bank gave the same money a second time.
    assert (row.lost, row.written_off) == (100_00, 100_00)
    assert Payment.objects.get(pk=payment.id).charged_back_amount == 0


def test_prepaid_money_that_a_bank_takes_was_the_payers_all_along(sandbox, casey, pat):
    gateway = get_gateway("sandbox")
    payment = pay(casey, pat)
    gateway.capture(gateway_id=gateway_id(payment.id), amount=payment.amount, idempotency_key=uuid7().hex)
    look_at_payment(str(payment.id))
    assert balance(AccountKind.PREPAID, payment.id) == 100_00
    whole: dict[str, Any] = {"amount": usd(100_00), "taken": usd(100_00)}
    open_ = replace(TAKEN, **whole, gateway_id="du_prepaid", payment_id=gateway_id(payment.id))
    do(chargebacks.learn, gateway="sandbox", snapshot=open_)
    with pytest.raises(PaymentIsDisputed):
        do(services.capture_payment, actor=casey, payment_id=payment.id)
    do(chargebacks.learn, gateway="sandbox", snapshot=replace(open_, status=DisputeState.LOST))
    row = Chargeback.objects.get()
    assert (row.lost, row.written_off, balance(AccountKind.PREPAID, payment.id)) == (100_00, 0, 0)
    do(services.void_payment, actor=casey, payment_id=payment.id)
    assert Payment.objects.get(pk=payment.id).status == "refunded"
