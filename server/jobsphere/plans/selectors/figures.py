"""Subscriptions at a glance, for those who account for the money."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Count

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import AccountKind
from jobsphere.plans.models import Period, Subscription
from jobsphere.plans.rules.lifecycle import LIVE, PeriodKind, SubscriptionStatus
from jobsphere.plans.types import PlanFigures


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


def _revenue() -> tuple[Money, ...]:
    since, sums = clock.now() - timedelta(days=30), defaultdict[str, int](int)
    for each in ledger.moved_by_transfers(AccountKind.REVENUE_PLAN, since=since):
        sums[each.signed.currency] -= each.signed.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
