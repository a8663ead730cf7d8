"""Release against refund, and the last two milestones at once: exactly one wins, and nobody is forgotten."""

import pytest

from jobsphere.escrow import selectors, services
from jobsphere.escrow.tests.builders import do, funded
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import DomainError
from jobsphere.payments.tests.builders import assert_sound_books, look, usd
from jobsphere.payments.tests.test_races import ROUNDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def release(hold):
    return lambda: do(services.release_hold, actor=SYSTEM, hold_id=hold.id)


def refund(hold, amount=None):
    return lambda: do(
        services.refund_hold,
        actor=SYSTEM,
        hold_id=hold.id,
        reason="changed my mind",
        amount=amount,
        platform_fee_refundable=True,
    )


def test_release_against_refund_exactly_one_wins(sandbox, casey, pat):
    for _ in range(ROUNDS):
        (hold,) = funded(casey, pat, [usd(100_00)])
        results = at_once(release(hold), refund(hold))
        assert sum(isinstance(each, DomainError) for each in results) == 1
        assert selectors.hold(hold.id).status.value == look(hold.payment_id).status.value
    assert_sound_books()


def test_two_releases_at_once_pay_once(sandbox, casey, pat):
    for _ in range(ROUNDS):
        (hold,) = funded(casey, pat, [usd(100_00)])
        results = at_once(release(hold), release(hold))
        assert sum(isinstance(each, DomainError) for each in results) == 1
    assert_sound_books()


def test_the_last_two_milestones_at_once_release_the_payment(sandbox, casey, pat):
    for _ in range(ROUNDS):
        first, second = funded(casey, pat, [usd(60_00), usd(40_00)])
        assert not any(isinstance(each, DomainError) for each in at_once(release(first), release(second)))
        assert look(first.payment_id).status == "released"
    assert_sound_books()


def test_partial_refunds_at_once_never_exceed_the_hold(sandbox, casey, pat):
    for _ in range(5):
        (hold,) = funded(casey, pat, [usd(100_00)])
        at_once(*[refund(hold, usd(40_00))] * 3)
        after = selectors.hold(hold.id)
        assert after.refunded == usd(80_00)
        assert after.held == after.service_fee + after.payout
    assert_sound_books()
