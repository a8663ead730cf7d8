"""Plans and subscriptions as their people, and staff, see them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import split
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.policies import can_see_books, require_finance
from jobsphere.ledger.types import AccountKind
from jobsphere.payments import selectors as payments
from jobsphere.payments.types import SavedMethodView
from jobsphere.plans import policies
from jobsphere.plans.models import Period, Plan, PlanVersion, Subscription
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
from jobsphere.plans.selectors.fees import terms_for
from jobsphere.plans.services.subscribing import credit_now, holds_at_once
from jobsphere.plans.types import FeesView, PeriodView, PlanFigures, PlanView, SubscriptionView, VersionView
from jobsphere.users.selectors import people
from jobsphere.users.types import Person

#: So many past periods are shown.
SHOWN_PAST = 24


def offered(viewer: Actor) -> list[PlanView]:
    """Return the plans that the viewer can choose, and those they have, the cheapest first."""
    live = policies.subscriptions_of(viewer).filter(owner=viewer.known_id(), status__in=LIVE)
    mine = {row.audience: row for row in live.select_related("plan")}
    rows = _plans().filter(audience__in=policies.audiences_of(viewer))
    had = [row.plan_id for row in mine.values()]
    shown = list(rows.filter(Q(closed_at=None) | Q(pk__in=had)))
    shares, has = _shares(shown), _has(mine.values(), shown)
    return [_plan_view(row, shares, has.get(row.audience)) for row in shown]


def all_plans(viewer: Actor) -> list[PlanView]:
    """Return every plan with its versions, for those who set the fees (Forbidden for others)."""
    policies.require_setter(viewer)
    live = Count("subscriptions", filter=Q(subscriptions__status__in=LIVE))
    rows = list(_plans().annotate(live=live))
    shares = _shares(rows)
    return [_plan_view(row, shares, None, staff=True) for row in rows]


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


def figures(viewer: Actor) -> PlanFigures:
    """Return subscriptions at a glance, with the revenue of thirty days from the ledger (Forbidden without finance)."""
    require_finance(viewer)
    counts = dict(Subscription.objects.order_by().values_list("status").annotate(number=Count("pk")))
    trials = Period.objects.filter(kind=PeriodKind.TRIAL, ends_at__gt=clock.now(), subscription__status__in=LIVE)
    return PlanFigures(
        active=counts.get(SubscriptionStatus.ACTIVE, 0),
        trials=trials.filter(cut_at=None).count(),
        past_due=counts.get(SubscriptionStatus.PAST_DUE, 0),
        cancelling=Subscription.objects.filter(status=SubscriptionStatus.ACTIVE, cancels_at_end=True).count(),
        lapsed=counts.get(SubscriptionStatus.LAPSED, 0),
        revenue=_revenue(),
    )


def fees_preview(viewer: Actor, *, amount: Money, category: str = "") -> FeesView:
    """Say what an offer of an amount would bear now for the viewer, and why; for contractors: what they get."""
    me = viewer.known_id()
    contractor, customer = (me if viewer.is_contractor else None), (me if viewer.is_customer else None)
    terms = terms_for(
        contractor_id=contractor, customer_id=None if contractor else customer, category=category, amount=amount
    )
    usual = escrow.fee_terms_for(category=category, currency=amount.currency)
    (whole,), (without,) = split(amount, terms), split(amount, usual)
    return FeesView(
        amount=amount,
        platform_fee=whole.platform_fee,
        service_fee=whole.service_fee,
        payout=whole.payout,
        usual_payout=without.payout,
        policy=terms.policy,
        reason=terms.reason,
        reason_name=terms.reason_name,
        share=terms.basis_points,
        usual_share=usual.basis_points,
    )


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
    plans = {row.pk: row for row in _plans().filter(pk__in=wanted)}
    cards = {each.id: each for each in payments.saved_methods(viewer)} if viewer.id else {}
    return [_view(viewer, row, found[row.pk], plans, known, cards) for row in rows]


def to_renew(limit: int) -> list[UUID]:
    """Return the subscriptions of which something is due, the most urgent first."""
    due = Subscription.objects.filter(status=SubscriptionStatus.ACTIVE, next_at__lte=clock.now())
    return list(due.order_by("next_at").values_list("pk", flat=True)[:limit])


def to_try(limit: int) -> list[UUID]:
    """Return the periods whose card is asked again now, the oldest first."""
    due = Period.objects.filter(status=PeriodStatus.FAILED, next_try_at__lte=clock.now())
    return list(due.order_by("next_try_at").values_list("pk", flat=True)[:limit])


def to_give_up(limit: int) -> list[UUID]:
    """Return the periods that nobody has paid in time, the oldest first."""
    late = Period.objects.filter(status__in=OPEN, give_up_at__lte=clock.now())
    return list(late.order_by("give_up_at").values_list("pk", flat=True)[:limit])


def owners_of(plan_id: UUID) -> list[UUID]:
    """Return who has a plan now, or gets it with their next period."""
    rows = Subscription.objects.filter(Q(plan_id=plan_id, next_plan=None) | Q(next_plan_id=plan_id), status__in=LIVE)
    return list(rows.order_by("pk").values_list("owner_id", flat=True))


def _plans() -> "QuerySet[Plan]":
    versions = Prefetch("versions", PlanVersion.objects.order_by("number"))
    return Plan.objects.prefetch_related(versions).order_by("audience", "every", "id")


def _held(plan: Plan) -> PlanVersion:
    now = clock.now()
    rows = list(plan.versions.all())
    return max((row for row in rows if row.valid_from <= now), key=_newest, default=rows[0])


def _newest(row: PlanVersion) -> tuple[object, int]:
    return row.valid_from, row.number


@dataclass(frozen=True, slots=True)
class _Has:
    """What somebody has of an audience's plans now, and what of it a dearer one would cost less."""

    present: PlanVersion
    credit: Money | None


