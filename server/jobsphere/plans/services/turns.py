"""One verb of a subscription at a time; and what every verb leaves behind: the audit entry and the event."""

from typing import Any
from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db import guarded
from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.outbox.services import publish
from jobsphere.plans.events import PlanEvent
from jobsphere.plans.models import Period, Plan, Subscription
from jobsphere.plans.rules.lifecycle import PERIOD, SUBSCRIPTION, PeriodStatus, SubscriptionStatus


def wait_for(subscription_id: UUID) -> Subscription:
    """Wait for the verbs that are running on this subscription, and return it as they left it.

    On PostgreSQL the update waits for the row; SQLite has one writer. What follows sees every earlier verb whole.
    """
    require_transaction()
    guarded.take_turn(Subscription, pk=subscription_id)
    return get(Subscription, "plan", "next_plan", pk=subscription_id)


def take_step(row: Subscription, action: str, party: str, **changes: Any) -> None:
    """Move the subscription along its table; raises WrongStatus."""
    to_status = SUBSCRIPTION.next(SubscriptionStatus(row.status), action, party=party)
    if not move(Subscription, row.pk, from_status=row.status, to_status=to_status, **changes):
        raise WrongStatus(action, Subscription.objects.values_list("status", flat=True).get(pk=row.pk))
    refresh(row)


def take_period_step(one: Period, action: str, party: str, **changes: Any) -> None:
    """Move one period along its table; raises WrongStatus."""
    to_status = PERIOD.next(PeriodStatus(one.status), action, party=party)
    if not move(Period, one.pk, from_status=one.status, to_status=to_status, **changes):
        raise WrongStatus(action, Period.objects.values_list("status", flat=True).get(pk=one.pk))
    refresh(one)


def tell(actor: Actor, row: Subscription, verb: str, event: type[PlanEvent], **fields: Any) -> None:
    """Leave the audit entry of a verb, and publish what happened."""
    note(actor, row, verb, **fields)
    publish(
        event(subscription_id=row.pk, owner_id=row.owner_id, plan=name_of(row.plan), **fields),
        actor=actor,
    )


def note(actor: Actor, row: Subscription, verb: str, **detail: Any) -> None:
    """Leave an audit entry alone."""
    record(actor=actor, verb=f"plan.{verb}", target_type="subscription", target_id=row.pk, detail=detail)


def name_of(plan: Plan) -> str:
    """Return what a plan is called by its newest version."""
    return plan.versions.order_by("-number").values_list("name", flat=True)[0]
