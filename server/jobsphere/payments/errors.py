"""What payments refuse."""

from jobsphere.kit.errors import Conflict, NotFound
from jobsphere.kit.money import Money


class PaymentNotApplicable(Conflict):
    """The payment was not captured, or was applied to something else."""

    code = "payment-not-applicable"
    title = "This payment cannot be used for this"


class RefundTooLarge(Conflict):
    """More than is left of what was taken cannot go back. Nothing was changed."""

    code = "refund-too-large"
    title = "The refund is larger than what is left of the payment"

    def __init__(self, *, available: Money, needed: Money) -> None:
        super().__init__(
            f"{needed} was asked for, but at most {available} can be refunded.",
            available=available.to_json(),
            needed=needed.to_json(),
        )


class PayoutsNotEnabled(Conflict):
    """The payment gateway does not let us pay you yet: complete what it asks for, at /api/payouts/connect."""

    code = "payouts-not-enabled"
    title = "Your payout account is not ready"

    def __init__(self, currently_due: tuple[str, ...] = (), disabled_reason: str = "") -> None:
        super().__init__(
            "Open the link that POST /api/payouts/connect gives you and complete what is missing.",
            currently_due=list(currently_due),
            disabled_reason=disabled_reason,
        )


class GatewayNotConfigured(NotFound):
    """This marketplace does not use that payment gateway."""

    code = "gateway-not-configured"
    title = "This payment gateway is not configured"


class GatewayNotAnswering(Exception):
    """The gateway could not be asked just now: the queue tries again. Never reaches a person."""
