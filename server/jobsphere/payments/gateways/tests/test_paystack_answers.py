"""Whatever Paystack, or something in between, answers is one of our outcomes, and is read as it is meant."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    DeclineCode,
    Declined,
    DisputeState,
    PaymentState,
    Rejected,
    RejectedCode,
    Unknown,
)
from jobsphere.payments.gateways.base.units import UnrepresentableAmountError
from jobsphere.payments.gateways.paystack import PaystackGateway, normalise
from jobsphere.payments.gateways.paystack.currencies import CURRENCIES, from_wire, limits_of, to_wire, whole
from jobsphere.payments.gateways.paystack.errors import failure_of
from jobsphere.payments.gateways.tests import openapi

HUNDRED = Money(10_000, "NGN")


def _gateway(answer: Any) -> Any:
    return PaystackGateway(secret_key="sk_live_hidden", guard=lambda: None, transport=httpx.MockTransport(answer))


def _charge(gateway):
    return gateway.authorize(
        amount=HUNDRED, idempotency_key="k", operation_id="k", payment_method="AUTH_x", payer_email="casey@example.org"
    )


def _fault(error):
    def answer(request):
        raise error("broken", request=request)

    return answer


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectTimeout,
        httpx.ReadTimeout,
        httpx.WriteTimeout,
        httpx.PoolTimeout,
        httpx.ConnectError,
        httpx.ReadError,
        httpx.RemoteProtocolError,
        httpx.DecodingError,
    ],
)
def test_every_fault_of_the_network_is_unknown(error):
    gateway = _gateway(_fault(error))
    payout = {"payee_id": "RCP_x", "amount": HUNDRED, "idempotency_key": "k", "operation_id": "k"}
    for outcome in (_charge(gateway), gateway.pay_out(**payout), gateway.fetch_payment(gateway_id="x")):
        assert outcome == Unknown("unreachable")


@pytest.mark.parametrize(
    "status, body",
    [
        (500, '{"status":false,"message":"Internal error"}'),
        (503, "<html>busy</html>"),
        (502, ""),
        (429, '{"status":false,"message":"Too many"}'),
        (409, "{}"),
        (403, "<html>blocked by a proxy</html>"),
        (404, "<html>not found</html>"),
        (200, "<html>Welcome to this hotel's network</html>"),
        (200, ""),
        (200, "[]"),
        (200, '{"status":true,"message":"ok"}'),
        (200, '{"status":true,"message":"ok","data":{"status":"success"}}'),
        (302, ""),
        (
            200,
            '{"status":true,"message":"ok","data":{"reference":"r","status":"success","amount":"1.5","currency":"NGN"}}',
        ),
    ],
)
def test_what_is_not_understood_is_unknown_and_never_a_refusal(status, body):
    gateway = _gateway(lambda request: httpx.Response(status, text=body, headers={"Retry-After": "7"}))
    outcome = gateway.fetch_payment(gateway_id="x")
    assert isinstance(outcome, Unknown), outcome
    if "amount" not in body:
        assert isinstance(_charge(gateway), Unknown)


def test_the_gateway_says_when_to_come_again():
    gateway = _gateway(lambda request: httpx.Response(429, json={"status": False}, headers={"Retry-After": "7"}))
    outcome = gateway.fetch_payment(gateway_id="x")
    assert (outcome.reason, outcome.retry_after.total_seconds()) == ("rate_limited", 7)


@pytest.mark.parametrize(
    "status, body, outcome, code",
    [
        (401, {"message": "Invalid key"}, Rejected, RejectedCode.CONFIGURATION),
        (404, {"message": "Transaction not found"}, Rejected, RejectedCode.NOT_FOUND),
        (400, {"message": "Transaction reference not found."}, Rejected, RejectedCode.NOT_FOUND),
        (400, {"message": "x", "code": "transaction_not_found"}, Rejected, RejectedCode.NOT_FOUND),
        (400, {"message": "Duplicate Transaction Reference"}, Rejected, RejectedCode.KEY_REUSED),
        (400, {"message": "Invalid Email Address Passed"}, Rejected, RejectedCode.INVALID_REQUEST),
        (
            400,
            {"message": "Your balance is not enough to fulfil this request"},
            Declined,
            DeclineCode.BALANCE_INSUFFICIENT,
        ),
        (400, {"message": "x", "code": "insufficient_balance"}, Declined, DeclineCode.BALANCE_INSUFFICIENT),
        (400, {"message": "Transaction has been fully reversed"}, Declined, DeclineCode.ALREADY_REFUNDED),
        (400, {"message": "Transaction has an open dispute"}, Declined, DeclineCode.DISPUTED),
        (400, {"message": "Recipient specified is not active"}, Declined, DeclineCode.PAYEE_RESTRICTED),
        (422, {"message": "Could not resolve account name."}, Declined, DeclineCode.INCORRECT_BANK_DATA),
        (400, {"message": "Amount is less than the minimum"}, Declined, DeclineCode.AMOUNT_TOO_SMALL),
        (400, {}, Rejected, RejectedCode.INVALID_REQUEST),
    ],
)
def test_a_refusal_is_told_by_its_words(status, body, outcome, code):
    found: Any = failure_of(status, {}, {"status": False, **body}).outcome
    assert (type(found), found.code) == (outcome, code)


def test_paystacks_own_example_of_an_error_is_understood():
    example = openapi.description()["components"]["schemas"]["TransactionInitializeBadRequestModel"]["example"]
    assert failure_of(400, {}, example).duplicate


def test_the_secret_key_is_shown_nowhere():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(401, json={"status": False})

    gateway = _gateway(answer)
    outcome = _charge(gateway)
    for shown in (gateway, gateway._http, gateway._http.auth, outcome, seen[0]):
        assert "sk_live_hidden" not in repr(shown)
    assert seen[0].headers["authorization"] == "Bearer sk_live_hidden"
    assert "sk_live_hidden" not in repr(seen[0].headers)


def test_every_wait_is_ten_seconds():
    timeout = _gateway(lambda request: httpx.Response(200))._http.timeout
    assert {timeout.connect, timeout.read, timeout.write, timeout.pool} == {10}


# --- amounts


@pytest.mark.parametrize("amount", [5000, "5000", "5000.00"])
def test_an_amount_may_arrive_as_a_text(amount):
    assert from_wire(amount, "NGN") == Money(5000, "NGN")


@pytest.mark.parametrize("amount", ["50.5", "", None, True, "abc", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValueError, match=r"amount|subunit"):
        whole(amount)


def test_a_currency_without_a_subunit_is_counted_in_hundredths_all_the_same():
    assert to_wire(Money(500, "XOF")) == 50_000
    assert from_wire("50000", "XOF") == Money(500, "XOF")
    with pytest.raises(UnrepresentableAmountError):
        from_wire(50_001, "XOF")


def test_an_amount_that_is_too_fine_is_rejected_before_anything_is_sent():
    gateway = _gateway(_fault(httpx.ReadError))
    dinars = Money(10_001, "KWD")
    asked = {"amount": dinars, "idempotency_key": "k", "operation_id": "k"}
    assert isinstance(gateway.authorize(payer_email="a@b.c", **asked), Rejected)
    assert isinstance(gateway.refund(gateway_id="x", **asked), Rejected)
    assert isinstance(gateway.pay_out(payee_id="x", **asked), Rejected)


@pytest.mark.parametrize("currency", sorted(CURRENCIES))
def test_the_smallest_charge_of_every_currency_is_taken(paystack_bench, currency):
    least = limits_of(currency).minimum
    paid = paystack_bench.authorize(amount=Money(least, currency))
    assert paid.object.amount_captured == Money(least, currency)
    below = paystack_bench.authorize(amount=Money(least - 1, currency))
    assert isinstance(below, Declined | Rejected)
    assert len(paystack_bench.controls.objects("transaction")) == 1


# --- objects


@pytest.mark.parametrize(
    "status, way, state",
    [
        ("success", "", PaymentState.CAPTURED),
        ("reversed", "", PaymentState.CAPTURED),
        ("failed", "saved_card", PaymentState.FAILED),
        ("failed", "page", PaymentState.REQUIRES_PAYMENT_METHOD),
        ("abandoned", "page", PaymentState.REQUIRES_PAYMENT_METHOD),
        ("send_pin", "", PaymentState.ACTION_REQUIRED),
        ("send_otp", "", PaymentState.ACTION_REQUIRED),
        ("open_url", "", PaymentState.ACTION_REQUIRED),
        ("pending", "page", PaymentState.PROCESSING),
        ("queued", "", PaymentState.PROCESSING),
        ("something-new", "", PaymentState.PROCESSING),
    ],
)
def test_every_status_of_a_transaction_has_a_meaning(status, way, state):
    for metadata in ({"way": way}, json.dumps({"way": way})):
        assert normalise.payment_state({"status": status, "metadata": metadata}) is state


@pytest.mark.parametrize("metadata", ["", "0", "not json", None, 0, [], {}])
def test_metadata_that_is_none_is_nothing(metadata):
    assert normalise.metadata_of({"metadata": metadata}) == {}


@pytest.mark.parametrize(
    "status, resolution, state",
    [
        ("awaiting-merchant-feedback", None, DisputeState.OPEN),
        ("awaiting-bank-feedback", None, DisputeState.UNDER_REVIEW),
        ("pending", None, DisputeState.UNDER_REVIEW),
        ("resolved", "merchant-accepted", DisputeState.LOST),
        ("resolved", "declined", DisputeState.WON),
        ("resolved", "something-new", DisputeState.UNDER_REVIEW),
    ],
)
def test_every_end_of_a_dispute_has_a_meaning(status, resolution, state):
    assert normalise._dispute_state({"status": status, "resolution": resolution}) is state


@pytest.mark.parametrize("operation", ["op-1", "018f2c2e-5a3f-7c11-9a5e-3d2b8e6f4a10", "x" * 36])
def test_a_reference_tells_its_operation(operation):
    for round_ in (1, 2, 9):
        reference = normalise.reference_of(operation, round_)
        assert 16 <= len(reference) <= 50
        assert normalise.operation_of(reference) == operation
    assert normalise.operation_of("T2154954_412829") == ""


# --- the description itself


def test_the_description_is_the_one_that_was_handed_to_us():
    """Compared with the original where that stands beside the checkout."""
    handed = Path(__file__).parents[6] / "shared/contracts/paystack-reduced.json"
    assert openapi.description()["info"]["title"] == "Paystack"
    if handed.exists():
        assert handed.read_bytes() == openapi.DESCRIPTION.read_bytes()


@pytest.mark.parametrize(
    "schema", ["DisputeEvidence", "RefundCreate", "TransferBase", "TransferFinalize", "TransferRecipientCreate"]
)
def test_paystacks_own_examples_satisfy_its_description(schema):
    found = openapi.description()["components"]["schemas"][schema]
    assert openapi.check(found["example"], found, schema) == []


@pytest.mark.parametrize(
    "method, path, body, problem",
    [
        ("POST", "/transfer", {"source": "balance"}, "no amount"),
        ("POST", "/refund", {"transaction": 7}, "is not string"),
        ("POST", "/refund", {"transaction": "x", "colour": "red"}, "unknown field colour"),
        ("POST", "/transaction/initialize", {"email": "a", "amount": "5"}, "is not integer"),
        ("POST", "/transaction/settle", {}, "there is no"),
        ("GET", "/refund?colour=red", None, "unknown parameter colour"),
    ],
)
def test_a_request_that_paystack_would_not_take_is_a_violation(method, path, body, problem):
    request = httpx.Request(method, f"https://api.paystack.co{path}", json=body)
    error = httpx.Response(400, json={"status": False, "message": "no"})
    reply = type("Reply", (), {"status": 400, "body": error.text, "headers": {"Content-Type": "application/json"}})
    with pytest.raises(openapi.ContractViolationError, match=problem):
        openapi.check_exchange(request, reply)


def test_an_answer_that_paystack_would_not_give_is_a_violation(paystack_bench):
    payment = paystack_bench.captured()
    found = openapi.find_operation("GET", f"/transaction/verify/{payment}")
    assert found is not None
    operation = found[1]
    body = {"status": True, "message": "", "data": paystack_bench.controls.objects("transaction")[0] | {"plan": None}}
    body["data"]["customer"]["metadata"] = None
    assert openapi.check_answer(operation, 200, body) == []
    changes: list[dict[str, Any]] = [{"amount": "5000"}, {"currency": None}, {"log": []}]
    for change in changes:
        assert openapi.check_answer(operation, 200, body | {"data": body["data"] | change})
    del body["data"]["reference"]
    assert openapi.check_answer(operation, 200, body) == [".data: no reference"]
