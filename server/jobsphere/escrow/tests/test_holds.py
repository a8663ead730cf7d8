"""Holds over the whole path: real adapter, sandbox, books."""

from uuid import uuid4

import pytest

from jobsphere.escrow import selectors, services
from jobsphere.escrow.errors import FundingMismatch, RefundExceedsHold
from jobsphere.escrow.rules import PRESETS
from jobsphere.escrow.tests.builders import do, funded
from jobsphere.escrow.types import HoldShare, split
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import InvalidInput, NotFound, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import services as payments
from jobsphere.payments.errors import PaymentNotApplicable
from jobsphere.payments.models import Refund
from jobsphere.payments.tests.builders import assert_sound_books, balance, captured, later, look, usd

pytestmark = pytest.mark.django_db(transaction=True)


def books(hold):
    return {
        "gateway": balance(AccountKind.GATEWAY, "sandbox", hold.amount.currency),
        "escrow": balance(AccountKind.ESCROW, hold.id, hold.amount.currency),
        "platform fee": balance(AccountKind.REVENUE_PLATFORM_FEE, currency=hold.amount.currency),
        "service fee": balance(AccountKind.REVENUE_SERVICE_FEE, currency=hold.amount.currency),
        "wallet": balance(AccountKind.WALLET, hold.payee_id, hold.amount.currency),
    }


def test_the_thousand_dollar_example(sandbox, casey, pat):
    (hold,) = funded(casey, pat, [usd(1000_00)])
    assert books(hold) == {"gateway": 1000_00, "escrow": 900_00, "platform fee": 100_00, "service fee": 0, "wallet": 0}
    assert look(hold.payment_id).status == "held"
    assert_sound_books()
    do(services.release_hold, actor=casey, hold_id=hold.id)
    assert books(hold) == {
        "gateway": 1000_00,
        "escrow": 0,
        "platform fee": 100_00,
        "service fee": 200_00,
        "wallet": 700_00,
    }
    assert look(hold.payment_id).status == "released"
    assert_sound_books()


@pytest.mark.parametrize(("amount", "currency"), [(50, "USD"), (55, "USD"), (999, "USD"), (101, "JPY"), (5120, "KWD")])
def test_odd_amounts_leave_no_cent_behind(sandbox, casey, pat, amount, currency):
    (hold,) = funded(casey, pat, [Money(amount, currency)])
    do(services.release_hold, actor=casey, hold_id=hold.id)
    after = books(hold)
    assert after["platform fee"] + after["service fee"] + after["wallet"] == amount == after["gateway"]
    assert after["escrow"] == 0
    assert_sound_books()


def test_a_payment_is_released_with_its_last_milestone(sandbox, casey, pat):
    first, second, third = funded(casey, pat, [usd(333_33), usd(333_33), usd(333_34)])
    do(services.release_hold, actor=casey, hold_id=first.id)
    do(services.refund_hold, actor=casey, hold_id=second.id, reason="not needed", platform_fee_refundable=True)
    assert look(first.payment_id).status == "held"
    do(services.release_hold, actor=casey, hold_id=third.id)
    payment = look(first.payment_id)
    assert payment.status == "released"
    assert payment.partially_refunded
    assert payment.refunded == usd(333_33)
    assert_sound_books()


def test_a_refund_as_the_last_step_releases_what_was_earned_before(sandbox, casey, pat):
    first, second = funded(casey, pat, [usd(500_00), usd(500_00)])
    do(services.release_hold, actor=casey, hold_id=first.id)
    do(services.refund_hold, actor=casey, hold_id=second.id, reason="not needed", platform_fee_refundable=True)
    assert look(first.payment_id).status == "released"
    assert_sound_books()


@pytest.mark.parametrize(("refundable", "back", "kept"), [(True, 1000_00, 0), (False, 900_00, 100_00)])
def test_a_full_refund_by_the_cancellation_policy(sandbox, casey, pat, refundable, back, kept):
    (hold,) = funded(casey, pat, [usd(1000_00)])
    hold = do(
        services.refund_hold, actor=casey, hold_id=hold.id, reason="cancelled", platform_fee_refundable=refundable
    )
    assert hold.status == "refunded"
    payment = look(hold.payment_id)
    assert (payment.status, payment.refunded) == ("refunded", usd(back))
    assert books(hold) == {"gateway": kept, "escrow": 0, "platform fee": kept, "service fee": 0, "wallet": 0}
    assert StoredEvent.objects.filter(name="escrow.refunded").count() == 1
    assert StoredEvent.objects.filter(name="refund.succeeded").count() == 1
    assert_sound_books()


def test_a_partial_refund_leaves_a_smaller_hold_that_still_adds_up(sandbox, casey, pat):
    (hold,) = funded(casey, pat, [usd(1000_00)])
    hold = do(
        services.refund_hold,
        actor=casey,
        hold_id=hold.id,
        reason="half the work",
        amount=usd(333_33),
        platform_fee_refundable=True,
    )
    assert hold.status == "funded"
    assert hold.held == hold.service_fee + hold.payout
    assert_sound_books()
    do(services.release_hold, actor=casey, hold_id=hold.id)
    after = books(hold)
    assert after["platform fee"] + after["service fee"] + after["wallet"] == 666_67 == after["gateway"]
    assert look(hold.payment_id).status == "released"
    assert_sound_books()


