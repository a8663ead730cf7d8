"""What /api/payments/ may ask of a plan: the payment of a period that waits."""

from uuid import UUID

from jobsphere.db.guarded import take_turn
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.payments.purposes import Purpose
from jobsphere.plans import policies
from jobsphere.plans.models import Period, Subscription
from jobsphere.plans.services.subscribing import pay


def create_intent(actor: Actor, period_id: UUID, payment_method: str | None, gateway: str = "") -> UUID:
    """Pay a period of the actor's, or go on with its payment; returns the payment's id."""
    one = policies.get_period_for(actor, period_id)
    pay(actor=actor, subscription_id=one.subscription_id, payment_method=payment_method or "", gateway=gateway)
    found = Period.objects.values_list("payment_id", flat=True).get(pk=one.pk)
    if found is None:
        raise NotFound("There is no card to pay it with.")
    return found


def queue_up(period_id: UUID) -> None:
    """Wait for the verbs that are running on the subscription of a period."""
    take_turn(Subscription, periods=period_id)


PLAN_PURPOSE = Purpose(create_intent=create_intent, take_turn=queue_up)
