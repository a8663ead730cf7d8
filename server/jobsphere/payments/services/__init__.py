"""The verbs of payments. All run inside the edge's transaction; the gateway is called after its commit."""

from jobsphere.payments.services.applying import mark_applied, mark_recovered, mark_released, mark_returned, take_turn
from jobsphere.payments.services.chargebacks import (
    accept_chargeback,
    bear_loss,
    keep_evidence,
    return_loss,
    submit_evidence,
)
from jobsphere.payments.services.clearing import clear_due_earning, clear_earning_early, delay_earning
from jobsphere.payments.services.finalizing import (
    give_payout_code,
    record_payout_code,
    record_resent_code,
    resend_payout_code,
)
from jobsphere.payments.services.gateways import resume_gateway, stop_gateway
from jobsphere.payments.services.operations import hurry_operation, retry_operation
from jobsphere.payments.services.payees import (
    connect_payee,
    lift_cooling_off,
    record_bank,
    refresh_payee,
    set_payout_schedule,
    tell_bank,
)
from jobsphere.payments.services.paying import capture_payment, confirm_payment, start_payment, void_payment
from jobsphere.payments.services.receivables import forgive_receivable
from jobsphere.payments.services.refunding import pay_refund_by_hand, refund_payment, retry_refund
from jobsphere.payments.services.saving import confirm_saved_method, remove_method, save_method, use_by_default
from jobsphere.payments.services.withdrawing import (
    cancel_withdrawal,
    report_uncovered,
    request_withdrawal,
    withdraw_on_schedule,
)

__all__ = [
    "accept_chargeback",
    "bear_loss",
    "cancel_withdrawal",
    "capture_payment",
    "clear_due_earning",
    "clear_earning_early",
    "confirm_payment",
    "confirm_saved_method",
    "connect_payee",
    "delay_earning",
    "forgive_receivable",
    "give_payout_code",
    "hurry_operation",
    "keep_evidence",
    "lift_cooling_off",
    "mark_applied",
    "mark_recovered",
    "mark_released",
    "mark_returned",
    "pay_refund_by_hand",
    "record_bank",
    "record_payout_code",
    "record_resent_code",
    "refresh_payee",
    "refund_payment",
    "remove_method",
    "report_uncovered",
    "request_withdrawal",
    "resend_payout_code",
    "resume_gateway",
    "retry_operation",
    "retry_refund",
    "return_loss",
    "save_method",
    "set_payout_schedule",
    "start_payment",
    "stop_gateway",
    "submit_evidence",
    "take_turn",
    "tell_bank",
    "use_by_default",
    "void_payment",
    "withdraw_on_schedule",
]