def test_partial_refunds_add_up_to_a_full_one(sandbox, casey, pat):
    (hold,) = funded(casey, pat, [usd(10_01)])
    for amount in (usd(3_33), usd(3_33), None):
        hold = do(
            services.refund_hold,
            actor=casey,
            hold_id=hold.id,
            reason="bit by bit",
            amount=amount,
            platform_fee_refundable=True,
        )
    assert (hold.status, hold.refunded) == ("refunded", usd(10_01))
    assert look(hold.payment_id).status == "refunded"
    assert balance(AccountKind.GATEWAY, "sandbox") == 0
    assert_sound_books()


def test_a_refund_that_fails_a_day_later_raises_the_alarm_and_can_be_sent_again(sandbox, casey, pat, ada, settle):
    (hold,) = funded(casey, pat, [usd(100_00)], card="pm_card_refundFail")
    do(services.refund_hold, actor=casey, hold_id=hold.id, reason="cancelled", platform_fee_refundable=True)
    settle()
    later(2 * 24 * 3600)
    sandbox.tick()
    settle()
    refund = Refund.objects.get()
    assert refund.status == "failed"
    payment = look(hold.payment_id)
    assert (payment.status, payment.detail, payment.refunded) == ("held", "refund_failed", usd(0))
    assert balance(AccountKind.REFUND_IN_TRANSIT, refund.id) == 100_00
    assert StoredEvent.objects.filter(name="refund.failed").count() == 1
    assert_sound_books()
    do(payments.retry_refund, actor=ada, refund_id=refund.id)
    settle()
    assert Refund.objects.get().status in ("succeeded", "pending")
    assert_sound_books()


@pytest.mark.parametrize("fault", ["lose_request", "lose_response", "fail_before", "fail_after"])
def test_a_refund_happens_once_whatever_the_network_does(sandbox, casey, pat, settle, fault):
    (hold,) = funded(casey, pat, [usd(100_00)])
    getattr(sandbox, fault)("POST /v1/refunds")
    do(services.refund_hold, actor=casey, hold_id=hold.id, reason="cancelled", platform_fee_refundable=True)
    for _ in range(4):
        later(30)
        settle()
    assert look(hold.payment_id).status == "refunded"
    assert len(sandbox.objects("refund")) == 1
    assert_sound_books()


def refusals(hold):
    return {
        "release": lambda: do(services.release_hold, actor=SYSTEM, hold_id=hold.id),
        "refund": lambda: do(
            services.refund_hold, actor=SYSTEM, hold_id=hold.id, reason="no", platform_fee_refundable=True
        ),
        "freeze": lambda: do(services.freeze_hold, actor=SYSTEM, hold_id=hold.id, reason="dispute"),
        "unfreeze": lambda: do(services.unfreeze_hold, actor=SYSTEM, hold_id=hold.id),
    }


@pytest.mark.parametrize(
    ("first", "refused"),
    [
        ("release", ["release", "refund", "freeze", "unfreeze"]),
        ("refund", ["release", "refund", "freeze", "unfreeze"]),
        ("freeze", ["release", "refund", "freeze"]),
    ],
)
def test_what_is_not_possible_changes_nothing(sandbox, casey, pat, first, refused):
    (hold,) = funded(casey, pat, [usd(100_00)])
    verbs = refusals(hold)
    verbs[first]()
    before = selectors.hold(hold.id), books(hold), StoredEvent.objects.count()
    for verb in refused:
        with pytest.raises(WrongStatus):
            verbs[verb]()
    assert (selectors.hold(hold.id), books(hold), StoredEvent.objects.count()) == before
    assert_sound_books()


def test_a_frozen_hold_moves_again_when_it_is_unfrozen(sandbox, casey, pat):
    (hold,) = funded(casey, pat, [usd(100_00)])
    verbs = refusals(hold)
    verbs["freeze"]()
    assert selectors.hold(hold.id).frozen_reason == "dispute"
    verbs["unfreeze"]()
    verbs["release"]()
    assert balance(AccountKind.WALLET, pat.id) == 70_00


@pytest.mark.parametrize("amount", [usd(100_01), usd(0), usd(-1), Money(1, "EUR")])
def test_an_impossible_refund_changes_nothing(sandbox, casey, pat, amount):
    (hold,) = funded(casey, pat, [usd(100_00)])
    with pytest.raises((RefundExceedsHold, InvalidInput)):
        do(
            services.refund_hold,
            actor=casey,
            hold_id=hold.id,
            reason="too much",
            amount=amount,
            platform_fee_refundable=True,
        )
    assert selectors.hold(hold.id) == hold
    assert not Refund.objects.exists()
    assert_sound_books()


def test_a_payment_is_held_once_and_only_for_what_it_brought(sandbox, casey, pat):
    payment = captured(casey, pat)
    shares = [HoldShare(uuid4(), split(usd(99_00), PRESETS["simple"])[0])]
    arguments = {"actor": SYSTEM, "payment_id": payment.id, "contract_id": uuid4(), "payer_id": casey.id}
    with pytest.raises(FundingMismatch):
        do(services.fund_holds, payee_id=pat.id, shares=shares, **arguments)
    whole = [HoldShare(uuid4(), split(usd(100_00), PRESETS["simple"])[0])]
    with pytest.raises(PaymentNotApplicable):
        do(services.fund_holds, payee_id=pat.id, shares=whole, **arguments)
    assert selectors.holds_of_contract(arguments["contract_id"]) == ()
    assert_sound_books()


def test_an_unknown_hold_is_not_found(db):
    with pytest.raises(NotFound):
        do(services.release_hold, actor=SYSTEM, hold_id=uuid4())
    with pytest.raises(NotFound):
        selectors.hold(uuid4())
