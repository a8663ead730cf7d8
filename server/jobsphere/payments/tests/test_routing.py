"""Which gateway takes a new payment: order, preferences, amounts, and whether it answers."""

from dataclasses import replace
from typing import Any

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import routing, services
from jobsphere.payments.gateways.base import AmountLimits, Declined, Ok, Unknown
from jobsphere.payments.gateways.base.words import DeclineCode
from jobsphere.payments.gateways.registry import get_gateway
from jobsphere.payments.health import note
from jobsphere.payments.models import GatewayHealth, GatewayOperation, PayeeAccount, Payment
from jobsphere.payments.tests.builders import assert_sound_books, balance, do, later, look, pay, usd
from jobsphere.payments.tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SILENCE = Unknown("no answer")


def silence(name: str = "sandbox", times: int = 5) -> None:
    """Let a gateway not answer so many times."""
    for _ in range(times):
        note(name, SILENCE)


def circuit(name: str = "sandbox") -> str:
    """Return the state of a gateway's circuit."""
    row = GatewayHealth.objects.filter(name=name).first()
    return row.state if row else "closed"


def told() -> list[str]:
    """Return what was published of circuits, oldest first."""
    return list(StoredEvent.objects.filter(name__startswith="circuit.").order_by("pk").values_list("name", flat=True))


def test_the_first_in_order_takes_it(second, casey, pat, settings):
    assert pay(casey, pat).gateway == "sandbox"
    settings.GATEWAYS = ["second", "sandbox"]
    assert (pay(casey, pat).gateway, second.balance("usd")) == ("second", 100_00)
    assert_sound_books()


@pytest.mark.parametrize(("preferred", "gateway"), [("USD", "second"), ("EUR", "sandbox"), ("NG", "second")])
def test_a_currency_or_the_payees_country_may_prefer_another(second, casey, pat, settings, preferred, gateway):
    settings.GATEWAY_PREFERENCES = {preferred: "second"}
    PayeeAccount.objects.create(user_id=pat.id, gateway="second", country="NG")
    assert pay(casey, pat).gateway == gateway


def test_a_gateway_that_does_not_take_the_currency_is_passed_over(second, casey, pat, monkeypatch):
    gateway = get_gateway("sandbox")
    monkeypatch.setattr(gateway, "capabilities", replace(gateway.capabilities, currencies=frozenset({"NGN"})))
    assert pay(casey, pat).gateway == "second"
    with pytest.raises(InvalidInput) as refused:
        routing.route(usd(100), wanted="sandbox")
    assert refused.value.errors[0].code == "currency-not-taken"


def test_a_gateway_that_does_not_take_the_amount_is_passed_over(second, casey, pat, monkeypatch):
    monkeypatch.setattr(get_gateway("sandbox"), "limits", lambda currency: AmountLimits(currency, maximum=50_00))
    assert pay(casey, pat).gateway == "second"
    assert pay(casey, pat, usd(50_00)).gateway == "sandbox"


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (Money(50, "USD"), ""),
        (Money(55, "USD"), ""),
        (Money(9_99, "USD"), ""),
        (Money(101, "JPY"), ""),
        (Money(5_120, "KWD"), ""),
        (Money(49, "USD"), "amount-too-small"),
        (Money(49, "JPY"), "amount-too-small"),
        (Money(100_000_000, "USD"), "amount-too-large"),
        (Money(5_124, "KWD"), "amount-step"),
    ],
)
def test_what_can_be_paid_and_why_not(sandbox, casey, pat, amount, code):
    if not code:
        assert pay(casey, pat, amount).detail == "authorized"
        return
    with pytest.raises(InvalidInput) as refused:
        pay(casey, pat, amount)
    (error,) = refused.value.errors
    assert (error.pointer, error.code) == ("/amount", code)
    assert not Payment.objects.exists()
    assert not GatewayOperation.objects.exists()


def test_the_refusal_names_the_limit(sandbox):
    said: list[str] = []
    for amount in (usd(49), usd(10**9), Money(5_124, "KWD")):
        problem = routing.problem_with(amount)
        assert problem is not None
        said.append(problem.detail)
    assert "$0.50" in said[0]
    assert "$999,999.99" in said[1]
    assert "5.120" in said[2]
    assert "5.130" in said[2]


def test_five_in_a_row_without_an_answer_open_the_circuit_and_new_payments_go_elsewhere(second, casey, pat):
    first = pay(casey, pat)
    silence(times=4)
    assert (circuit(), told()) == ("closed", [])
    silence(times=1)
    assert (circuit(), told()) == ("open", ["circuit.opened"])
    payment = pay(casey, pat)
    assert payment.gateway == "second"
    assert payment.detail == "action_required", "the token of another gateway means nothing here"
    assert payment.action is not None
    do(services.confirm_payment, actor=casey, payment_id=payment.id, payment_method="pm_card_visa")
    assert look(payment.id).detail == "prepaid"
    do(services.capture_payment, actor=SYSTEM, payment_id=first.id)
    assert (look(first.id).gateway, look(first.id).status) == ("sandbox", "released")
    assert circuit() == "closed", "an answer is an answer, whatever was asked"
    assert balance(AccountKind.GATEWAY, "sandbox") == balance(AccountKind.GATEWAY, "second") == 100_00
    assert_sound_books()


