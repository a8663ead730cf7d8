"""Reads of plans, tiers, and of the fees that they lead to."""

from jobsphere.plans.selectors.due import to_give_up, to_renew, to_try
from jobsphere.plans.selectors.fees import claims, terms_for
from jobsphere.plans.selectors.figures import figures
from jobsphere.plans.selectors.loyalty import loyalty, people_to_judge, tiers
from jobsphere.plans.selectors.plans import all_plans, fees_preview, offered
from jobsphere.plans.selectors.subscriptions import all_subscriptions, mine, owners_of, subscription, views

__all__ = [
    "all_plans",
    "all_subscriptions",
    "claims",
    "fees_preview",
    "figures",
    "loyalty",
    "mine",
    "offered",
    "owners_of",
    "people_to_judge",
    "subscription",
    "terms_for",
    "tiers",
    "to_give_up",
    "to_renew",
    "to_try",
    "views",
]
