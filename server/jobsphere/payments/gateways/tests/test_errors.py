"""Every exception of the SDK has an outcome, and only a sure refusal is called one."""

import inspect
from typing import Any

import pytest
import stripe

from jobsphere.payments.gateways.base import DeclineCode, Declined, Rejected, RejectedCode, Unknown
from jobsphere.payments.gateways.stripe.errors import failure_of


def _every_error() -> list[type[stripe.StripeError]]:
    found, waiting = [], [stripe.StripeError]
    while waiting:
        cls = waiting.pop()
        found.append(cls)
        waiting.extend(cls.__subclasses__())
    return found


def _raised(cls: type[stripe.StripeError], status: int | None = None, **body) -> stripe.StripeError:
    """Make an error as the SDK would, whatever its constructor wants."""
    needed: dict[str, Any] = {
        name: None
        for name, parameter in inspect.signature(cls.__init__).parameters.items()
        if name != "self" and parameter.default is inspect.Parameter.empty
    }
    error = cls(**{**needed, **({"message": "why"} if "message" in needed else {})})
    error.http_status = status
    error.code = body.get("code")
    error.json_body = {"error": body}
    return error


REFUSALS = (
    stripe.CardError,
    stripe.InvalidRequestError,
    stripe.IdempotencyError,
    stripe.AuthenticationError,
    stripe.PermissionError,
)


@pytest.mark.parametrize("cls", _every_error(), ids=lambda cls: cls.__name__)
def test_every_error_of_the_sdk_has_an_outcome_and_what_is_not_surely_refused_is_unknown(cls):
    outcome = failure_of(_raised(cls)).outcome
    surely_refused = issubclass(cls, REFUSALS)
    assert isinstance(outcome, Declined | Rejected) == surely_refused
    assert isinstance(outcome, Unknown) != surely_refused


@pytest.mark.parametrize("status", [None, 200, 301, 408, 409, 425, 429, 500, 502, 503, 504, 599])
def test_an_unclear_status_is_unknown(status):
    assert isinstance(failure_of(_raised(stripe.APIError, status)).outcome, Unknown)


@pytest.mark.parametrize("status", [405, 410, 413, 422])
def test_a_refused_request_is_rejected_but_looked_at_again(status):
    failure = failure_of(_raised(stripe.APIError, status))
    assert isinstance(failure.outcome, Rejected)
    assert failure.doubtful


def test_a_repeated_server_error_says_that_its_key_is_spent():
    error = _raised(stripe.APIError, 500)
    error.headers = {"Idempotent-Replayed": "true"}
    failure = failure_of(error)
    assert failure.outcome == Unknown("gateway_error", key_spent=True)
    assert failure.doubtful


def test_a_rate_limit_tells_when_to_come_back():
    error = _raised(stripe.RateLimitError, 429)
    error.headers = {"Retry-After": "7"}
    outcome = failure_of(error).outcome
    assert isinstance(outcome, Unknown)
    assert outcome.retry_after is not None
    assert outcome.retry_after.total_seconds() == 7


@pytest.mark.parametrize(
    "code, expected",
    [
        ("amount_too_small", DeclineCode.AMOUNT_TOO_SMALL),
        ("charge_already_refunded", DeclineCode.ALREADY_REFUNDED),
        ("charge_expired_for_capture", DeclineCode.AUTHORIZATION_GONE),
        ("balance_insufficient", DeclineCode.BALANCE_INSUFFICIENT),
        ("payouts_not_allowed", DeclineCode.PAYEE_RESTRICTED),
    ],
)
def test_a_refusal_for_a_business_reason_is_declined(code, expected):
    outcome = failure_of(_raised(stripe.InvalidRequestError, 400, code=code)).outcome
    assert isinstance(outcome, Declined)
    assert outcome.code is expected


def test_any_other_invalid_request_is_ours_to_mend():
    outcome = failure_of(_raised(stripe.InvalidRequestError, 400, code="parameter_unknown")).outcome
    assert outcome == Rejected("why", RejectedCode.INVALID_REQUEST)


def test_a_decline_code_we_do_not_know_is_still_a_decline():
    outcome = failure_of(_raised(stripe.CardError, 402, code="card_declined", decline_code="brand_new")).outcome
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.CARD_DECLINED
    assert isinstance(failure_of(_raised(stripe.CardError, 402)).outcome, Declined)
