"""What the two of an offer or a contract are told at once (realtime.hints)."""

from jobsphere.contracts.events import (
    ChangeOrderAgreed,
    ChangeOrderApplied,
    ChangeOrderClosed,
    ChangeOrderProposed,
    ChangesRequested,
    ContractCancelled,
    ContractCompleted,
    ContractHeld,
    ContractResumed,
    ContractStarted,
    ExpenseClaimed,
    ExpenseClosed,
    ExpensePaid,
    ExpenseRefunded,
    MilestoneChargedBack,
    MilestoneFunded,
    MilestoneRefunded,
    MilestoneReleased,
    MilestoneRemoved,
    MilestoneStarted,
    OfferAccepted,
    OfferAccepting,
    OfferCreated,
    OfferDeclined,
    OfferExpired,
    OfferRejected,
    OfferSent,
    OfferWithdrawn,
    RefundAsked,
    RefundDeclined,
    TipPaid,
    TipRefunded,
    WorkSubmitted,
)
from jobsphere.outbox.types import Event
from jobsphere.realtime import hints
from jobsphere.realtime.hints import Hint

_BOTH = ("customer_id", "contractor_id")
#: Until its money is reserved an offer is the customer's alone, and one that never was stays so.
_UNSEEN = [Hint("offer", "offer_id", ("customer_id",))]
_OFFER = [*_UNSEEN, Hint("offer", "offer_id", ("contractor_id",), when="seen")]
_CONTRACT = [Hint("contract", "contract_id", _BOTH)]
_EARNED = [*_CONTRACT, Hint("wallet", "", ("contractor_id",))]

_ROOM: list[type[Event]] = [
    ContractStarted,
    ContractCompleted,
    ContractCancelled,
    ContractHeld,
    ContractResumed,
    ChangeOrderProposed,
    ChangeOrderAgreed,
    ChangeOrderApplied,
    ChangeOrderClosed,
    ExpenseClaimed,
    ExpenseClosed,
    MilestoneFunded,
    MilestoneRemoved,
    MilestoneStarted,
    WorkSubmitted,
    ChangesRequested,
    RefundAsked,
    RefundDeclined,
]

HINTS: hints.Table = {
    OfferCreated: _UNSEEN,
    OfferDeclined: _UNSEEN,
    OfferSent: [Hint("offer", "offer_id", _BOTH)],
    **dict.fromkeys((OfferAccepting, OfferAccepted, OfferRejected, OfferWithdrawn, OfferExpired), _OFFER),
    **dict.fromkeys(_ROOM, _CONTRACT),
    **dict.fromkeys((MilestoneReleased, MilestoneRefunded, MilestoneChargedBack), _EARNED),
    **dict.fromkeys((TipPaid, TipRefunded, ExpensePaid, ExpenseRefunded), _EARNED),
}

announce = hints.announcer(HINTS, name="contracts.live")
