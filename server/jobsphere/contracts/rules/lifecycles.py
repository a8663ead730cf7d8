"""Which status follows which action, and who may act (DESIGN §5). The screens draw their buttons from these tables."""

from enum import StrEnum

from jobsphere.kit.lifecycle import Lifecycle, step

CUSTOMER = "customer"
CONTRACTOR = "contractor"
ADMIN = "admin"
#: Timers, the gateway's outcomes, and what follows from another object's change.
SYSTEM = "system"
PARTIES = (CUSTOMER, CONTRACTOR, ADMIN, SYSTEM)


class OfferStatus(StrEnum):
    """Where an offer stands."""

    #: Sent by the customer; the card is not authorised yet, so the contractor does not see it.
    AWAITING_PAYMENT = "awaiting_payment"
    #: The money is reserved; the contractor may answer.
    PENDING = "pending"
    #: The contractor said yes and the money is being captured (ADR 0005). Only one offer of a job can be here.
    ACCEPTING = "accepting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DECLINED_BY_GATEWAY = "declined_by_gateway"


OFFER = Lifecycle(
    {
        # The customer finishes 3-D Secure or tries another card; the outcome arrives as `authorize` or `decline`.
        (OfferStatus.AWAITING_PAYMENT, "pay"): step(OfferStatus.AWAITING_PAYMENT, CUSTOMER),
        (OfferStatus.AWAITING_PAYMENT, "authorize"): step(OfferStatus.PENDING, SYSTEM),
        (OfferStatus.AWAITING_PAYMENT, "decline"): step(OfferStatus.DECLINED_BY_GATEWAY, SYSTEM),
        (OfferStatus.AWAITING_PAYMENT, "withdraw"): step(OfferStatus.WITHDRAWN, CUSTOMER, ADMIN, SYSTEM),
        (OfferStatus.AWAITING_PAYMENT, "expire"): step(OfferStatus.EXPIRED, SYSTEM),
        (OfferStatus.PENDING, "accept"): step(OfferStatus.ACCEPTING, CONTRACTOR),
        (OfferStatus.PENDING, "reject"): step(OfferStatus.REJECTED, CONTRACTOR),
        (OfferStatus.PENDING, "withdraw"): step(OfferStatus.WITHDRAWN, CUSTOMER, ADMIN, SYSTEM),
        (OfferStatus.PENDING, "expire"): step(OfferStatus.EXPIRED, SYSTEM),
        (OfferStatus.PENDING, "decline"): step(OfferStatus.DECLINED_BY_GATEWAY, SYSTEM),
        (OfferStatus.ACCEPTING, "capture"): step(OfferStatus.ACCEPTED, SYSTEM),
        (OfferStatus.ACCEPTING, "decline"): step(OfferStatus.DECLINED_BY_GATEWAY, SYSTEM),
        # The money came, but the job had gone: the payment is refunded.
        (OfferStatus.ACCEPTING, "give_up"): step(OfferStatus.WITHDRAWN, SYSTEM),
    }
)
#: An offer that may still become a contract.
LIVE_OFFERS = (OfferStatus.AWAITING_PAYMENT, OfferStatus.PENDING, OfferStatus.ACCEPTING)
#: A job has at most one of these; the database refuses a second.
TAKEN_OFFERS = (OfferStatus.ACCEPTING, OfferStatus.ACCEPTED)
#: Offers that somebody else's success, or the job's end, closes.
OPEN_OFFERS = (OfferStatus.AWAITING_PAYMENT, OfferStatus.PENDING)


class ContractStatus(StrEnum):
    """Where a contract stands."""

    ACTIVE = "active"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


CONTRACT = Lifecycle(
    {
        # The contractor hands in everything; the customer approves everything that was handed in.
        (ContractStatus.ACTIVE, "deliver"): step(ContractStatus.ACTIVE, CONTRACTOR),
        (ContractStatus.ACTIVE, "complete"): step(ContractStatus.COMPLETED, CUSTOMER, SYSTEM),
        (ContractStatus.ACTIVE, "cancel"): step(ContractStatus.CANCELLED, CUSTOMER, CONTRACTOR, ADMIN, SYSTEM),
        # Titles and dates of milestones, until work starts.
        (ContractStatus.ACTIVE, "update"): step(ContractStatus.ACTIVE, CUSTOMER),
        # What both agree to change of it while it runs (rules.changes).
        (ContractStatus.ACTIVE, "propose_change"): step(ContractStatus.ACTIVE, CUSTOMER, CONTRACTOR),
        # For some time also after the end (rules.tips).
        (ContractStatus.ACTIVE, "tip"): step(ContractStatus.ACTIVE, CUSTOMER),
        (ContractStatus.COMPLETED, "tip"): step(ContractStatus.COMPLETED, CUSTOMER),
        # Under the cap of the contract; for some time also after the end (rules.expenses).
        (ContractStatus.ACTIVE, "claim_expense"): step(ContractStatus.ACTIVE, CONTRACTOR),
        (ContractStatus.COMPLETED, "claim_expense"): step(ContractStatus.COMPLETED, CONTRACTOR),
        # By the clock: a timer that it stops.
        (ContractStatus.ACTIVE, "log_time"): step(ContractStatus.ACTIVE, CONTRACTOR, SYSTEM),
        (ContractStatus.ACTIVE, "hold"): step(ContractStatus.ACTIVE, ADMIN),
        (ContractStatus.ACTIVE, "resume"): step(ContractStatus.ACTIVE, ADMIN),
    }
)
#: What a hold forbids: whatever moves the money.
FROZEN_ACTIONS = frozenset(
    {"fund", "change", "tip", "complete", "cancel", "release", "refund", "request_refund", "agree"}
)
#: What the two do not do by hand where the clock makes the weeks (ADR 0033): the hours app does, or nobody.
ACTIONS_OF_THE_CLOCK = frozenset(
    {"cancel", "change", "complete", "deliver", "propose_change", "request_changes", "start", "submit", "update"}
)


