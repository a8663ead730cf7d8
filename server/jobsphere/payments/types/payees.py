"""What other apps may know of payees, their earnings and their withdrawals."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.kit import clock
from jobsphere.kit.money import Money
from jobsphere.payments.rules import (
    PayoutSchedule,
    PayoutSpeed,
    PayoutStatus,
)
from jobsphere.payments.types.payments import Described


@dataclass(frozen=True, slots=True)
class PayoutView:
    """A withdrawal to the payee's bank. `returning`: it failed, and is on its way back into the wallet."""

    id: UUID
    payee_id: UUID
    amount: Money
    status: PayoutStatus
    created_at: datetime
    gateway: str = ""
    automatic: bool = False
    speed: PayoutSpeed = PayoutSpeed.STANDARD
    fee: Money | None = None
    #: It waits for a person at the marketplace, who gives the gateway a code.
    needs_otp: bool = False
    returning: bool = False
    arrives_at: datetime | None = None
    completed_at: datetime | None = None
    failure_code: str = ""
    failure_message: str = ""


@dataclass(frozen=True, slots=True)
class PayeeView:
    """Whether a person can be paid out, and what the gateway still wants to know from them."""

    user_id: UUID
    gateway: str
    connected: bool = False
    payouts_enabled: bool = False
    currently_due: tuple[str, ...] = ()
    disabled_reason: str = ""
    account_id: UUID | None = None
    country: str = ""
    past_due: tuple[str, ...] = ()
    #: Until when what is due must be told, or the gate closes.
    due_by: datetime | None = None
    bank_name: str = ""
    bank_last4: str = ""
    bank_changed_at: datetime | None = None
    cooling_until: datetime | None = None
    instant_available: bool = False
    #: How the payee tells the gateway where to pay: "hosted" on its page, or "bank" in a form of ours.
    form: str = "hosted"
    onboarding_url: str = ""
    onboarding_expires_at: datetime | None = None
    #: The gateway has been asked and has not answered yet.
    pending: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether the gateway's gate is open."""
        return self.payouts_enabled and not self.currently_due

    @property
    def can_withdraw(self) -> bool:
        return self.is_open and not self.is_cooling

    @property
    def is_cooling(self) -> bool:
        """Say whether nothing is withdrawn because the bank account has changed."""
        return self.cooling_until is not None and self.cooling_until > clock.now()


@dataclass(frozen=True, slots=True)
class PayoutPlan:
    """When a payee's money goes out, and the smallest amounts that are worth it to them."""

    schedule: PayoutSchedule = PayoutSchedule.MANUAL
    #: Of a weekly schedule: 0 is Monday.
    weekday: int = 0
    minimums: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class LotView:
    """Earned money that still clears. `reason` in words says why, `clears_at` until when."""

    id: UUID
    payee_id: UUID
    amount: Money
    left: Money
    clears_at: datetime
    earned_at: datetime
    reason: str
    reason_code: str
    level: str
    source_type: str
    source_id: UUID
    about: Described | None = None


@dataclass(frozen=True, slots=True)
class InstantOffer:
    """Whether a currency can be withdrawn in minutes, and what that costs."""

    available: bool
    basis_points: int
    minimum: Money
    #: Why not, in words.
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawalQuote:
    """What withdrawing an amount costs, what arrives and when: for nothing in some days, or in minutes for a fee."""

    amount: Money
    minimum: Money
    standard_at: datetime
    instant: InstantOffer
    instant_fee: Money
    instant_arriving: Money
    instant_at: datetime


@dataclass(frozen=True, slots=True)
class Covered:
    """The part of a payment that a payout has brought to the payee's bank."""

    payout_id: UUID
    amount: Money
    payout_total: Money
