"""What people are told of their plans and tiers. By the worker."""

from typing import Any
from uuid import UUID

from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.plans import selectors
from jobsphere.plans.events import (
    PlanCancelled,
    PlanEnded,
    PlanEvent,
    PlanLapsed,
    PlanNeedsOwner,
    PlanPaid,
    PlanPriceChanged,
    PlanRefunded,
    PlanRefused,
    PlanStarted,
    TierEvent,
    TierLeaving,
    TierLeft,
    TierReached,
)

#: Ends that are told of by another message, or were asked for by their owner.
_KNOWN_ENDS = ("cancelled", "left")


@subscribe(PlanStarted)
def tell_of_trial(event: PlanStarted, meta: EventMeta) -> None:
    """A trial begins; what follows is told at once."""
    _tell(meta, event, "plan.updated/trial", ends_at=event.ends_at, amount=event.price)


@subscribe(PlanPaid)
def tell_of_payment(event: PlanPaid, meta: EventMeta) -> None:
    """The receipt."""
    _tell(meta, event, "plan.updated/paid", amount=event.amount, ends_at=event.ends_at)


@subscribe(PlanRefused)
def tell_of_refusal(event: PlanRefused, meta: EventMeta) -> None:
    """The card is asked again."""
    _tell(meta, event, "plan.updated/refused", amount=event.amount, again_at=event.again_at)


@subscribe(PlanNeedsOwner)
def tell_of_need(event: PlanNeedsOwner, meta: EventMeta) -> None:
    """Only its owner can pay it; who is there anyway is not told."""
    if event.renewal:
        _tell(meta, event, "plan.updated/needs_you", amount=event.amount, pay_until=event.pay_until)


@subscribe(PlanLapsed)
def tell_of_lapse(event: PlanLapsed, meta: EventMeta) -> None:
    """It was not paid any more."""
    _tell(meta, event, "plan.updated/lapsed")


@subscribe(PlanCancelled)
def tell_of_cancelling(event: PlanCancelled, meta: EventMeta) -> None:
    """Until when it holds."""
    _tell(meta, event, "plan.updated/cancelled", ends_at=event.ends_at)


@subscribe(PlanEnded)
def tell_of_end(event: PlanEnded, meta: EventMeta) -> None:
    """Somebody else has ended it."""
    if event.reason not in _KNOWN_ENDS:
        _tell(meta, event, "plan.updated/ended")


@subscribe(PlanRefunded)
def tell_of_refund(event: PlanRefunded, meta: EventMeta) -> None:
    """Money goes back to the card."""
    _tell(meta, event, "plan.updated/refunded", amount=event.amount)


@subscribe(PlanPriceChanged)
def tell_of_price(event: PlanPriceChanged, meta: EventMeta) -> None:
    """Everybody who has the plan, two weeks ahead."""
    params = {"plan": event.plan, "amount": event.price, "valid_from": event.valid_from}
    for owner_id in selectors.owners_of(event.plan_id):
        tell(user_id=owner_id, message="plan.updated/price", params=params, key=f"{meta.id}:{owner_id}")


@subscribe(TierReached)
def tell_of_tier(event: TierReached, meta: EventMeta) -> None:
    """New offers bear its fees."""
    _tell_tier(meta, event, "plan.updated/tier_reached")


@subscribe(TierLeaving)
def tell_of_notice(event: TierLeaving, meta: EventMeta) -> None:
    """A month ahead."""
    _tell_tier(meta, event, "plan.updated/tier_leaving", leaves_at=event.leaves_at)


@subscribe(TierLeft)
def tell_of_leaving(event: TierLeft, meta: EventMeta) -> None:
    """It holds no longer."""
    _tell_tier(meta, event, "plan.updated/tier_left")


def _tell(meta: EventMeta, event: PlanEvent, message: str, **values: Any) -> None:
    _send(meta, event.owner_id, message, {"plan": event.plan, **values})


def _tell_tier(meta: EventMeta, event: TierEvent, message: str, **values: Any) -> None:
    _send(meta, event.owner_id, message, {"tier": event.tier, **values})


def _send(meta: EventMeta, owner_id: UUID, message: str, params: dict[str, Any]) -> None:
    tell(user_id=owner_id, message=message, params=params, key=f"{meta.id}:{owner_id}")
