"""The verbs of payments. All run inside the edge's transaction; the gateway is called after its commit."""

from jobsphere.payments.services.applying import mark_applied, mark_released, mark_returned, take_turn
from jobsphere.payments.services.operations import hurry_operation, retry_operation
from jobsphere.payments.services.payees import connect_payee, refresh_payee, set_payout_schedule
from jobsphere.payments.services.paying import capture_payment, confirm_payment, start_payment, void_payment
from jobsphere.payments.services.refunding import refund_payment, retry_refund
from jobsphere.payments.services.withdrawing import cancel_withdrawal, request_withdrawal, withdraw_automatically

__all__ = [
    "cancel_withdrawal",
    "capture_payment",
    "confirm_payment",
    "connect_payee",
    "hurry_operation",
    "mark_applied",
    "mark_released",
    "mark_returned",
    "refresh_payee",
    "refund_payment",
    "request_withdrawal",
    "retry_operation",
    "retry_refund",
    "set_payout_schedule",
    "start_payment",
    "take_turn",
    "void_payment",
    "withdraw_automatically",
]
