"""What other apps and the API may know of plans and tiers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.payments.types import RequiredAction
from jobsphere.plans.rules.dates import BillingCycle
from jobsphere.plans.rules.lifecycle import Audience, PeriodKind, PeriodStatus, SubscriptionStatus
from jobsphere.plans.rules.tiers import Progress
from jobsphere.users.types import Person

__all__ = [
    "Audience",
    "BillingCycle",
    "FeesView",
    "LoyaltyView",
    "PeriodKind",
    "PeriodStatus",
    "PeriodView",
    "PlanFigures",
    "PlanView",
    "Progress",
    "SubscriptionStatus",
    "SubscriptionView",
    "TierView",
    "VersionView",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """What a plan is from a moment on."""

    number: int
    name: str
    words: str
    tier: str
    price: Money
    trial_days: int
    valid_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan as people compare it. Shares are basis points of both fees together, on an ordinary offer.

    `coming` is another price that holds from some day on. `pay_now` is what the viewer would pay for it now where they
    have another plan; None: it holds from their next period on.
    """

    id: UUID
    audience: Audience
    every: BillingCycle
    name: str
    words: str
    tier: str
    price: Money
    trial_days: int
    share: int
    usual_share: int
    coming: VersionView | None
    is_mine: bool
    pay_now: Money | None
    closed_at: datetime | None
    versions: tuple[VersionView, ...] = ()
    subscribers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """One period and its payment; `action`: what the owner's bank asks, while it does."""

    id: UUID
    number: int
    kind: PeriodKind
    status: PeriodStatus
    plan: str
    starts_at: datetime
    ends_at: datetime
    price: Money
    credit: Money
    amount: Money
    refunded: Money
    payment_id: UUID | None
    paid_at: datetime | None
    next_try_at: datetime | None
    pay_until: datetime | None
    reason: str
    action: RequiredAction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionView:
    """A person's plan. `next_payment` is asked for at `next_payment_at`; None: nothing more is charged."""

    id: UUID
    owner: Person
    audience: Audience
    status: SubscriptionStatus
    plan_id: UUID
    plan: str
    tier: str
    every: BillingCycle
    price: Money
    ends_at: datetime | None
    is_trial: bool
    cancels_at_end: bool
    next_plan: str
    next_plan_id: UUID | None
    next_payment: Money | None
    next_payment_at: datetime | None
    card: str
    method_id: UUID | None
    periods: tuple[PeriodView, ...]
    reason: str
    created_at: datetime
    closed_at: datetime | None
    allowed_actions: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierView:
    """A loyalty tier, what it asks for, and the share that both fees take then, in basis points."""

    id: UUID
    audience: str
    name: str
    tier: str
    rank: int
    volume: Money | None
    contracts: int | None
    closed_at: datetime | None
    share: int
    usual_share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoyaltyView:
    """Where a person stands, by what they did in twelve months, and how far the next tier is."""

    audience: str
    tier: str
    fee_tier: str
    since: datetime | None
    leaves_at: datetime | None
    volume: tuple[Money, ...]
    contracts: int
    next_tier: TierView | None
    progress: tuple[Progress, ...]
    tiers: tuple[TierView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeesView:
    """What an offer of an amount would bear now, and why; `usual_payout` is without any plan or tier."""

    amount: Money
    platform_fee: Money
    service_fee: Money
    payout: Money
    usual_payout: Money
    policy: str
    reason: str
    reason_name: str
    share: int
    usual_share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """Subscriptions at a glance; revenue is what the books have of the last thirty days, less what went back."""

    active: int
    trials: int
    past_due: int
    cancelling: int
    lapsed: int
    revenue: tuple[Money, ...]
