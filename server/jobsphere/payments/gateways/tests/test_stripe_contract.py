"""The contract derived from the SDK: it accepts Stripe's own examples, and refuses what Stripe would not say."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from jobsphere.payments.gateways.base import PaymentState, RefundState
from jobsphere.payments.gateways.sandbox.routes import ROUTES
from jobsphere.payments.gateways.sandbox.wire import Reply
from jobsphere.payments.gateways.stripe import contract, normalise
from jobsphere.payments.gateways.tests.bench import DOLLARS

#: Stripe's own example objects (github.com/stripe/openapi, MIT).
EXAMPLES = json.loads((Path(__file__).parent / "stripe_examples/fixtures.json").read_text())["resources"]


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_stripes_own_example_objects_satisfy_the_contract(kind):
    assert contract.check_object(EXAMPLES[kind], complete=False) == []


def test_stripes_own_examples_are_understood():
    payment = normalise.payment_snapshot(EXAMPLES["payment_intent"])
    assert (payment.status, payment.amount.to_json()) == (
        PaymentState.REQUIRES_PAYMENT_METHOD,
        {"amount": 1099, "currency": "USD"},
    )
    refund = normalise.refund_snapshot(EXAMPLES["refund"])
    assert (refund.status, refund.amount.amount) == (RefundState.SUCCEEDED, 100)
    transfer = normalise.transfer_snapshot(EXAMPLES["transfer"])
    assert transfer.payee_id == EXAMPLES["account"]["id"]
    assert normalise.reversal_snapshot(EXAMPLES["transfer_reversal"]).transfer_id == transfer.gateway_id
    assert normalise.payout_snapshot(EXAMPLES["payout"], "acct_1").status == "in_transit"
    status = normalise.payee_status(EXAMPLES["account"])
    assert not status.payouts_enabled
    assert "external_account" in status.currently_due
    assert normalise.dispute_snapshot(EXAMPLES["dispute"]).status == "open"
    movement = normalise.balance_movement(EXAMPLES["balance_transaction"])
    assert (movement.kind, movement.net.amount) == ("charge", 100)
    expanded = EXAMPLES["balance_transaction"] | {"source": EXAMPLES["charge"]}
    assert normalise.balance_movement(expanded).object_kind == "other"


def test_every_route_of_the_sandbox_is_one_of_the_sdks():
    for route in ROUTES:
        path = route.pattern.pattern.replace("([A-Za-z0-9_]+)", "x_1")
        assert contract.find_operation(route.method, f"https://api.stripe.com{path}").method == route.method.lower()


def test_every_parameter_that_the_sandbox_accepts_from_a_server_is_one_of_the_sdks():
    browsers_only = {"client_secret", "use_stripe_sdk", "card"}
    for route in ROUTES:
        path = route.pattern.pattern.replace("([A-Za-z0-9_]+)", "x_1")
        operation = contract.find_operation(route.method, path)
        declared = _declared(operation)
        assert route.accepts - declared - browsers_only - {"expand"} == set(), operation.name


def _declared(operation) -> set[str]:
    problems = contract.check_params(operation, {"no_such_parameter": "x"})
    assert problems == [".: unknown parameter no_such_parameter"] or any("unknown" in text for text in problems)
    from typing import get_args

    hint = next(arm for arm in get_args(operation.params) or (operation.params,) if arm is not type(None))
    text = getattr(hint, "__forward_arg__", hint)
    params = contract._evaluated(text, operation.module) if isinstance(text, str) else text
    return set(contract._parameters(params)[0])


@pytest.mark.parametrize(
    "params, problem",
    [
        ({"currency": "usd"}, "missing parameter amount"),
        ({"amount": "5", "currency": "usd", "payment_method_types[0]": "card"}, "unknown parameter"),
        ({"amount": "5.00", "currency": "usd"}, "'5.00' is not int"),
        ({"amount": "5", "currency": "usd", "confirm": "yes"}, "'yes' is not bool"),
        ({"amount": "5", "currency": "usd", "metadata": "x"}, "metadata"),
        ({"amount": "5", "currency": "usd", "automatic_payment_methods[allow]": "x"}, "unknown parameter allow"),
    ],
)
def test_a_request_that_stripe_would_not_take_is_a_violation(params, problem):
    with pytest.raises(contract.ContractViolationError, match=problem):
        contract.check_exchange("post", "https://x/v1/payment_intents", urlencode(params), Reply(204, "{}"))


def test_a_call_that_the_sdk_does_not_have_is_a_violation():
    with pytest.raises(contract.ContractViolationError, match="no call"):
        contract.check_exchange("post", "https://x/v1/payment_intents/pi_1/settle", "", Reply(204, "{}"))


@pytest.mark.parametrize(
    "change, problem",
    [
        ({"amount": "100"}, "'100' is not int"),
        ({"amount": None}, "None is not int"),
        ({"livemode": 0}, "0 is not bool"),
        ({"colour": "red"}, "unknown field colour"),
        ({"metadata": {"a": 1}}, "1 is not str"),
        ({"latest_charge": 7}, "latest_charge"),
        ({"next_action": {"kind": "x"}}, "next_action"),
        ({"object": "payment"}, "object"),
    ],
)
def test_an_answer_that_stripe_would_not_give_is_a_violation(stripe_bench, change, problem):
    stripe_bench.authorized()
    intent = stripe_bench.controls.objects("payment_intent")[0]
    url = f"https://x/v1/payment_intents/{intent['id']}"
    contract.check_exchange("get", url, "", Reply(200, json.dumps(intent)))
    with pytest.raises(contract.ContractViolationError, match=problem):
        contract.check_exchange("get", url, "", Reply(200, json.dumps(intent | change)))


def test_an_incomplete_answer_is_a_violation(stripe_bench):
    stripe_bench.authorized()
    intent = stripe_bench.controls.objects("payment_intent")[0]
    del intent["currency"]
    with pytest.raises(contract.ContractViolationError, match="no currency"):
        contract.check_exchange("get", "https://x/v1/payment_intents/pi_1", "", Reply(200, json.dumps(intent)))


def test_a_list_and_an_expanded_object_are_looked_into(stripe_bench):
    stripe_bench.captured()
    charge = stripe_bench.controls.objects("charge")[0]
    line = stripe_bench.controls.objects("balance_transaction")[0]
    page = {"object": "list", "url": "/v1/balance_transactions", "has_more": False}
    good = page | {"data": [line | {"source": charge}]}
    contract.check_exchange("get", "https://x/v1/balance_transactions", "", Reply(200, json.dumps(good)))
    bad = page | {"data": [line | {"source": charge | {"amount": "1"}}]}
    with pytest.raises(contract.ContractViolationError, match=r"source\.amount"):
        contract.check_exchange("get", "https://x/v1/balance_transactions", "", Reply(200, json.dumps(bad)))


def test_every_stored_object_of_the_sandbox_satisfies_the_contract(stripe_bench):
    payment = stripe_bench.captured("disputes")
    stripe_bench.captured()
    stripe_bench.captured()
    payee = stripe_bench.open_payee()
    stripe_bench.transfer(payee, DOLLARS)
    stripe_bench.pay_out(payee, DOLLARS)
    assert payment
    kinds = ("payment_intent", "payment_method", "charge", "account", "transfer", "payout", "dispute")
    for kind in (*kinds, "balance_transaction"):
        found = stripe_bench.controls.objects(kind)
        assert found, kind
        assert [problem for body in found for problem in contract.check_object(body)] == []