def test_declines_are_answers(second):
    silence(times=4)
    note("sandbox", Declined(DeclineCode.CARD_DECLINED, "no"))
    silence(times=4)
    assert circuit() == "closed"


def test_failures_far_apart_are_not_in_a_row(second):
    for _ in range(10):
        silence(times=1)
        later(601)
    assert (circuit(), GatewayHealth.objects.get().failures) == ("closed", 1)


def test_after_a_pause_one_payment_sees_whether_it_answers_again(second, sandbox, casey, pat):
    silence()
    assert pay(casey, pat, card=None).gateway == "second"
    later(61)
    sandbox.go_down()
    probe = pay(casey, pat, card=None)
    assert (probe.gateway, circuit()) == ("sandbox", "open")
    assert pay(casey, pat, card=None).gateway == "second"
    sandbox.come_back()
    later(61)
    assert pay(casey, pat, card=None).gateway == "second", "the second pause is longer"
    later(61)
    assert (pay(casey, pat, card=None).gateway, circuit()) == ("sandbox", "closed")
    assert told() == ["circuit.opened", "circuit.closed"]


def test_an_operation_whose_outcome_is_unknown_never_changes_gateway(second, sandbox, casey, pat, run_worker):
    sandbox.go_down()
    payment = pay(casey, pat)
    for _ in range(6):
        later(300)
        run_worker()
    assert circuit() == "open"
    assert look(payment.id).gateway == "sandbox"
    assert set(GatewayOperation.objects.values_list("gateway", flat=True)) == {"sandbox"}
    sandbox.come_back()
    later(300)
    run_worker()
    assert (look(payment.id).detail, circuit()) == ("authorized", "closed")
    assert second.objects("payment_intent") == []


def test_when_none_answers_the_payment_is_the_first_ones_and_waits(second, sandbox, casey, pat):
    silence("sandbox")
    silence("second")
    sandbox.go_down()
    payment = pay(casey, pat)
    assert (payment.gateway, payment.detail) == ("sandbox", "created")
    assert GatewayOperation.objects.get().request["payment_method"] == "pm_card_visa"


def test_the_form_that_made_the_token_says_where_it_is_paid(second, casey, pat):
    assert pay(casey, pat, gateway="second").gateway == "second"
    with pytest.raises(InvalidInput) as refused:
        pay(casey, pat, gateway="elsewhere")
    assert refused.value.errors[0].pointer == "/gateway"
    assert Payment.objects.count() == 1


def test_many_at_once_open_the_circuit_once(second):
    at_once(*[lambda: silence(times=3)] * 6)
    assert (circuit(), told()) == ("open", ["circuit.opened"])
    assert AuditEntry.objects.filter(verb="gateway.open").count() == 1


def test_of_many_at_once_one_is_sent_to_see(second, casey, pat):
    silence()
    later(61)
    assert sorted(each.gateway for each in at_once(*[_route] * 4)) == ["sandbox", *["second"] * 3]


def _route() -> Any:
    return do(routing.route, amount=usd(100))


def test_finance_stops_a_gateway_and_no_answer_lets_it_go(second, casey, pat, ada):
    do(services.stop_gateway, actor=ada, name="sandbox", reason="maintenance")
    note("sandbox", Ok(None))
    later(3600)
    assert pay(casey, pat, card=None).gateway == "second"
    assert circuit() == "open"
    do(services.resume_gateway, actor=ada, name="sandbox", reason="done")
    assert pay(casey, pat).gateway == "sandbox"
    assert told() == ["circuit.opened", "circuit.closed"]


def test_a_gateway_alone_is_never_asked_for(sandbox, casey, pat, django_assert_num_queries):
    silence()
    with django_assert_num_queries(0):
        assert routing.route(usd(100)).gateway == "sandbox"


def test_the_ways_of_paying_are_configuration(second, settings):
    assert routing.methods("sandbox", "USD") == ("card",)
    settings.PAYMENT_METHODS = {}
    assert routing.methods("sandbox", "USD") == ("card", "wallet", "crypto")
    settings.PAYMENT_METHODS = {"sandbox": ("card", "crypto"), "sandbox/SEK": ("mobile_money",), "second": ("card",)}
    assert routing.methods("sandbox", "USD") == ("card", "crypto")
    assert routing.methods("sandbox", "SEK") == ("mobile_money",)
    views = routing.checkout("USD").methods
    assert [(each.kind, each.reserved) for each in views] == [("card", True), ("crypto", False)]
    views = routing.checkout("USD", gateway="second").methods
    assert [(each.kind, each.reserved) for each in views] == [("card", False)]
