"""The verbs of plans and tiers. All run inside the edge's transaction."""

from jobsphere.plans.services.charging import give_up, renew, try_again
from jobsphere.plans.services.offering import add_plan, add_tier, change_offer, close_plan, close_tier
from jobsphere.plans.services.returning import refund_period
from jobsphere.plans.services.standing import judge, judge_person
from jobsphere.plans.services.subscribing import cancel, change_card, change_plan, pay, resume, subscribe

__all__ = [
    "add_plan",
    "add_tier",
    "cancel",
    "change_card",
    "change_offer",
    "change_plan",
    "close_plan",
    "close_tier",
    "give_up",
    "judge",
    "judge_person",
    "pay",
    "refund_period",
    "renew",
    "resume",
    "subscribe",
    "try_again",
]
