"""Between our minor units and Stripe's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import Rejected
from jobsphere.payments.gateways.stripe.currencies import UnrepresentableAmountError, from_wire, to_wire
from jobsphere.payments.gateways.tests.bench import build_sandbox_bench


@pytest.mark.parametrize(
    "ours, units",
    [
        (Money(120_000, "USD"), 120_000),
        (Money(500, "JPY"), 500),
        (Money(10_000, "KWD"), 10_000),
        (Money(700, "ISK"), 70_000),
        (Money(700, "UGX"), 70_000),
    ],
)
def test_an_amount_is_written_in_stripes_units_and_read_back(ours, units):
    assert to_wire(ours) == (units, ours.currency.lower())
    assert from_wire(units, ours.currency.lower()) == ours


def test_a_finer_amount_than_stripe_takes_is_rejected_before_anything_is_sent():
    with pytest.raises(UnrepresentableAmountError):
        to_wire(Money(10_001, "KWD"))
    bench = build_sandbox_bench()
    odd = Money(10_001, "KWD")
    for outcome in (
        bench.authorize(amount=odd),
        bench.gateway.capture(gateway_id="pi_1", amount=odd, idempotency_key="k"),
        bench.refund("pi_1", odd),
        bench.transfer("acct_1", odd),
        bench.gateway.reverse_transfer(transfer_id="tr_1", amount=odd, idempotency_key="k", operation_id="k"),
        bench.pay_out("acct_1", odd),
    ):
        assert isinstance(outcome, Rejected)
    assert bench.controls.requests() == []


def test_an_amount_finer_than_ours_is_refused_when_read():
    with pytest.raises(UnrepresentableAmountError):
        from_wire(70_001, "isk")


@given(
    amount=st.integers(min_value=0, max_value=10**9),
    currency=st.sampled_from(["USD", "EUR", "JPY", "ISK", "UGX", "KWD", "BHD", "KRW", "HUF", "CLP", "XOF"]),
)
def test_whatever_can_be_written_is_read_back_the_same(amount, currency):
    money = Money(amount * 10, currency)
    assert from_wire(*to_wire(money)) == money