def _has(mine: Iterable[Subscription], shown: Sequence[Plan]) -> dict[str, _Has]:
    plans = {row.pk: row for row in shown}
    return {row.audience: _Has(_held(plans[row.plan_id]), credit_now(row)) for row in mine if row.plan_id in plans}


def _shares(plans: Sequence[Plan]) -> dict[tuple[str, str], int]:
    """Return what both fees take under the tier of each plan, and usually (""), in its currency. One query."""
    pairs = [(_held(row).tier, row.currency) for row in plans] + [("", row.currency) for row in plans]
    return escrow.fee_shares(pairs)


def _plan_view(row: Plan, shares: dict[tuple[str, str], int], has: _Has | None, *, staff: bool = False) -> PlanView:
    version, rows = _held(row), [_version(each, row.currency) for each in row.versions.all()]
    later = [each for each in rows if each.valid_from > clock.now()]
    return PlanView(
        id=row.pk,
        audience=Audience(row.audience),
        every=BillingCycle(row.every),
        name=version.name,
        words=version.words,
        tier=version.tier,
        price=Money(version.price, row.currency),
        trial_days=version.trial_days,
        share=shares[version.tier, row.currency],
        usual_share=shares["", row.currency],
        coming=later[0] if later else None,
        is_mine=has is not None and has.present.plan_id == row.pk,
        pay_now=_pay_now(version, has),
        closed_at=row.closed_at,
        versions=tuple(rows) if staff else (),
        subscribers=getattr(row, "live", 0),
    )


def _pay_now(version: PlanVersion, has: _Has | None) -> Money | None:
    if has is None or has.present.plan_id == version.plan_id or has.credit is None:
        return None
    if not holds_at_once(has.present, version, has.credit):
        return None
    return Money(version.price, version.plan.currency) - has.credit


def _version(row: PlanVersion, currency: str) -> VersionView:
    return VersionView(
        number=row.number,
        name=row.name,
        words=row.words,
        tier=row.tier,
        price=Money(row.price, currency),
        trial_days=row.trial_days,
        valid_from=row.valid_from,
    )


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
    version = held[0].version if held else _held(plan)
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
        next_plan=_held(following).name if row.next_plan_id else "",
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
    at = row.ends_at or clock.now()
    held = [each for each in plan.versions.all() if each.valid_from <= at]
    return Money(max(held, key=_newest, default=_held(plan)).price, plan.currency)


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


def _revenue() -> tuple[Money, ...]:
    since, sums = clock.now() - timedelta(days=30), defaultdict[str, int](int)
    for each in ledger.moved_by_transfers(AccountKind.REVENUE_PLAN, since=since):
        sums[each.signed.currency] -= each.signed.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
