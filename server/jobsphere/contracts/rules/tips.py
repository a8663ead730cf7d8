"""When a tip may be given, and where it stands (ADR 0030). Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from jobsphere.contracts.rules.lifecycles import ADMIN, CUSTOMER, SYSTEM
from jobsphere.kit.lifecycle import Lifecycle, step

#: How long after a contract is completed a customer may still thank.
TIME_TO_TIP = timedelta(days=60)


class TipStatus(StrEnum):
    """Where a tip stands."""

    AWAITING_PAYMENT = "awaiting_payment"
    #: In the contractor's wallet.
    PAID = "paid"
    #: Never paid: another amount was chosen.
    WITHDRAWN = "withdrawn"


_S = TipStatus
TIP = Lifecycle(
    {
        (_S.AWAITING_PAYMENT, "fund"): step(_S.AWAITING_PAYMENT, CUSTOMER),
        (_S.AWAITING_PAYMENT, "capture"): step(_S.PAID, SYSTEM),
        (_S.AWAITING_PAYMENT, "withdraw"): step(_S.WITHDRAWN, CUSTOMER),
        # Only staff, or the customer's bank, take a tip back.
        (_S.PAID, "refund"): step(_S.PAID, ADMIN),
    }
)


def may_tip(completed_at: datetime | None, *, now: datetime) -> bool:
    """Say whether it is not too late to tip; a contract that is not completed yet leaves time."""
    return completed_at is None or now <= completed_at + TIME_TO_TIP