class MilestoneStatus(StrEnum):
    """Where a milestone stands."""

    #: Part of an offer that is not accepted; or of a contract, and not paid in yet (ADR 0030).
    PENDING = "pending"
    FUNDED = "funded"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    RELEASED = "released"
    REFUNDED = "refunded"
    #: Never paid in: taken out of the contract by agreement, or the contract ended before.
    REMOVED = "removed"


MILESTONE = Lifecycle(
    {
        # The customer pays it in; the outcome arrives as `capture`.
        (MilestoneStatus.PENDING, "fund"): step(MilestoneStatus.PENDING, CUSTOMER),
        (MilestoneStatus.PENDING, "capture"): step(MilestoneStatus.FUNDED, SYSTEM),
        (MilestoneStatus.PENDING, "remove"): step(MilestoneStatus.REMOVED, SYSTEM),
        (MilestoneStatus.FUNDED, "start"): step(MilestoneStatus.IN_PROGRESS, CONTRACTOR),
        (MilestoneStatus.IN_PROGRESS, "submit"): step(MilestoneStatus.SUBMITTED, CONTRACTOR),
        (MilestoneStatus.CHANGES_REQUESTED, "submit"): step(MilestoneStatus.SUBMITTED, CONTRACTOR),
        (MilestoneStatus.SUBMITTED, "request_changes"): step(MilestoneStatus.CHANGES_REQUESTED, CUSTOMER),
        (MilestoneStatus.SUBMITTED, "release"): step(MilestoneStatus.RELEASED, CUSTOMER, ADMIN, SYSTEM),
        (MilestoneStatus.IN_PROGRESS, "release"): step(MilestoneStatus.RELEASED, ADMIN),
        (MilestoneStatus.CHANGES_REQUESTED, "release"): step(MilestoneStatus.RELEASED, ADMIN),
        # A cancelled contract pays for what was earned of it.
        (MilestoneStatus.FUNDED, "settle"): step(MilestoneStatus.RELEASED, SYSTEM),
        (MilestoneStatus.IN_PROGRESS, "settle"): step(MilestoneStatus.RELEASED, SYSTEM),
        (MilestoneStatus.SUBMITTED, "settle"): step(MilestoneStatus.RELEASED, SYSTEM),
        (MilestoneStatus.CHANGES_REQUESTED, "settle"): step(MilestoneStatus.RELEASED, SYSTEM),
        # The contractor may always give money back; the customer asks for it; an admin decides.
        **{
            (status, "refund"): step(MilestoneStatus.REFUNDED, CONTRACTOR, ADMIN, SYSTEM)
            for status in (
                MilestoneStatus.FUNDED,
                MilestoneStatus.IN_PROGRESS,
                MilestoneStatus.SUBMITTED,
                MilestoneStatus.CHANGES_REQUESTED,
            )
        },
        # Also after its release: then the contractor gives what they got, or owes it, and it stays released.
        (MilestoneStatus.RELEASED, "refund"): step(MilestoneStatus.RELEASED, CONTRACTOR, ADMIN),
        **{
            (status, "request_refund"): step(status, CUSTOMER)
            for status in (
                MilestoneStatus.FUNDED,
                MilestoneStatus.IN_PROGRESS,
                MilestoneStatus.SUBMITTED,
                MilestoneStatus.CHANGES_REQUESTED,
            )
        },
    }
)
#: Milestones for which nothing was taken: they have no hold.
UNPAID_MILESTONES = (MilestoneStatus.PENDING, MilestoneStatus.REMOVED)
#: Milestones whose money is still protected.
HELD_MILESTONES = (
    MilestoneStatus.FUNDED,
    MilestoneStatus.IN_PROGRESS,
    MilestoneStatus.SUBMITTED,
    MilestoneStatus.CHANGES_REQUESTED,
)
#: Milestones on which work was begun.
STARTED_MILESTONES = (
    MilestoneStatus.IN_PROGRESS,
    MilestoneStatus.SUBMITTED,
    MilestoneStatus.CHANGES_REQUESTED,
    MilestoneStatus.RELEASED,
)


class RefundRequestStatus(StrEnum):
    """Where a customer's wish for money back stands."""

    REQUESTED = "requested"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


REFUND_REQUEST = Lifecycle(
    {
        (RefundRequestStatus.REQUESTED, "agree"): step(RefundRequestStatus.AGREED, CONTRACTOR),
        (RefundRequestStatus.REQUESTED, "decline"): step(RefundRequestStatus.DECLINED, CONTRACTOR),
        # Also when the milestone was released or refunded meanwhile.
        (RefundRequestStatus.REQUESTED, "withdraw"): step(RefundRequestStatus.WITHDRAWN, CUSTOMER, SYSTEM),
    }
)
