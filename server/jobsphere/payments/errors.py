"""What payments refuse."""

from datetime import datetime

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


class PaymentIsDisputed(Conflict):
    """The payer's bank is taking this payment back, so nothing more is refunded until it has decided."""

    code = "payment-disputed"
    title = "The bank has taken this payment back"


class EvidenceNotPossible(Conflict):
    """The gateway of this chargeback takes no evidence here; answer at its own site."""

    code = "evidence-not-possible"
    title = "This gateway takes no evidence here"


class NothingOwed(Conflict):
    """The person owes less than that. Nothing was changed."""

    code = "nothing-owed"
    title = "This is more than is owed"

    def __init__(self, *, owed: Money, asked: Money) -> None:
        super().__init__(
            f"{asked} was to be written off, but {owed} is owed.", owed=owed.to_json(), asked=asked.to_json()
        )


class PayoutsWithheld(Conflict):
    """Withdrawals wait for something that we must know of you first; the detail says what. Your money stays yours."""

    code = "payouts-withheld"
    title = "Your withdrawals wait for your details"


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


class BankCoolingOff(Conflict):
    """Your bank account has just changed. So that nobody else empties your wallet, withdrawals wait for some days."""

    code = "bank-cooling-off"
    title = "Your bank account has just changed"

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"Withdrawals are open again at {until:%d %B %Y %H:%M} UTC. If it was not you, write to us at once.",
            until=until.isoformat(),
        )


class InstantNotAvailable(Conflict):
    """This withdrawal cannot be there in minutes: choose the standard speed."""

    code = "instant-not-available"
    title = "An instant withdrawal is not possible"


class PayoutFeeChanged(Conflict):
    """The fee is not the one you were shown. Nothing was withdrawn: look at the new one and decide again."""

    code = "payout-fee-changed"
    title = "The fee has changed"

    def __init__(self, fee: Money) -> None:
        super().__init__(f"The fee for this withdrawal is {fee}.", fee=fee.to_json())


class PayoutsNotCovered(Conflict):
    """The marketplace cannot send this amount just now. It has been told; nothing has left your wallet."""

    code = "payouts-not-covered"
    title = "We cannot send this just now"

    def __init__(self, amount: Money) -> None:
        super().__init__("The marketplace has to move money first. It has been told; try again later.")
        self.amount = amount


class PayoutCodeRefused(Conflict):
    """The gateway did not let this payout go on. Nothing was changed; what it said is in the detail."""

    code = "payout-code-refused"
    title = "The gateway refused"


class CurrencyNotPaidOut(Conflict):
    """None of the accounts that you have connected takes this currency."""

    code = "currency-not-paid-out"
    title = "Your bank account does not take this currency"


class NothingLeftToClear(Conflict):
    """This money has cleared already, or was taken back."""

    code = "nothing-left-to-clear"
    title = "Nothing of it is left to clear"


class GatewayNotConfigured(NotFound):
    """This marketplace does not use that payment gateway."""

    code = "gateway-not-configured"
    title = "This payment gateway is not configured"


class GatewayNotAnswering(Exception):
    """The gateway could not be asked just now: the queue tries again. Never reaches a person."""
