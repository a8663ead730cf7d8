"""What payees are told of their money, and what a failed refund means for a chargeback: by the worker, each once."""

from typing import Any
from uuid import UUID

from jobsphere.kit.words import Phrase
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.payments import chargebacks
from jobsphere.payments.events import (
    BankChanged,
    EarningDelayed,
    PayeeUpdated,
    PayoutFailed,
    PayoutPaid,
    PayoutRequested,
    PayoutReturned,
    ReceivableSettled,
    RefundFailed,
)
from jobsphere.payments.models import Chargeback
from jobsphere.payments.requirements import translate


@subscribe(PayeeUpdated)
def tell_of_gate(event: PayeeUpdated, meta: EventMeta) -> None:
    """The gateway's gate has opened or closed; who has not begun to connect knows what is missing."""
    asked = [each.title for each in translate(event.currently_due)]
    if event.payouts_enabled and not asked:
        _tell(meta, event.payee_id, "payout.setup/open")
    elif event.payouts_enabled:
        _tell(meta, event.payee_id, "payout.setup/missing", asked=", ".join(asked))
    elif event.was_enabled:
        words = Phrase("part.sentence", {"words": ", ".join(asked)}) if asked else ""
        _tell(meta, event.payee_id, "payout.setup/paused", asked=words)


@subscribe(BankChanged)
def tell_of_bank(event: BankChanged, meta: EventMeta) -> None:
    """Somebody has changed where the money goes: the person must hear of it at once, whoever it was."""
    until = event.cooling_until
    cooling = Phrase("part.cooling", {"until": until}) if until else ""
    _tell(meta, event.payee_id, "account.security/bank", bank=event.bank, cooling=cooling)


@subscribe(PayoutRequested)
def tell_of_withdrawal(event: PayoutRequested, meta: EventMeta) -> None:
    """Money has left the wallet: a receipt, and an alarm where it was somebody else."""
    _tell(meta, event.payee_id, "payout.requested", amount=event.amount)


@subscribe(PayoutPaid)
def tell_of_arrival(event: PayoutPaid, meta: EventMeta) -> None:
    """The bank has it."""
    _tell(meta, event.payee_id, "payout.paid", amount=event.amount)


@subscribe(PayoutFailed, PayoutReturned)
def tell_of_return(event: PayoutFailed | PayoutReturned, meta: EventMeta) -> None:
    """It did not reach the bank, or came back."""
    why = event.message or Phrase("why.bank_silent")
    _tell(meta, event.payee_id, "payout.failed", amount=event.amount, why=why)


@subscribe(RefundFailed)
def tell_of_late_refund(event: RefundFailed, meta: EventMeta) -> None:
    """What the customer waits for comes later; finance has an alarm. What their bank gave them itself is not missed."""
    if not Chargeback.objects.filter(payment_id=event.payment_id, written_off__gt=0).exists():
        _tell(meta, event.payer_id, "payment.failed/refund", amount=event.amount)


@subscribe(RefundFailed)
def net_refund_against_chargeback(event: RefundFailed, meta: EventMeta) -> None:
    """What the bank has given back itself, and we have written off, is not refunded once more."""
    chargebacks.net_failed_refund(event.refund_id)


@subscribe(ReceivableSettled)
def tell_of_settlement(event: ReceivableSettled, meta: EventMeta) -> None:
    """What they owed was taken from what they earned."""
    left = Phrase("part.left", {"left": event.left}) if event.left else Phrase("part.nothing_left")
    _tell(meta, event.payee_id, "payment.received/kept", amount=event.amount, left=left)


@subscribe(EarningDelayed)
def tell_of_delay(event: EarningDelayed, meta: EventMeta) -> None:
    """Staff have moved a date."""
    _tell(meta, event.payee_id, "payout.setup/delayed", amount=event.amount, until=event.until)


def _tell(meta: EventMeta, user_id: UUID, message: str, **values: Any) -> None:
    tell(user_id=user_id, message=message, params=values, key=f"payee:{meta.id}")
