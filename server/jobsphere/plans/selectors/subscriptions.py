"""Subscriptions as their people, and staff, see them."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import can_see_books, require_finance
from jobsphere.payments import selectors as payments
from jobsphere.payments.types import SavedMethodView
from jobsphere.plans import policies
from jobsphere.plans.models import Period, Plan, Subscription
from jobsphere.plans.rules.dates import BillingCycle
from jobsphere.plans.rules.lifecycle import (
    HOLDING,
    LIVE,
    OPEN,
    Audience,
    PeriodKind,
    PeriodStatus,
    SubscriptionStatus,
)
from jobsphere.plans.selectors.versions import held_now, version_at, with_versions
from jobsphere.plans.types import PeriodView, SubscriptionView
from jobsphere.users.selectors import people
from jobsphere.users.types import Person

#: So many past periods are shown.
SHOWN_PAST = 24


def subscription(viewer: Actor, subscription_id: UUID) -> SubscriptionView:
    """Return a subscription of the viewer's; raises NotFound."""
    return views(viewer, [policies.get_subscription_for(viewer, subscription_id)])[0]


def mine(viewer: Actor) -> list[SubscriptionView]:
    """Return the viewer's subscriptions, those that live first, then the newest; at most ten."""
    rows = policies.subscriptions_of(viewer).filter(owner_id=viewer.known_id()).order_by("-id")[:10]
    return views(viewer, sorted(rows, key=lambda row: row.status not in LIVE))


def all_subscriptions(viewer: Actor, *, status: str = "") -> "QuerySet[Subscription]":
    """Return everybody's subscriptions for a page of them (Forbidden without "finance")."""
    require_finance(viewer)
    rows = policies.subscriptions_of(viewer)
    return rows.filter(status=status) if status else rows


def views(viewer: Actor, rows: Sequence[Subscription]) -> list[SubscriptionView]:
    """Present a page of subscriptions; the same queries whatever its size."""
    if not rows:
        return []
    known = people({row.owner_id for row in rows})
    found: dict[UUID, list[Period]] = defaultdict(list)
    periods = Period.objects.filter(subscription__in=rows).select_related("version")
    for each in periods.order_by("-number"):
        found[each.subscription_id].append(each)
    wanted = {row.plan_id for row in rows} | {row.next_plan_id for row in rows if row.next_plan_id}
    plans = {row.pk: row for row in with_versions().filter(pk__in=wanted)}
    cards = {each.id: each for each in payments.saved_methods(viewer)} if viewer.id else {}
    return [_view(viewer, row, found[row.pk], plans, known, cards) for row in rows]


def owners_of(plan_id: UUID) -> list[UUID]:
    """Return who has a plan now, or gets it with their next period."""
    rows = Subscription.objects.filter(Q(plan_id=plan_id, next_plan=None) | Q(next_plan_id=plan_id), status__in=LIVE)
    return list(rows.order_by("pk").values_list("owner_id", flat=True))


def _view(
    viewer: Actor,
    row: Subscription,
    periods: list[Period],
    plans: dict[UUID, Plan],
    known: dict[UUID, Person],
    cards: dict[UUID, SavedMethodView],
) -> SubscriptionView:
    now, plan = clock.now(), plans[row.plan_id]
    following = plans[row.next_plan_id] if row.next_plan_id else plan
    held = [
        each for each in periods if each.status in HOLDING and each.starts_at <= now < (each.cut_at or each.ends_at)
    ]
    version = held[0].version if held else held_now(plan)
    waits = next((each for each in periods if each.status in OPEN), None)
    renews = row.status == SubscriptionStatus.ACTIVE and not row.cancels_at_end and waits is None
    card = cards.get(row.method_id) if row.method_id else None
    return SubscriptionView(
        id=row.pk,
        owner=known.get(row.owner_id, Person(row.owner_id, "")),
        audience=Audience(row.audience),
        status=SubscriptionStatus(row.status),
        plan_id=row.plan_id,
        plan=version.name,
        tier=version.tier if held else "",
        every=BillingCycle(plan.every),
        price=Money(version.price, plan.currency),
        ends_at=row.ends_at,
        is_trial=bool(held) and held[0].kind == PeriodKind.TRIAL,
        cancels_at_end=row.cancels_at_end,
        next_plan=held_now(following).name if row.next_plan_id else "",
        next_plan_id=row.next_plan_id,
        next_payment=_next_price(following, row) if renews else None,
        next_payment_at=row.next_at if renews else None,
        card=f"{card.brand} {card.last4}" if card else "",
        method_id=card.id if card else None,
        periods=tuple(_period(viewer, row, each) for each in periods[:SHOWN_PAST]),
        reason=row.reason,
        created_at=row.created_at,
        closed_at=row.closed_at,
        allowed_actions=policies.allowed_on(viewer, row, waits=waits is not None),
    )


def _next_price(plan: Plan, row: Subscription) -> Money:
    return Money(version_at(plan, row.ends_at or clock.now()).price, plan.currency)


def _period(viewer: Actor, row: Subscription, each: Period) -> PeriodView:
    is_open, action = each.status in OPEN, None
    if each.status == PeriodStatus.CHARGING and each.payment_id and viewer.id == row.owner_id:
        action = payments.payment(viewer, each.payment_id).action
    return PeriodView(
        id=each.pk,
        number=each.number,
        kind=PeriodKind(each.kind),
        status=PeriodStatus(each.status),
        plan=each.version.name,
        starts_at=each.starts_at,
        ends_at=each.cut_at or each.ends_at,
        price=each.money(each.price),
        credit=each.money(each.credit),
        amount=each.money(each.amount),
        refunded=each.money(each.refunded + each.charged_back),
        payment_id=each.payment_id,
        paid_at=each.paid_at,
        next_try_at=each.next_try_at,
        pay_until=each.give_up_at if is_open else None,
        reason=each.reason if viewer.id == row.owner_id or can_see_books(viewer) else "",
        action=action,
    )
