"""Facts about plans and tiers."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class PlanEvent(Event):
    """What every event of a subscription carries."""

    aggregate: ClassVar[str] = "subscription"
    subscription_id: UUID
    owner_id: UUID
    plan: str


@dataclass(frozen=True)
class PlanStarted(PlanEvent):
    """It holds from now on; `trial`: for nothing until `ends_at`, when `price` is paid."""

    name: ClassVar[str] = "plan.started"
    trial: bool
    ends_at: datetime
    price: Money


@dataclass(frozen=True)
class PlanPaid(PlanEvent):
    """A period was paid; `kind` says why there was one."""

    name: ClassVar[str] = "plan.paid"
    period_id: UUID
    payment_id: UUID
    kind: str
    amount: Money
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class PlanRefused(PlanEvent):
    """The card was refused; it is asked again at `again_at`."""

    name: ClassVar[str] = "plan.refused"
    period_id: UUID
    amount: Money
    reason: str
    again_at: datetime


@dataclass(frozen=True)
class PlanNeedsOwner(PlanEvent):
    """Only its owner can pay it now, until `pay_until`."""

    name: ClassVar[str] = "plan.needs_owner"
    period_id: UUID
    amount: Money
    reason: str
    pay_until: datetime
    renewal: bool


@dataclass(frozen=True)
class PlanLapsed(PlanEvent):
    """It was not paid any more; running contracts keep their fees."""

    name: ClassVar[str] = "plan.lapsed"


@dataclass(frozen=True)
class PlanCancelled(PlanEvent):
    """It is not renewed, and holds until `ends_at`."""

    name: ClassVar[str] = "plan.cancelled"
    ends_at: datetime


@dataclass(frozen=True)
class PlanResumed(PlanEvent):
    """It is renewed after all."""

    name: ClassVar[str] = "plan.resumed"


@dataclass(frozen=True)
class PlanEnded(PlanEvent):
    """It is over. `reason`: cancelled, unpaid, chargeback, refunded, left."""

    name: ClassVar[str] = "plan.ended"
    reason: str


@dataclass(frozen=True)
class PlanChangePlanned(PlanEvent):
    """From the next period on it is another plan; `next_plan` is empty where that was taken back."""

    name: ClassVar[str] = "plan.change_planned"
    next_plan: str
    at: datetime


@dataclass(frozen=True)
class PlanMoneyBack(PlanEvent):
    """What of a period's payment changed hands afterwards."""

    period_id: UUID
    amount: Money


@dataclass(frozen=True)
class PlanRefunded(PlanMoneyBack):
    """A part of a period goes back to the card."""

    name: ClassVar[str] = "plan.refunded"
    reason: str


@dataclass(frozen=True)
class PlanChargedBack(PlanMoneyBack):
    """A bank has taken it back for good."""

    name: ClassVar[str] = "plan.charged_back"


@dataclass(frozen=True)
class PlanRestored(PlanMoneyBack):
    """A bank has given back after all what it had taken."""

    name: ClassVar[str] = "plan.restored"


@dataclass(frozen=True)
class PlanPriceChanged(Event):
    """A plan has another version from `valid_from` on; those who have it are told."""

    name: ClassVar[str] = "plan.price_changed"
    aggregate: ClassVar[str] = "plan"
    plan_id: UUID
    plan: str
    price: Money
    valid_from: datetime


@dataclass(frozen=True)
class TierEvent(Event):
    """What every event of a person's standing carries."""

    aggregate: ClassVar[str] = "standing"
    standing_id: UUID
    owner_id: UUID
    audience: str
    tier: str


@dataclass(frozen=True)
class TierReached(TierEvent):
    """New offers are made at its fees from now on."""

    name: ClassVar[str] = "loyalty.reached"


@dataclass(frozen=True)
class TierLeaving(TierEvent):
    """What was done in twelve months is not enough any more: it holds until `leaves_at`."""

    name: ClassVar[str] = "loyalty.leaving"
    leaves_at: datetime


@dataclass(frozen=True)
class TierLeft(TierEvent):
    """It is left; `next_tier` is what holds now, empty: none."""

    name: ClassVar[str] = "loyalty.left"
    next_tier: str
