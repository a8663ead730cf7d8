"""What the clock asks; for the marketplace itself, so without a viewer."""

from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q

from jobsphere.hours.models import HourlyDeal, Timer, Week
from jobsphere.hours.rules.lifecycle import DealStatus, WeekStatus
from jobsphere.kit import clock


def deals_without_next_week(limit: int) -> list[UUID]:
    """Return running deals that have no week to come and have not reached their last one."""
    to_come = Week.objects.filter(deal=OuterRef("pk"), starts_at__gt=clock.now())
    running = HourlyDeal.objects.filter(~Exists(to_come), status=DealStatus.RUNNING)
    rows = running.annotate(last=Max("all_weeks__number")).filter(Q(weeks=None) | Q(weeks__gt=F("last")))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def weeks_to_close(limit: int) -> list[UUID]:
    """Return weeks whose time is over, the longest overdue first."""
    rows = Week.objects.filter(status=WeekStatus.OPEN, closes_at__lte=clock.now()).order_by("closes_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def timers_to_stop(limit: int) -> list[UUID]:
    """Return timers whose time is over."""
    rows = Timer.objects.filter(stops_at__lte=clock.now()).order_by("stops_at")
    return list(rows.values_list("pk", flat=True)[:limit])
