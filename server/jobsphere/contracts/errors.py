"""What offers and contracts refuse."""

from jobsphere.kit.errors import Conflict, Forbidden, InvalidInput


class JobTaken(Conflict):
    """Another offer for this job is accepted, or being accepted."""

    code = "job-taken"
    title = "Somebody else has this job"


class OfferTooLate(Conflict):
    """The offer's time is over; the timer is about to expire it."""

    code = "offer-too-late"
    title = "The time to answer is over"


class OfferAlreadyLive(Conflict):
    """This contractor already has a live offer for this job; withdraw it to send another."""

    code = "offer-already-live"
    title = "There is already an offer to this contractor"


class OfferBeingAccepted(Conflict):
    """The job's offer is accepted or just being accepted, so the job cannot end by itself; cancel the contract."""

    code = "offer-being-accepted"
    title = "An offer for this job is being accepted"


class ContractIsHeld(Conflict):
    """An administrator holds this contract's money until a question is settled."""

    code = "contract-held"
    title = "The money of this contract is on hold"


class MilestoneUnfunded(Conflict):
    """The customer has not paid this milestone in yet, so its work does not start; ask them to fund it first."""

    code = "milestone-unfunded"
    title = "This milestone is not paid in yet"


class ChangeOrderOpen(Conflict):
    """A contract has one open change order at a time; answer or withdraw it to propose another."""

    code = "change-order-open"
    title = "Another change is open"


class ChangeOrderStale(Conflict):
    """The contract has changed since this was proposed, so it does not fit any more; propose it anew."""

    code = "change-order-stale"
    title = "The contract has changed meanwhile"


class TooLateToTip(Conflict):
    """Some weeks after a contract was completed no tip is taken any more; thank in the conversation instead."""

    code = "too-late-to-tip"
    title = "It is too late for a tip"


class TooLateToClaim(Conflict):
    """Some weeks after a contract was completed no expense is taken any more; agree on it with the customer."""

    code = "too-late-to-claim"
    title = "It is too late to claim an expense"


class ByTheHour(Conflict):
    """This contract is paid by the hour: its weeks start, close and are released by themselves. Log time, dispute the
    hours of a week, or end the contract.
    """

    code = "by-the-hour"
    title = "This contract is paid by the hour"


class TimeOverlaps(Conflict):
    """The contractor has logged time then already, on this contract or another one; change one of the two."""

    code = "time-overlaps"
    title = "Other time is logged then"


class NothingToComplete(Conflict):
    """Nothing was submitted, so there is nothing to approve yet."""

    code = "nothing-to-complete"
    title = "Nothing was handed in yet"


class RefundAlreadyRequested(Conflict):
    """There is an open refund request for this milestone; withdraw it to make another."""

    code = "refund-already-requested"
    title = "A refund was already requested"


class WorkStarted(Conflict):
    """Milestones are fixed once work has started."""

    code = "work-started"
    title = "Work has started"


class TimeEntryBilled(Conflict):
    """This time is part of a milestone that was released; the record stays."""

    code = "time-entry-billed"
    title = "This time was already billed"


class WrongParty(Forbidden):
    """This is for the other party of the deal to do."""

    code = "wrong-party"
    title = "This is not yours to do"


class InvalidOffer(InvalidInput):
    """The offer's terms contradict themselves; `errors` names the fields and the remedy."""

    code = "invalid-offer"
    title = "Please correct the marked fields of the offer"


class HoldUnchanged(Conflict):
    """The contract is on hold already, or is not on hold."""

    code = "hold-unchanged"
    title = "The hold is as it was"
