"""Several ways of paying through one payment: what can be reserved is, and the rest is taken at once."""

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import ActionRequired, Ok, PaymentMethodKind, PaymentState
from jobsphere.payments.gateways.stripe.methods import kinds_in, method_params

CARD, WALLET, BANK, CRYPTO = (
    PaymentMethodKind.CARD,
    PaymentMethodKind.WALLET,
    PaymentMethodKind.BANK_TRANSFER,
    PaymentMethodKind.CRYPTO,
)


@pytest.mark.parametrize(
    ("kinds", "currency", "capture", "params"),
    [
        ((), "USD", "manual", {"allowed_payment_method_types": ["card"], "capture_method": "manual"}),
        (
            (CARD, WALLET),
            "USD",
            "manual",
            {"allowed_payment_method_types": ["card", "link"], "capture_method": "manual"},
        ),
        ((CARD,), "USD", "automatic", {"allowed_payment_method_types": ["card"], "capture_method": "automatic"}),
        # No bank transfer of ours is known in dollars.
        ((CARD, BANK), "USD", "manual", {"allowed_payment_method_types": ["card"], "capture_method": "manual"}),
        (
            (CARD, BANK),
            "EUR",
            "manual",
            {
                "allowed_payment_method_types": ["card", "ideal"],
                "capture_method": "automatic",
                "payment_method_options": {"card": {"capture_method": "manual"}},
            },
        ),
        ((CRYPTO,), "USD", "manual", {"allowed_payment_method_types": ["crypto"], "capture_method": "automatic"}),
    ],
)
def test_what_a_payment_says_of_its_ways(kinds, currency, capture, params):
    assert method_params(kinds, currency, capture) == params


def test_ways_differ_by_currency():
    assert BANK not in kinds_in("USD")
    assert BANK in kinds_in("EUR")
    assert CRYPTO in kinds_in("USD")
    assert CARD in kinds_in("JPY")


def test_beside_a_stablecoin_a_card_is_still_reserved(stripe_bench):
    made = authorize(stripe_bench, "pm_card_visa")
    assert isinstance(made, Ok)
    assert made.object.status is PaymentState.AUTHORIZED
    assert stripe_bench.controls.balance("usd") == 0
    taken = stripe_bench.gateway.capture(
        gateway_id=made.object.gateway_id, amount=Money(5000, "USD"), idempotency_key="c"
    )
    assert isinstance(taken, Ok)
    assert taken.object.status is PaymentState.CAPTURED
    assert stripe_bench.controls.balance("usd") == 5000


def test_a_stablecoin_asks_on_its_page_and_is_taken_at_once(stripe_bench):
    asked = authorize(stripe_bench, "pm_crypto")
    assert isinstance(asked, ActionRequired)
    assert asked.url
    assert stripe_bench.controls.balance("usd") == 0
    stripe_bench.controls.answer_challenge(asked.payment.gateway_id)
    now = stripe_bench.gateway.fetch_payment(gateway_id=asked.payment.gateway_id)
    assert isinstance(now, Ok)
    assert now.object.status is PaymentState.CAPTURED
    assert stripe_bench.controls.balance("usd") == 5000


def test_a_way_that_was_not_offered_is_refused_and_nothing_is_taken(stripe_bench):
    made = stripe_bench.gateway.authorize(
        amount=Money(5000, "USD"), idempotency_key="k", operation_id="o", payment_method="pm_crypto", methods=[CARD]
    )
    assert not isinstance(made, Ok | ActionRequired)
    assert stripe_bench.controls.balance("usd") == 0


def authorize(bench, method):
    """Ask for 50 dollars by card or stablecoin."""
    return bench.gateway.authorize(
        amount=Money(5000, "USD"),
        idempotency_key="k",
        operation_id="o",
        payment_method=method,
        methods=[CARD, CRYPTO],
        return_url="https://app.example.org/back",
    )
