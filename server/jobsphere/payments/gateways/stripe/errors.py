"""Every exception of the SDK, as one of our outcomes. Pure: what must be looked up is only marked as doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import stripe

from jobsphere.payments.gateways.base import (
    DeclineCode,
    Declined,
    Rejected,
    RejectedCode,
    Unknown,
)

#: Stripe's `decline_code` and `code` values that a caller treats differently (docs.stripe.com/declines/codes).
_DECLINE_CODES: Mapping[str, DeclineCode] = {
    "insufficient_funds": DeclineCode.INSUFFICIENT_FUNDS,
    "withdrawal_count_limit_exceeded": DeclineCode.INSUFFICIENT_FUNDS,
    "card_velocity_exceeded": DeclineCode.INSUFFICIENT_FUNDS,
    "expired_card": DeclineCode.EXPIRED_CARD,
    "invalid_expiry_month": DeclineCode.EXPIRED_CARD,
    "invalid_expiry_year": DeclineCode.EXPIRED_CARD,
    "incorrect_number": DeclineCode.INCORRECT_CARD_DATA,
    "invalid_number": DeclineCode.INCORRECT_CARD_DATA,
    "incorrect_cvc": DeclineCode.INCORRECT_CARD_DATA,
    "invalid_cvc": DeclineCode.INCORRECT_CARD_DATA,
    "incorrect_zip": DeclineCode.INCORRECT_CARD_DATA,
    "processing_error": DeclineCode.PROCESSING_ERROR,
    "issuer_not_available": DeclineCode.PROCESSING_ERROR,
    "try_again_later": DeclineCode.PROCESSING_ERROR,
    "reenter_transaction": DeclineCode.PROCESSING_ERROR,
    "authentication_required": DeclineCode.AUTHENTICATION_FAILED,
    "authentication_not_handled": DeclineCode.AUTHENTICATION_FAILED,
    "payment_intent_authentication_failure": DeclineCode.AUTHENTICATION_FAILED,
    "amount_too_small": DeclineCode.AMOUNT_TOO_SMALL,
    "amount_too_large": DeclineCode.AMOUNT_TOO_LARGE,
    "balance_insufficient": DeclineCode.BALANCE_INSUFFICIENT,
    "charge_already_captured": DeclineCode.ALREADY_CAPTURED,
    "charge_already_refunded": DeclineCode.ALREADY_REFUNDED,
    "charge_expired_for_capture": DeclineCode.AUTHORIZATION_GONE,
    "charge_disputed": DeclineCode.DISPUTED,
    "insufficient_capabilities_for_transfer": DeclineCode.PAYEE_RESTRICTED,
    "payouts_not_allowed": DeclineCode.PAYEE_RESTRICTED,
    "transfers_not_allowed": DeclineCode.PAYEE_RESTRICTED,
    "account_closed": DeclineCode.PAYEE_RESTRICTED,
    "bank_account_unusable": DeclineCode.PAYEE_RESTRICTED,
}

_RETRYABLE = frozenset({DeclineCode.PROCESSING_ERROR, DeclineCode.BALANCE_INSUFFICIENT, DeclineCode.PAYEE_RESTRICTED})

#: Answers that say nothing about whether the request was carried out.
_UNDECIDED_STATUSES = frozenset({408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that did not give an object."""

    outcome: Declined | Rejected | Unknown
    #: The wanted state may have been reached all the same: look before believing it.
    doubtful: bool = False
    #: The payment that a declined card left behind.
    payment_id: str = ""


def decline_code(*codes: str | None) -> DeclineCode:
    """Return our word for the first of Stripe's codes that has one."""
    for code in codes:
        if code and code in _DECLINE_CODES:
            return _DECLINE_CODES[code]
    return DeclineCode.CARD_DECLINED if "card_declined" in codes else DeclineCode.OTHER


def is_retryable(code: DeclineCode) -> bool:
    """Say whether the same request may succeed later without anything else changing."""
    return code in _RETRYABLE


def failure_of(error: stripe.StripeError) -> Failure:
    """Translate. What is not known to be a refusal is Unknown: the money may have moved."""
    if isinstance(error, stripe.CardError):
        return _card_failure(error)
    if isinstance(error, stripe.IdempotencyError):
        return Failure(Rejected(_message(error), RejectedCode.KEY_REUSED))
    if isinstance(error, stripe.InvalidRequestError):
        return _invalid_request_failure(error)
    if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
        # An account that does not exist is told apart from one that is not ours by nobody, Stripe included.
        absent = _error_body(error).get("code") == "account_invalid"
        code = RejectedCode.NOT_FOUND if absent else RejectedCode.CONFIGURATION
        return Failure(Rejected(_message(error), code))
    if isinstance(error, stripe.RateLimitError):
        return Failure(Unknown("rate_limited", retry_after=_retry_after(error)))
    if isinstance(error, stripe.APIConnectionError):
        return Failure(Unknown("unreachable"))
    return _other_failure(error)


def was_replayed(headers: Mapping[str, str] | None) -> bool:
    """Say whether the gateway repeated an answer that it had stored under our key."""
    lowered = {name.lower(): value for name, value in (headers or {}).items()}
    return lowered.get("idempotent-replayed") == "true"


def _card_failure(error: stripe.CardError) -> Failure:
    body = _error_body(error)
    code = decline_code(body.get("decline_code"), error.code)
    payment = (body.get("payment_intent") or {}).get("id", "")
    declined = Declined(code, _message(error), is_retryable(code), gateway_id=payment)
    return Failure(declined, doubtful=was_replayed(error.headers), payment_id=payment)


def _invalid_request_failure(error: stripe.InvalidRequestError) -> Failure:
    if error.code == "resource_missing" or error.http_status == 404:
        return Failure(Rejected(_message(error), RejectedCode.NOT_FOUND))
    if error.code is not None and error.code in _DECLINE_CODES:
        code = _DECLINE_CODES[error.code]
        return Failure(Declined(code, _message(error), is_retryable(code)), doubtful=True)
    return Failure(Rejected(_message(error), RejectedCode.INVALID_REQUEST), doubtful=True)


def _other_failure(error: stripe.StripeError) -> Failure:
    """Server errors, unreadable answers, a request still running under the same key, and whatever else comes."""
    status = error.http_status
    if status is not None and 400 <= status < 500 and status not in _UNDECIDED_STATUSES:
        return Failure(Rejected(_message(error), RejectedCode.INVALID_REQUEST), doubtful=True)
    spent = was_replayed(error.headers)
    reason = "in_progress" if status == 409 else "gateway_error"
    return Failure(Unknown(reason, key_spent=spent), doubtful=spent)


def _message(error: stripe.StripeError) -> str:
    return error.user_message or "The payment company gave no reason."


def _error_body(error: stripe.StripeError) -> dict[str, Any]:
    body = error.json_body
    found = body.get("error") if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}


def _retry_after(error: stripe.StripeError) -> timedelta | None:
    lowered = {name.lower(): value for name, value in (error.headers or {}).items()}
    seconds = lowered.get("retry-after", "")
    return timedelta(seconds=int(seconds)) if seconds.isdigit() else None
