"""Every answer of Paystack's that is not the wished one, as one of our outcomes. Pure: it only reads.

Paystack tells its errors apart by words, not by codes: the `code` of newer answers is read first, then the message.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from jobsphere.payments.gateways.base import DeclineCode, Declined, Rejected, RejectedCode, Unknown

#: Answers that say nothing about whether the request was carried out.
_UNDECIDED_STATUSES = frozenset({408, 409, 425, 429})

#: What a refusal says, and what it is to us; the first that fits.
_REFUSALS: tuple[tuple[re.Pattern[str], DeclineCode], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), code)
    for pattern, code in (
        (r"insufficient_balance|balance is not enough|insufficient balance", DeclineCode.BALANCE_INSUFFICIENT),
        (r"fully reversed|already been (fully )?refunded|fully refunded", DeclineCode.ALREADY_REFUNDED),
        (r"dispute|chargeback", DeclineCode.DISPUTED),
        (r"recipient .*(not active|inactive|invalid|deleted)|transfers? .*(disabled|not allowed|blocked)",
         DeclineCode.PAYEE_RESTRICTED),
        (r"could not resolve|account (number|name)|unknown bank", DeclineCode.INCORRECT_BANK_DATA),
        (r"amount .*(less than|below|minimum|too small|at least)", DeclineCode.AMOUNT_TOO_SMALL),
        (r"amount .*(maximum|exceeds? .*limit|too large)", DeclineCode.AMOUNT_TOO_LARGE),
    )
)  # fmt: skip

#: What a bank says about a card, in Paystack's `gateway_response`; the first that fits.
_CARD_REASONS: tuple[tuple[re.Pattern[str], DeclineCode], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), code)
    for pattern, code in (
        (r"insufficient", DeclineCode.INSUFFICIENT_FUNDS),
        (r"expired", DeclineCode.EXPIRED_CARD),
        (r"incorrect|invalid (card|cvv|pin|expiry)|wrong", DeclineCode.INCORRECT_CARD_DATA),
        (r"authenticat|otp|3-?d ?s|challenge", DeclineCode.AUTHENTICATION_FAILED),
        (r"try again|timed? ?out|issuer.*(unavailable|inoperative)|processing error|system error",
         DeclineCode.PROCESSING_ERROR),
        (r"declin|do not honou?r|restricted|pick ?up|lost|stolen|not permitted", DeclineCode.CARD_DECLINED),
    )
)  # fmt: skip

_RETRYABLE = frozenset({DeclineCode.PROCESSING_ERROR, DeclineCode.BALANCE_INSUFFICIENT, DeclineCode.PAYEE_RESTRICTED})
_MISSING = re.compile(r"not[ _]found|does not exist|not_found|invalid (dispute|refund|transfer) id", re.IGNORECASE)
#: Another request with this reference has been carried out already.
_DUPLICATE = re.compile(r"duplicate|already exist|reference .*(used|exists)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that did not give what was asked."""

    outcome: Declined | Rejected | Unknown
    #: An object with our reference may be there all the same: look before believing it.
    doubtful: bool = False
    #: Surely there: the reference was used before.
    duplicate: bool = False


UNREACHABLE = Failure(Unknown("unreachable"), doubtful=True)
#: A success that cannot be read. Something has happened, and only a look can tell what.
UNREADABLE = Failure(Unknown("unreadable"), doubtful=True)


def reused() -> Rejected:
    """Refuse an operation that comes again with other arguments."""
    return Rejected("this operation was sent before with another amount", RejectedCode.KEY_REUSED)


def is_retryable(code: DeclineCode) -> bool:
    """Say whether the same request may succeed later without anything else changing."""
    return code in _RETRYABLE


def card_reason(words: str) -> DeclineCode:
    """Return our word for a bank's refusal."""
    return next((code for pattern, code in _CARD_REASONS if pattern.search(words)), DeclineCode.OTHER)


def failure_of(status: int, headers: Mapping[str, str], body: Any) -> Failure:
    """Translate an HTTP answer; `body` is its JSON, or None when it had none.

    A page instead of JSON comes from something in between, whatever its status: that is Unknown.
    """
    if status in _UNDECIDED_STATUSES:
        reason = "rate_limited" if status == 429 else "in_progress"
        return Failure(Unknown(reason, retry_after=_retry_after(headers)), doubtful=True)
    if status >= 500 or not isinstance(body, Mapping):
        return Failure(Unknown("gateway_error"), doubtful=True)
    return _refusal(status, body)


def _refusal(status: int, body: Mapping[str, Any]) -> Failure:
    message = str(body.get("message") or "The payment company gave no reason.")
    words = f"{body.get('code') or ''} {message}"
    if status in (401, 403):
        return Failure(Rejected(message, RejectedCode.CONFIGURATION))
    if status == 404 or _MISSING.search(words):
        # A reference that is not there is a 404 in the documentation and a 400 from the live API.
        return Failure(Rejected(message, RejectedCode.NOT_FOUND))
    if _DUPLICATE.search(words):
        return Failure(Rejected(message, RejectedCode.KEY_REUSED), doubtful=True, duplicate=True)
    for pattern, code in _REFUSALS:
        if pattern.search(words):
            return Failure(Declined(code, message, is_retryable(code)), doubtful=True)
    return Failure(Rejected(message, RejectedCode.INVALID_REQUEST), doubtful=True)


def _retry_after(headers: Mapping[str, str]) -> timedelta | None:
    seconds = headers.get("retry-after", "")
    return timedelta(seconds=int(seconds)) if seconds.isdigit() else None
