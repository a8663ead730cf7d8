"""Who may see and do what with plans: everybody their own, finance all; a stranger gets 404."""

from uuid import UUID

from django.db.models import QuerySet

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.ledger.policies import can_see_books
from jobsphere.plans.models import Period, Plan, Subscription
from jobsphere.plans.rules.lifecycle import OWNER, SUBSCRIPTION, Audience, SubscriptionStatus

#: Who sets what the marketplace charges also sets plans and tiers.
FEES = "commission"


def audiences_of(viewer: Actor) -> list[str]:
    """Return for which plans and tiers a person can be meant."""
    roles = {Audience.CONTRACTOR: viewer.is_contractor, Audience.CUSTOMER: viewer.is_customer}
    return [str(audience) for audience, is_one in roles.items() if is_one]


def get_plan_for(actor: Actor, plan_id: UUID) -> Plan:
    """Return a plan that is for people like the actor; raises NotFound."""
    found = Plan.objects.filter(pk=plan_id, audience__in=audiences_of(actor)).first()
    if found is None:
        raise NotFound("There is no such plan, or it is not for you.")
    return found


def subscriptions_of(viewer: Actor) -> "QuerySet[Subscription]":
    """Return the viewer's subscriptions; those who account for the money see all."""
    rows = Subscription.objects.select_related("plan", "next_plan")
    return rows if can_see_books(viewer) else rows.filter(owner_id=viewer.known_id())


def get_subscription_for(actor: Actor, subscription_id: UUID) -> Subscription:
    """Return a subscription of the actor's; raises NotFound."""
    found = subscriptions_of(actor).filter(pk=subscription_id).first()
    if found is None:
        raise NotFound("There is no such subscription, or it is not yours.")
    return found


def get_period_for(actor: Actor, period_id: UUID) -> Period:
    """Return a period of a subscription of the actor's; raises NotFound."""
    found = Period.objects.filter(pk=period_id, subscription__in=subscriptions_of(actor)).first()
    if found is None:
        raise NotFound("There is no such payment, or it is not yours.")
    return found


def require_owner(actor: Actor, row: Subscription) -> None:
    """Refuse staff who only look, as a stranger is refused: NotFound."""
    if actor.id != row.owner_id:
        raise NotFound("There is no such subscription, or it is not yours.")


def require_setter(actor: Actor) -> None:
    """Refuse all but administrators and those with the right 'commission'."""
    if not actor.holds(FEES):
        raise Forbidden(f"This needs the right '{FEES}'.")


def allowed_on(viewer: Actor, row: Subscription, *, waits: bool) -> list[str]:
    """Return what the viewer may do with a subscription now. `waits`: a payment is open."""
    if viewer.id != row.owner_id:
        return []
    possible = set(SUBSCRIPTION.allowed(SubscriptionStatus(row.status), OWNER))
    if row.cancels_at_end:
        possible -= {"cancel"}
    else:
        possible -= {"resume"}
    return sorted(possible - ({"change", "resume"} if waits else {"pay"}))
