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
    """The amount is reserved on the card until `authorized_until` (None: the gateway does not say).

    `prepaid`: it was taken instead, and goes back if it is given up; nothing ends that by itself.
    """

    name: ClassVar[str] = "payment.authorized"
    authorized_until: datetime | None = None
    prepaid: bool = False


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
class ChargebackEvent(PaymentEvent):
    """What every chargeback event carries; `amount` is the payment's, `disputed` what the bank takes."""

    aggregate: ClassVar[str] = "chargeback"
    chargeback_id: UUID
    disputed: Money
    reason: str


@dataclass(frozen=True)
class ChargebackOpened(ChargebackEvent):
    """A payer's bank takes money back; with `inquiry` it only asks, and nothing has moved."""

    name: ClassVar[str] = "chargeback.opened"
    inquiry: bool = False
    evidence_due_by: datetime | None = None


@dataclass(frozen=True)
class ChargebackLost(ChargebackEvent):
    """`lost` is gone for good.

    An inline listener that knows what the payment paid for says who bears it (`services.bear_loss`), in this very
    transaction; what nobody bears is taken from where the payment stands, and the rest is written off.
    """

    name: ClassVar[str] = "chargeback.lost"
    lost: Money


@dataclass(frozen=True)
class ChargebackReinstated(ChargebackEvent):
    """`back` had been lost and was given back after all; an inline listener returns it (`services.return_loss`)."""

    name: ClassVar[str] = "chargeback.reinstated"
    back: Money


@dataclass(frozen=True)
class ChargebackClosed(ChargebackEvent):
    """It is decided; `won`: the money is back, or never left."""

    name: ClassVar[str] = "chargeback.closed"
    won: bool
    inquiry: bool
    #: The part of the bank's fee that was taken from the payee.
    payee_fee: Money


@dataclass(frozen=True)
class ChargebackDue(ChargebackEvent):
    """An alarm: the bank wants our evidence by `evidence_due_by`, and nobody has sent any."""

    name: ClassVar[str] = "chargeback.due"
    evidence_due_by: datetime | None = None
    #: When it is sent by itself; None: nobody will.
    sent_by_itself_at: datetime | None = None


@dataclass(frozen=True)
class ChargebackWrittenOff(ChargebackEvent):
    """An alarm: more was lost than the payment had left (it was refunded as well), so the marketplace bears it."""

    name: ClassVar[str] = "chargeback.written_off"
    written_off: Money


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
class PayoutNeedsCode(PayoutEvent):
    """An alarm: it goes on only when somebody at the marketplace gives the gateway the code that it has sent."""

    name: ClassVar[str] = "payout.needs_code"


@dataclass(frozen=True)
class PayeeUpdated(Event):
    """The gateway's gate for this person has opened or closed."""

    name: ClassVar[str] = "payee.updated"
    aggregate: ClassVar[str] = "payee"
    payee_id: UUID
    payouts_enabled: bool
    currently_due: tuple[str, ...] = ()
    #: Payouts were enabled before.
    was_enabled: bool = False


@dataclass(frozen=True)
class BankChanged(Event):
    """Where a payee's money goes has changed at the gateway; until `cooling_until` nothing is withdrawn."""

    name: ClassVar[str] = "payee.bank_changed"
    aggregate: ClassVar[str] = "payee"
    payee_id: UUID
    gateway: str
    bank: str
    cooling_until: datetime | None


@dataclass(frozen=True)
class PayoutNotCovered(Event):
    """An alarm: a payee wants their money, and no gateway where they are connected holds enough of ours."""

    name: ClassVar[str] = "payout.not_covered"
    aggregate: ClassVar[str] = "payee"
    payee_id: UUID
    amount: Money


@dataclass(frozen=True)
class EarningCleared(Event):
    """Earned money has become its payee's to withdraw."""

    name: ClassVar[str] = "earning.cleared"
    aggregate: ClassVar[str] = "earning"
    earning_id: UUID
    payee_id: UUID
    amount: Money


@dataclass(frozen=True)
class EarningDelayed(Event):
    """Staff have moved the date on which earned money clears."""

    name: ClassVar[str] = "earning.delayed"
    aggregate: ClassVar[str] = "earning"
    earning_id: UUID
    payee_id: UUID
    amount: Money
    until: datetime


@dataclass(frozen=True)
class ReceivableSettled(Event):
    """What a payee owed us was taken from what they have earned; `left` is what they still owe."""

    name: ClassVar[str] = "receivable.settled"
    aggregate: ClassVar[str] = "payee"
    payee_id: UUID
    amount: Money
    left: Money


@dataclass(frozen=True)
class MethodEvent(Event):
    """What events of a kept card carry."""

    aggregate: ClassVar[str] = "saved_method"
    saved_method_id: UUID
    owner_id: UUID


@dataclass(frozen=True)
class MethodSaved(MethodEvent):
    """A card is kept, and can pay while its owner is away."""

    name: ClassVar[str] = "method.saved"


@dataclass(frozen=True)
class MethodRemoved(MethodEvent):
    """It is kept no longer."""

    name: ClassVar[str] = "method.removed"


@dataclass(frozen=True)
class ReceivableForgiven(Event):
    """Staff wrote off what a payee owed us; `left` is what they still owe."""

    name: ClassVar[str] = "receivable.forgiven"
    aggregate: ClassVar[str] = "payee"
    payee_id: UUID
    amount: Money
    left: Money
    reason: str = ""


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


@dataclass(frozen=True)
class CircuitOpened(Event):
    """An alarm: a gateway does not answer (or was stopped, `forced`), so new payments go elsewhere."""

    name: ClassVar[str] = "circuit.opened"
    aggregate: ClassVar[str] = "circuit"
    circuit_id: UUID
    gateway: str
    forced: bool
    reason: str


@dataclass(frozen=True)
class CircuitClosed(Event):
    """A gateway answers again (or was let go, `forced`): new payments are made there."""

    name: ClassVar[str] = "circuit.closed"
    aggregate: ClassVar[str] = "circuit"
    circuit_id: UUID
    gateway: str
    forced: bool
