"""What any gateway must do behind the port that keeps cards: save, charge while the owner is away, forget."""

from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    Ok,
    PaymentState,
    Rejected,
    SavedMethodSnapshot,
    SavingState,
)
from jobsphere.payments.gateways.tests.bench import Bench, done, only

PROVES_ONCE = "pm_card_authenticationRequiredOnSetup"
ALWAYS_ASKS = "pm_card_threeDSecure2Required"
LATER_DECLINED = "pm_card_chargeCustomerFail"


def save(bench: Bench, card: str, customer: str = "", key: str = "") -> SavedMethodSnapshot:
    """Save a card; a bank that asks gets its answer."""
    outcome = bench.gateway.save_method(
        payment_method=card,
        customer_id=customer,
        idempotency_key=key or bench.key(),
        operation_id=bench.key(),
        payer_email="casey@example.com",
        return_url="https://shop.example/cards",
    )
    assert isinstance(outcome, Ok), outcome
    found = outcome.object
    if found.status is SavingState.ACTION_REQUIRED:
        assert found.action_url
        bench.controls.answer_challenge(found.gateway_id)
        again = bench.gateway.fetch_saving(gateway_id=found.gateway_id)
        assert isinstance(again, Ok)
        found = again.object
    assert found.status is SavingState.SAVED
    return found


def charge(bench: Bench, saved: SavedMethodSnapshot, *, away: bool = True):
    return bench.gateway.authorize(
        amount=bench.all,
        idempotency_key=bench.key(),
        operation_id=bench.key(),
        payment_method=saved.method_id,
        customer_id=saved.customer_id,
        off_session=away,
        return_url="https://shop.example/paid",
    )


@only(saved_methods=True)
def test_a_saved_card_pays_again_and_again_while_its_owner_is_away(bench):
    saved = save(bench, bench.words.cards["pays"])
    assert (saved.brand, saved.last4, len(saved.customer_id) > 4) == ("visa", "4242", True)
    assert [done(charge(bench, saved)).status for _ in range(2)] == [PaymentState.AUTHORIZED] * 2
    second = save(bench, bench.words.cards["pays"], customer=saved.customer_id)
    assert second.customer_id == saved.customer_id


@only(saved_methods=True)
def test_a_card_that_is_proven_when_it_is_saved_is_not_asked_again(bench):
    saved = save(bench, PROVES_ONCE)
    assert done(charge(bench, saved)).status is PaymentState.AUTHORIZED


@only(saved_methods=True)
def test_a_bank_that_wants_to_see_the_owner_declines_and_takes_nothing_and_the_owner_can_pay(bench):
    saved = save(bench, ALWAYS_ASKS)
    refused = charge(bench, saved)
    assert isinstance(refused, Declined)
    assert refused.code is DeclineCode.AUTHENTICATION_FAILED
    assert bench.controls.balance(bench.currency) == 0
    here = charge(bench, saved, away=False)
    assert isinstance(here, ActionRequired)
    assert here.url
    bench.controls.answer_challenge(here.payment.gateway_id)
    assert bench.payment(here.payment.gateway_id).status is PaymentState.AUTHORIZED


@only(saved_methods=True)
def test_a_card_that_cannot_be_saved_is_declined_and_one_may_be_declined_only_later(bench):
    refused = bench.gateway.save_method(
        payment_method=bench.words.cards["declines"],
        customer_id="",
        idempotency_key=bench.key(),
        operation_id=bench.key(),
    )
    assert isinstance(refused, Declined)
    later = charge(bench, save(bench, LATER_DECLINED))
    assert isinstance(later, Declined)
    assert later.code is not DeclineCode.AUTHENTICATION_FAILED


@only(saved_methods=True)
def test_saving_twice_with_one_key_saves_once(bench):
    first = save(bench, bench.words.cards["pays"], key="the-same")
    # A second request with the same key and words is the same customer and the same card.
    again = bench.gateway.save_method(
        payment_method=bench.words.cards["pays"],
        customer_id=first.customer_id,
        idempotency_key="the-same",
        operation_id="other",
    )
    assert isinstance(again, Rejected), "a key with other words is refused, and never saves another card"


@only(saved_methods=True)
def test_a_card_that_is_forgotten_pays_nothing_and_another_customers_neither(bench):
    saved, other = (save(bench, bench.words.cards["pays"]) for _ in range(2))
    stolen = bench.gateway.authorize(
        amount=bench.all,
        idempotency_key=bench.key(),
        operation_id=bench.key(),
        payment_method=saved.method_id,
        customer_id=other.customer_id,
        off_session=True,
    )
    assert isinstance(stolen, Rejected)
    for _ in range(2):
        assert isinstance(bench.gateway.forget_method(method_id=saved.method_id, idempotency_key=bench.key()), Ok)
    assert isinstance(charge(bench, saved), Rejected)
    assert bench.controls.balance(bench.currency) == 0


@only(saved_methods=False)
def test_a_gateway_that_keeps_no_cards_says_so_by_name(bench):
    refused = bench.gateway.save_method(
        payment_method="x", customer_id="", idempotency_key=bench.key(), operation_id=bench.key()
    )
    assert isinstance(refused, Rejected)
    assert bench.gateway.name in refused.message
