"""What escrow refuses."""

from jobsphere.kit.errors import Conflict
from jobsphere.kit.money import Money


class RefundExceedsHold(Conflict):
    """More was asked back than is still held for the milestone. Nothing was changed."""

    code = "refund-exceeds-hold"
    title = "The refund is larger than what is held"

    def __init__(self, *, available: Money, needed: Money) -> None:
        super().__init__(
            f"{needed} was asked for, but at most {available} is held.",
            available=available.to_json(),
            needed=needed.to_json(),
        )


class FundingMismatch(Conflict):
    """The milestones do not add up to the captured payment. Nothing was changed."""

    code = "funding-mismatch"
    title = "The milestones do not add up to the payment"


class HoldChanged(Conflict):
    """Someone else has just changed what is held. Nothing was changed by this request; look again."""

    code = "hold-changed"
    title = "What is held has just changed"
