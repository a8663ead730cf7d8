"""What the clock has to do for plans, the most urgent first."""

from uuid import UUID

from jobsphere.kit import clock
from jobsphere.plans.models import Period, Subscription
from jobsphere.plans.rules.lifecycle import OPEN, PeriodStatus, SubscriptionStatus


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
