"""What the clock and the listeners ask; for the marketplace itself, so without a viewer."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from jobsphere.contracts.models import ChangeOrder, Expense, Milestone, Offer
from jobsphere.contracts.rules.changes import OPEN_CHANGE_ORDERS
from jobsphere.contracts.rules.expenses import REMINDER_BEFORE, ExpenseStatus
from jobsphere.contracts.rules.lifecycles import OPEN_OFFERS, ContractStatus, MilestoneStatus, OfferStatus
from jobsphere.kit import clock

#: What one round of a timer handles; the rest waits for the next round.
ROUND = 500
#: How long before the day a customer is reminded to pay a milestone in.
FUNDING_NOTICE = timedelta(days=2)


def is_being_accepted(**where: UUID) -> bool:
    """Say whether an offer of this job (`job_id`) or proposal is being accepted right now."""
    return Offer.objects.filter(status=OfferStatus.ACCEPTING, **where).exists()


def offers_to_expire(limit: int = ROUND) -> list[UUID]:
    """Return open offers whose time has passed, the longest overdue first."""
    rows = Offer.objects.filter(status__in=OPEN_OFFERS, expires_at__lte=clock.now()).order_by("expires_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def changes_to_expire(limit: int = ROUND) -> list[UUID]:
    """Return open change orders whose time has passed, the longest overdue first."""
    rows = ChangeOrder.objects.filter(status__in=OPEN_CHANGE_ORDERS, expires_at__lte=clock.now())
    return list(rows.order_by("expires_at").values_list("pk", flat=True)[:limit])


def expenses_to_lapse(limit: int = ROUND) -> list[UUID]:
    """Return claims that nobody answered in time, the longest overdue first."""
    rows = Expense.objects.filter(status=ExpenseStatus.CLAIMED, expires_at__lte=clock.now())
    return list(rows.order_by("expires_at").values_list("pk", flat=True)[:limit])


def expenses_to_remind(limit: int = ROUND) -> list[UUID]:
    """Return claims that lapse soon, and of which the customer was not reminded."""
    now = clock.now()
    soon = Expense.objects.filter(expires_at__gt=now, expires_at__lte=now + REMINDER_BEFORE)
    rows = soon.filter(status=ExpenseStatus.CLAIMED, reminded_at=None)
    return list(rows.order_by("expires_at").values_list("pk", flat=True)[:limit])


def milestones_to_release(limit: int = ROUND) -> list[UUID]:
    """Return submitted milestones that nobody answered in time, the longest overdue first; none that are held."""
    rows = _submitted().filter(auto_release_at__lte=clock.now()).order_by("auto_release_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def milestones_to_remind(limit: int = ROUND) -> list[UUID]:
    """Return submitted milestones in the second half of their time, or a day before its end, not yet told of it."""
    now = clock.now()
    half = timedelta(days=settings.AUTO_RELEASE_DAYS) / 2
    first = _submitted().filter(reminders_sent=0, auto_release_at__lte=now + max(half, timedelta(days=1)))
    second = _submitted().filter(reminders_sent=1, auto_release_at__lte=now + min(half, timedelta(days=1)))
    soon = (first | second).filter(auto_release_at__gt=now).order_by("auto_release_at")
    return list(soon.values_list("pk", flat=True)[:limit])


def milestones_to_fund(limit: int = ROUND) -> list[UUID]:
    """Return milestones that are to be paid in within two days, or were, and of which the customer was not told."""
    rows = Milestone.objects.filter(
        status=MilestoneStatus.PENDING,
        contract__status=ContractStatus.ACTIVE,
        fund_reminded_at=None,
        fund_by__lte=(clock.now() + FUNDING_NOTICE).date(),
    )
    return list(rows.order_by("fund_by").values_list("pk", flat=True)[:limit])


def _submitted() -> "QuerySet[Milestone]":
    return Milestone.objects.filter(
        status=MilestoneStatus.SUBMITTED,
        contract__status=ContractStatus.ACTIVE,
        contract__held_at=None,
        contract__disputed_at=None,
    )
