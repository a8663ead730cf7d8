"""Facts about offers, contracts and milestones."""

from dataclasses import dataclass
from datetime import date, datetime
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
    """The customer wrote an offer; its payment is on the way. A booking says when it takes place."""

    name: ClassVar[str] = "offer.created"
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class OfferSent(OfferEvent):
    """The money is reserved and the contractor sees the offer."""

    name: ClassVar[str] = "offer.sent"
    #: What is reserved of `amount`; None on events from before there were shapes of funding: all of it.
    reserved: Money | None = None


@dataclass(frozen=True)
class OfferAccepting(OfferEvent):
    """The contractor said yes; the money is being captured."""

    name: ClassVar[str] = "offer.accepting"


@dataclass(frozen=True)
class OfferAccepted(OfferEvent):
    """The money was captured and is protected; there is a contract."""

    name: ClassVar[str] = "offer.accepted"
    contract_id: UUID
    #: What was captured of `amount`; None on events from before there were shapes of funding: all of it.
    paid: Money | None = None


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
class MilestoneFunded(MilestoneEvent):
    """The customer has paid it in after the contract began: `amount` is protected, and its work may start."""

    name: ClassVar[str] = "milestone.funded"
    payment_id: UUID


@dataclass(frozen=True)
class FundingReminder(MilestoneEvent):
    """A milestone is to be paid in: by `fund_by`, or (None) because the one before it was handed in."""

    name: ClassVar[str] = "milestone.funding_reminder"
    fund_by: date | None = None


@dataclass(frozen=True)
class MilestoneRemoved(MilestoneEvent):
    """It was never paid in, and is no part of the contract any more."""

    name: ClassVar[str] = "milestone.removed"


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
    #: Set when it had been released: what was taken from the contractor, and what they owe the marketplace now.
    taken: Money | None = None
    owed: Money | None = None


@dataclass(frozen=True)
class MilestoneChargedBack(MilestoneEvent):
    """The customer's bank has taken money of it for good; `closed`: it was protected, and nothing is left."""

    name: ClassVar[str] = "milestone.charged_back"
    lost: Money
    closed: bool
    #: What was taken from the contractor for it, and what they owe the marketplace now.
    taken: Money
    owed: Money


@dataclass(frozen=True)
class TimeDisputed(MilestoneEvent):
    """The customer does not agree to hours of a week (`week_id`, its milestone): `amount` waits for people or staff."""

    name: ClassVar[str] = "milestone.time_disputed"
    week_id: UUID
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


@dataclass(frozen=True)
class ChangeOrderEvent(ContractEvent):
    """What every event of a change order carries: `pay` and `back` are moved when it is applied."""

    change_order_id: UUID
    #: The party: customer or contractor.
    proposed_by: str
    reason: str
    pay: Money
    back: Money


@dataclass(frozen=True)
class ChangeOrderProposed(ChangeOrderEvent):
    """One side wants to change the contract; the other answers."""

    name: ClassVar[str] = "contract.change_proposed"


@dataclass(frozen=True)
class ChangeOrderAgreed(ChangeOrderEvent):
    """Both agree; it is applied once `pay`, if any, is held."""

    name: ClassVar[str] = "contract.change_agreed"


@dataclass(frozen=True)
class ChangeOrderApplied(ChangeOrderEvent):
    """The contract has changed."""

    name: ClassVar[str] = "contract.change_applied"


@dataclass(frozen=True)
class ChangeOrderClosed(ChangeOrderEvent):
    """It came to nothing: declined, withdrawn or expired (`status`); the contract stays as it was."""

    name: ClassVar[str] = "contract.change_closed"
    status: str


@dataclass(frozen=True)
class TipPaid(ContractEvent):
    """A tip is in the contractor's wallet, all of it; no work was approved, and no fee was taken."""

    name: ClassVar[str] = "contract.tip_paid"
    tip_id: UUID
    amount: Money
    message: str


@dataclass(frozen=True)
class TipRefunded(ContractEvent):
    """Staff have given a tip back to the customer."""

    name: ClassVar[str] = "contract.tip_refunded"
    tip_id: UUID
    refunded: Money
    reason: str


@dataclass(frozen=True)
class ExpenseEvent(ContractEvent):
    """What every event of an expense carries: what was bought, and what is claimed for it."""

    expense_id: UUID
    what: str
    amount: Money


@dataclass(frozen=True)
class ExpenseClaimed(ExpenseEvent):
    """The contractor claims what they laid out, with a receipt."""

    name: ClassVar[str] = "contract.expense_claimed"


@dataclass(frozen=True)
class ExpenseReminder(ExpenseEvent):
    """Without an answer the claim is about to lapse."""

    name: ClassVar[str] = "contract.expense_reminder"


@dataclass(frozen=True)
class ExpensePaid(ExpenseEvent):
    """It is in the contractor's wallet, all of it; no fee was taken."""

    name: ClassVar[str] = "contract.expense_paid"


@dataclass(frozen=True)
class ExpenseClosed(ExpenseEvent):
    """It is not paid: declined, withdrawn or lapsed (`status`)."""

    name: ClassVar[str] = "contract.expense_closed"
    status: str
    reason: str


@dataclass(frozen=True)
class ExpenseRefunded(ContractEvent):
    """Staff have given an expense back to the customer."""

    name: ClassVar[str] = "contract.expense_refunded"
    expense_id: UUID
    refunded: Money
    reason: str
