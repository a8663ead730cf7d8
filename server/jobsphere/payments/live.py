"""What payers and payees are told at once of their money (realtime.hints)."""

from jobsphere.outbox.types import Event
from jobsphere.payments.events import (
    BankChanged,
    EarningCleared,
    EarningDelayed,
    MethodRemoved,
    MethodSaved,
    PayeeUpdated,
    PaymentActionRequired,
    PaymentAuthorized,
    PaymentCaptured,
    PaymentFailed,
    PaymentUnapplied,
    PaymentVoided,
    PayoutCancelled,
    PayoutFailed,
    PayoutNeedsCode,
    PayoutPaid,
    PayoutRequested,
    PayoutReturned,
    ReceivableForgiven,
    ReceivableSettled,
    RefundFailed,
    RefundRequested,
    RefundSucceeded,
)
from jobsphere.realtime import hints
from jobsphere.realtime.hints import Hint

#: The payee hears of the contract, which is theirs; what the payer's bank says is the payer's.
_PAYMENT = [Hint("payment", "payment_id", ("payer_id",))]
_PAYOUT = [Hint("payout", "payout_id", ("payee_id",))]
_WALLET = [Hint("wallet", "", ("payee_id",))]

_OF_PAYER: list[type[Event]] = [
    PaymentActionRequired,
    PaymentAuthorized,
    PaymentCaptured,
    PaymentFailed,
    PaymentVoided,
    PaymentUnapplied,
    RefundRequested,
    RefundSucceeded,
    RefundFailed,
]
_WITHDRAWN: list[type[Event]] = [
    PayoutRequested,
    PayoutPaid,
    PayoutFailed,
    PayoutReturned,
    PayoutCancelled,
    PayoutNeedsCode,
]
_EARNED: list[type[Event]] = [
    PayeeUpdated,
    BankChanged,
    EarningCleared,
    EarningDelayed,
    ReceivableSettled,
    ReceivableForgiven,
]

_METHOD = [Hint("saved_method", "saved_method_id", ("owner_id",))]

HINTS: hints.Table = {
    MethodSaved: _METHOD,
    MethodRemoved: _METHOD,
    **dict.fromkeys(_OF_PAYER, _PAYMENT),
    **dict.fromkeys(_WITHDRAWN, _PAYOUT),
    **dict.fromkeys(_EARNED, _WALLET),
}

announce = hints.announcer(HINTS, name="payments.live")
