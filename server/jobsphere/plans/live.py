"""What the owner of a plan is told at once (realtime.hints)."""

from jobsphere.plans.events import (
    PlanCancelled,
    PlanChangePlanned,
    PlanEnded,
    PlanLapsed,
    PlanNeedsOwner,
    PlanPaid,
    PlanRefunded,
    PlanRefused,
    PlanResumed,
    PlanStarted,
    TierLeaving,
    TierLeft,
    TierReached,
)
from jobsphere.realtime import hints
from jobsphere.realtime.hints import Hint

_PLAN = [Hint("subscription", "subscription_id", ("owner_id",))]
_TIER = [Hint("subscription", "standing_id", ("owner_id",))]

HINTS: hints.Table = {
    **dict.fromkeys(
        (
            *(PlanStarted, PlanPaid, PlanRefused, PlanNeedsOwner, PlanLapsed, PlanCancelled, PlanResumed, PlanEnded),
            *(PlanChangePlanned, PlanRefunded),
        ),
        _PLAN,
    ),
    **dict.fromkeys((TierReached, TierLeaving, TierLeft), _TIER),
}

announce = hints.announcer(HINTS, name="plans.live")
