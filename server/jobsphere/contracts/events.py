"""Facts about offers, contracts and milestones."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class OfferEvent(Event):
    """What every offer event carries. `seen`: the contractor had got to see the offer."""

    aggregate: ClassVar[str] = "offer"
    offer_id: UUID
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID
    title: str
    amount: Money
    seen: bool


@dataclass(frozen=True)
class OfferCreated(OfferEvent):
    """The customer wrote an offer; its payment is on the way."""

    name: ClassVar[str] = "offer.created"


@dataclass(frozen=True)
class OfferSent(OfferEvent):
    """The money is reserved and the contractor sees the offer."""

    name: ClassVar[str] = "offer.sent"


@dataclass(frozen=True)
class OfferAccepting(OfferEvent):
    """The contractor said yes; the money is being captured."""

    name: ClassVar[str] = "offer.accepting"


@dataclass(frozen=True)
class OfferAccepted(OfferEvent):
    """The money was captured and is protected; there is a contract."""

    name: ClassVar[str] = "offer.accepted"
    contract_id: UUID


@dataclass(frozen=True)
class OfferRejected(OfferEvent):
    """The contractor said no; the reserved money is given back."""

    name: ClassVar[str] = "offer.rejected"
    reason: str = ""


@dataclass(frozen=True)
class OfferWithdrawn(OfferEvent):
    """The customer took it back, or the job went to somebody else, or ended."""

    name: ClassVar[str] = "offer.withdrawn"
    reason: str = ""


@dataclass(frozen=True)
class OfferExpired(OfferEvent):
    """Nobody answered in time."""

    name: ClassVar[str] = "offer.expired"


@dataclass(frozen=True)
class OfferDeclined(OfferEvent):
    """The gateway refused the payment, when it was reserved or when it was captured."""

    name: ClassVar[str] = "offer.declined_by_gateway"
    reason: str = ""


@dataclass(frozen=True)
class ContractEvent(Event):
    """What every contract event carries."""

    aggregate: ClassVar[str] = "contract"
    contract_id: UUID
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID
    title: str


@dataclass(frozen=True)
class ContractStarted(ContractEvent):
    """An accepted offer made a contract, with its money protected."""

    name: ClassVar[str] = "contract.started"
    amount: Money


@dataclass(frozen=True)
class ContractCompleted(ContractEvent):
    """Nothing is left to do and something was paid."""

    name: ClassVar[str] = "contract.completed"


@dataclass(frozen=True)
class ContractCancelled(ContractEvent):
    """The contract ended early: what went back to the customer, and what the contractor had earned of the rest."""

    name: ClassVar[str] = "contract.cancelled"
    #: The party that cancelled; "system" when the last milestone was refunded.
    by: str
    reason: str
    refunded: Money
    paid_out: Money


@dataclass(frozen=True)
class ContractHeld(ContractEvent):
    """An administrator stopped its money."""

    name: ClassVar[str] = "contract.held"
    reason: str


@dataclass(frozen=True)
class ContractResumed(ContractEvent):
    """Its money may move again."""

    name: ClassVar[str] = "contract.resumed"
    reason: str


@dataclass(frozen=True)
class ReleaseReminder(ContractEvent):
    """Work waits for the customer's answer; silence releases its money at `release_at`."""

    name: ClassVar[str] = "contract.release_reminder"
    milestone_id: UUID
    milestone_title: str
    release_at: datetime


@dataclass(frozen=True)
class MilestoneEvent(Event):
    """What every milestone event carries; `title` is the milestone's."""

    aggregate: ClassVar[str] = "milestone"
    milestone_id: UUID
    contract_id: UUID
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID
    title: str
    amount: Money


@dataclass(frozen=True)
class MilestoneStarted(MilestoneEvent):
    """The contractor began."""

    name: ClassVar[str] = "milestone.started"


@dataclass(frozen=True)
class WorkSubmitted(MilestoneEvent):
    """The contractor handed work in; without an answer it is released at `release_at`."""

    name: ClassVar[str] = "milestone.submitted"
    release_at: datetime


@dataclass(frozen=True)
class ChangesRequested(MilestoneEvent):
    """The customer wants something done differently."""

    name: ClassVar[str] = "milestone.changes_requested"
    reason: str


@dataclass(frozen=True)
class MilestoneReleased(MilestoneEvent):
    """Its money is in the contractor's wallet: `payout`, after `service_fee`. `by`: who approved (system: silence)."""

    name: ClassVar[str] = "milestone.released"
    payout: Money
    service_fee: Money
    by: str


@dataclass(frozen=True)
class MilestoneRefunded(MilestoneEvent):
    """Some or all (`closed`) of its money goes back to the customer."""

    name: ClassVar[str] = "milestone.refunded"
    refunded: Money
    closed: bool
    by: str
    reason: str


@dataclass(frozen=True)
class RefundAsked(MilestoneEvent):
    """The customer asks for money back."""

    name: ClassVar[str] = "milestone.refund_asked"
    wanted: Money
    reason: str


@dataclass(frozen=True)
class RefundDeclined(MilestoneEvent):
    """The contractor does not agree to give money back."""

    name: ClassVar[str] = "milestone.refund_declined"
    wanted: Money
    reason: str
