"""A plan in the demo city: Ada offers lower fees for a price a month, and Sam, who works every week, has it."""

from datetime import datetime, timedelta

from jobsphere.db.transactions import edge_transaction
from jobsphere.demo.people import CURRENCY, Citizen
from jobsphere.demo.timeline import Story
from jobsphere.escrow.services import set_fee_policy
from jobsphere.escrow.types import FeePart
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.payments.services import save_method
from jobsphere.plans import services
from jobsphere.plans.tasks import renew_plans
from jobsphere.plans.types import Audience, BillingCycle

NAME, TIER, PRICE = "Steady", "steady", Money(19_00, CURRENCY)
#: What a tier's contractors pay when an offer is accepted, and when it is done, in basis points.
FEES = (700, 1100)
DAY = timedelta(days=1)


def story(now: datetime, admin: Actor, contractor: Citizen) -> tuple[datetime, Story]:
    """Return when the plan is offered, six weeks ago, and how it goes until now."""
    return now - 42 * DAY, subscribed(admin, contractor)


def subscribed(admin: Actor, contractor: Citizen) -> Story:
    """A plan is offered, begun with a kept card, and renewed once by the clock."""
    acceptance, completion = (FeePart(share) for share in FEES)
    words = "For who works every week: lower fees on every new offer."
    with edge_transaction():
        set_fee_policy(actor=admin, name=f"Plan {NAME}", acceptance=acceptance, completion=completion, tier=TIER)
        plan_id = services.add_plan(
            actor=admin,
            audience=Audience.CONTRACTOR,
            every=BillingCycle.MONTH,
            name=NAME,
            tier=TIER,
            price=PRICE,
            words=words,
        )
    yield DAY
    with edge_transaction():
        method_id = save_method(actor=contractor.actor, payment_method="pm_card_visa")
    yield DAY / 24
    with edge_transaction():
        services.subscribe(actor=contractor.actor, plan_id=plan_id, price=PRICE, method_id=method_id)
    # A month is paid three days before it begins.
    yield 28 * DAY
    renew_plans()
