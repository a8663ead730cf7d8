"""When an expense may be claimed, under which cap, and where it stands (ADR 0030). Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from jobsphere.contracts.rules.lifecycles import ADMIN, CONTRACTOR, CUSTOMER, SYSTEM
from jobsphere.kit.errors import FieldError
from jobsphere.kit.lifecycle import Lifecycle, step
from jobsphere.kit.money import Money, total

#: How long after a contract is completed a contractor may still hand in what it has cost them.
TIME_TO_CLAIM = timedelta(days=30)
#: How long the customer has to answer; two days before the end they are reminded.
TIME_TO_ANSWER = timedelta(days=7)
REMINDER_BEFORE = timedelta(days=2)
MAX_RECEIPTS = 5


class ExpenseStatus(StrEnum):
    """Where an expense stands."""

    #: The customer has still to pay it, or to say why not.
    CLAIMED = "claimed"
    #: In the contractor's wallet.
    PAID = "paid"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    #: Nobody answered in time; it may be claimed again.
    LAPSED = "lapsed"


_S = ExpenseStatus
EXPENSE = Lifecycle(
    {
        # Approving it is paying it.
        (_S.CLAIMED, "fund"): step(_S.CLAIMED, CUSTOMER),
        (_S.CLAIMED, "capture"): step(_S.PAID, SYSTEM),
        (_S.CLAIMED, "decline"): step(_S.DECLINED, CUSTOMER),
        (_S.CLAIMED, "withdraw"): step(_S.WITHDRAWN, CONTRACTOR),
        (_S.CLAIMED, "lapse"): step(_S.LAPSED, SYSTEM),
        # Only staff, or the customer's bank, take it back.
        (_S.PAID, "refund"): step(_S.PAID, ADMIN),
    }
)
#: What counts against the cap.
UNDER_THE_CAP = (ExpenseStatus.CLAIMED, ExpenseStatus.PAID)


def may_claim(completed_at: datetime | None, *, now: datetime) -> bool:
    """Say whether it is not too late to claim; a contract that is not completed yet leaves time."""
    return completed_at is None or now <= completed_at + TIME_TO_CLAIM


def room_under(cap: Money, counted: Iterable[Money]) -> Money:
    """Return what may still be claimed."""
    return cap - total(counted, cap.currency)


def problem_of(amount: Money, *, room: Money, spent_on: date, receipts: int, today: date) -> FieldError | None:
    """Return what is wrong with a claim, with a pointer into its body; None when it may be made."""
    if amount.currency != room.currency:
        return FieldError("/amount/currency", "currency", f"This contract is in {room.currency}.")
    if amount.amount > room.amount:
        text = f"The contract leaves {room} for expenses. Propose a change of the cap, then claim the whole of it."
        return FieldError("/amount", "over-the-cap", text)
    if not 1 <= receipts <= MAX_RECEIPTS:
        return FieldError("/file_ids", "receipts", f"Add the receipt: 1 to {MAX_RECEIPTS} photos or files.")
    if spent_on > today:
        return FieldError("/spent_on", "future", "Claim what was already spent.")
    return None
