"""What happened to money outside our books, published by whoever learns it first: call, webhook or poll."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event
from jobsphere.payments.types import PaymentFailure


@dataclass(frozen=True)
class PaymentEvent(Event):
    """What every payment event carries; `purpose_type` and `purpose_id` say what it pays for."""

    aggregate: ClassVar[str] = "payment"
    payment_id: UUID
    payer_id: UUID
    payee_id: UUID | None
    purpose_type: str
    purpose_id: UUID
    amount: Money


@dataclass(frozen=True)
class PaymentActionRequired(PaymentEvent):
    """The payer must choose a card or prove who they are."""

    name: ClassVar[str] = "payment.action_required"


@dataclass(frozen=True)
class PaymentAuthorized(PaymentEvent):
    """The amount is reserved on the card until `authorized_until` (None: the gateway does not say)."""

    name: ClassVar[str] = "payment.authorized"
    authorized_until: datetime | None = None


@dataclass(frozen=True)
class PaymentCaptured(PaymentEvent):
    """The money was taken.

    An inline listener applies it in the same transaction (`services.mark_applied`); what nobody applies is refunded.
    """

    name: ClassVar[str] = "payment.captured"


@dataclass(frozen=True)
class PaymentFailed(PaymentEvent):
    """No money was taken and none will be. `stage` says at which point, `code` why (a DeclineCode)."""

    name: ClassVar[str] = "payment.failed"
    stage: PaymentFailure = PaymentFailure.AUTHORIZATION
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class PaymentVoided(PaymentEvent):
    """The authorisation was given up, as we asked."""

    name: ClassVar[str] = "payment.voided"


@dataclass(frozen=True)
class PaymentUnapplied(PaymentEvent):
    """The money was taken but its purpose has vanished: it is being refunded."""

    name: ClassVar[str] = "payment.unapplied"


@dataclass(frozen=True)
class PaymentDisputed(PaymentEvent):
    """The cardholder's bank has opened (or closed: `open` is False) a chargeback."""

    name: ClassVar[str] = "payment.disputed"
    open: bool = True
    reason: str = ""


@dataclass(frozen=True)
class RefundEvent(Event):
    """What every refund event carries."""

    aggregate: ClassVar[str] = "refund"
    refund_id: UUID
    payment_id: UUID
    payer_id: UUID
    purpose_type: str
    purpose_id: UUID
    amount: Money


@dataclass(frozen=True)
class RefundRequested(RefundEvent):
    """Money has left its account in our books and is to go back to the card."""

    name: ClassVar[str] = "refund.requested"


@dataclass(frozen=True)
class RefundSucceeded(RefundEvent):
    """The gateway has given the money back."""

    name: ClassVar[str] = "refund.succeeded"


@dataclass(frozen=True)
class RefundFailed(RefundEvent):
    """The money did not reach the card (perhaps days after it seemed to). An alarm: finance must act."""

    name: ClassVar[str] = "refund.failed"
    code: str = ""


@dataclass(frozen=True)
class PayoutEvent(Event):
    """What every payout event carries."""

    aggregate: ClassVar[str] = "payout"
    payout_id: UUID
    payee_id: UUID
    amount: Money


@dataclass(frozen=True)
class PayoutRequested(PayoutEvent):
    """A withdrawal has left the wallet."""

    name: ClassVar[str] = "payout.requested"


@dataclass(frozen=True)
class PayoutPaid(PayoutEvent):
    """The gateway says that the bank has it. It may still be returned, days later."""

    name: ClassVar[str] = "payout.paid"


@dataclass(frozen=True)
class PayoutFailed(PayoutEvent):
    """It could not be paid; the money is back in the wallet."""

    name: ClassVar[str] = "payout.failed"
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class PayoutReturned(PayoutEvent):
    """The bank sent it back after it was paid; the money is back in the wallet."""

    name: ClassVar[str] = "payout.returned"
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class PayoutCancelled(PayoutEvent):
    """The payee took it back before it was sent; the money is back in the wallet."""

    name: ClassVar[str] = "payout.cancelled"


@dataclass(frozen=True)
class PayeeUpdated(Event):
    """The gateway's gate for this person has opened or closed."""

    name: ClassVar[str] = "payee.updated"
    aggregate: ClassVar[str] = "payee"
    payee_id: UUID
    payouts_enabled: bool
    currently_due: tuple[str, ...] = ()


@dataclass(frozen=True)
class OperationRejected(Event):
    """An alarm: the gateway refused what we sent as wrong. Our bug or configuration; a person must look."""

    name: ClassVar[str] = "operation.rejected"
    aggregate: ClassVar[str] = "operation"
    operation_id: UUID
    kind: str
    subject_type: str
    subject_id: UUID
    message: str


@dataclass(frozen=True)
class OperationStuck(Event):
    """An alarm: many attempts, and still nobody knows what became of it. It goes on being retried."""

    name: ClassVar[str] = "operation.stuck"
    aggregate: ClassVar[str] = "operation"
    operation_id: UUID
    kind: str
    subject_type: str
    subject_id: UUID
    attempts: int
