"""The books as a bookkeeper reads them: every transfer of a life, in order."""

from textwrap import dedent

import pytest

from jobsphere.escrow import services
from jobsphere.escrow.tests.builders import do, funded
from jobsphere.kit.actor import SYSTEM
from jobsphere.ledger import selectors as ledger
from jobsphere.payments import selectors
from jobsphere.payments.tests.builders import (
    UNWANTED,
    assert_sound_books,
    captured,
    connected,
    later,
    usd,
    withdraw,
)

pytestmark = pytest.mark.django_db(transaction=True)


def transcript():
    """Return every transfer, oldest first: code, then debits and credits in major units."""
    transfers = sorted(ledger.list_transfers(SYSTEM).transfers, key=lambda each: each.id)
    return "\n".join(_line(each) for each in transfers)


def _line(transfer):
    debits = sorted(f"{leg.account.kind} {leg.amount.major()}" for leg in transfer.legs if leg.amount.amount > 0)
    credits_ = sorted(f"{leg.account.kind} {(-leg.amount).major()}" for leg in transfer.legs if leg.amount.amount < 0)
    return f"{transfer.code:<20} Dr {', '.join(debits)} | Cr {', '.join(credits_)}"


def reads(text):
    assert transcript() == dedent(text).strip()
    assert_sound_books()


def bank_day(sandbox, settle):
    for _ in range(2):
        later(31)
        sandbox.tick()
        settle()


def test_paid_held_released_withdrawn(sandbox, casey, pat, settle):
    (hold,) = funded(casey, pat, [usd(1000_00)])
    do(services.release_hold, actor=casey, hold_id=hold.id)
    connected(sandbox, pat)
    withdraw(pat, usd(700_00))
    bank_day(sandbox, settle)
    reads("""
        escrow.funded        Dr gateway 1000.00 | Cr escrow 900.00, revenue_platform_fee 100.00
        escrow.released      Dr escrow 900.00 | Cr revenue_service_fee 200.00, wallet 700.00
        payout.requested     Dr wallet 700.00 | Cr in_transit 700.00
        payout.transferred   Dr gateway_payee 700.00 | Cr gateway 700.00
        payout.paid          Dr in_transit 700.00 | Cr gateway_payee 700.00
    """)


def test_a_milestone_released_and_one_refunded_in_two_parts(sandbox, casey, pat, settle):
    first, second = funded(casey, pat, [usd(600_00), usd(400_00)])
    do(services.release_hold, actor=casey, hold_id=first.id)
    refund = {"actor": casey, "hold_id": second.id, "reason": "not needed", "platform_fee_refundable": True}
    do(services.refund_hold, amount=usd(100_00), **refund)
    do(services.refund_hold, **refund)
    settle()
    reads("""
        escrow.funded        Dr gateway 1000.00 | Cr escrow 360.00, escrow 540.00, revenue_platform_fee 100.00
        escrow.released      Dr escrow 540.00 | Cr revenue_service_fee 120.00, wallet 420.00
        refund.requested     Dr escrow 90.00, revenue_platform_fee 10.00 | Cr refund_in_transit 100.00
        refund.succeeded     Dr refund_in_transit 100.00 | Cr gateway 100.00
        refund.requested     Dr escrow 270.00, revenue_platform_fee 30.00 | Cr refund_in_transit 300.00
        refund.succeeded     Dr refund_in_transit 300.00 | Cr gateway 300.00
    """)


def test_cancelled_late_so_the_platform_fee_stays(sandbox, casey, pat, settle):
    (hold,) = funded(casey, pat, [usd(1000_00)])
    do(services.refund_hold, actor=casey, hold_id=hold.id, reason="cancelled", platform_fee_refundable=False)
    settle()
    reads("""
        escrow.funded        Dr gateway 1000.00 | Cr escrow 900.00, revenue_platform_fee 100.00
        refund.requested     Dr escrow 900.00 | Cr refund_in_transit 900.00
        refund.succeeded     Dr refund_in_transit 900.00 | Cr gateway 900.00
    """)


def test_captured_for_nothing_and_given_back(sandbox, casey, pat, settle):
    captured(casey, pat, purpose=UNWANTED)
    settle()
    reads("""
        payment.unapplied    Dr gateway 100.00 | Cr unapplied 100.00
        refund.requested     Dr unapplied 100.00 | Cr refund_in_transit 100.00
        refund.succeeded     Dr refund_in_transit 100.00 | Cr gateway 100.00
    """)


def test_a_refund_that_bounces(sandbox, casey, pat, settle):
    (hold,) = funded(casey, pat, [usd(100_00)], card="pm_card_refundFail")
    do(services.refund_hold, actor=casey, hold_id=hold.id, reason="cancelled", platform_fee_refundable=True)
    later(2 * 24 * 3600)
    sandbox.tick()
    settle()
    reads("""
        escrow.funded        Dr gateway 100.00 | Cr escrow 90.00, revenue_platform_fee 10.00
        refund.requested     Dr escrow 90.00, revenue_platform_fee 10.00 | Cr refund_in_transit 100.00
        refund.succeeded     Dr refund_in_transit 100.00 | Cr gateway 100.00
        refund.bounced       Dr gateway 100.00 | Cr refund_in_transit 100.00
    """)


@pytest.mark.parametrize("bank", ["000111111116"])
def test_a_payout_that_fails(sandbox, casey, pat, settle, bank):
    captured(casey, pat)
    connected(sandbox, pat, bank=bank)
    withdraw(pat, usd(100_00))
    bank_day(sandbox, settle)
    reads("""
        test.applied         Dr gateway 100.00 | Cr wallet 100.00
        payout.requested     Dr wallet 100.00 | Cr in_transit 100.00
        payout.transferred   Dr gateway_payee 100.00 | Cr gateway 100.00
        payout.failed        Dr gateway 100.00, in_transit 100.00 | Cr gateway_payee 100.00, wallet 100.00
    """)


def test_a_payout_that_comes_back_after_it_was_paid(sandbox, casey, pat, settle):
    captured(casey, pat)
    connected(sandbox, pat, bank="000999999991")
    payout = withdraw(pat, usd(100_00))
    for _ in range(2):
        bank_day(sandbox, settle)
    assert selectors.payout(pat, payout.id).status == "returned"
    reads("""
        test.applied         Dr gateway 100.00 | Cr wallet 100.00
        payout.requested     Dr wallet 100.00 | Cr in_transit 100.00
        payout.transferred   Dr gateway_payee 100.00 | Cr gateway 100.00
        payout.paid          Dr in_transit 100.00 | Cr gateway_payee 100.00
        payout.bounced       Dr gateway_payee 100.00 | Cr in_transit 100.00
        payout.returned      Dr gateway 100.00, in_transit 100.00 | Cr gateway_payee 100.00, wallet 100.00
    """)
