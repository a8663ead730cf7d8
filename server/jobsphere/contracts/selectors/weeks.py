"""What the hours above ask of weekly milestones and the time in them (ADR 0033); for callers with a gate-keeper."""

from collections.abc import Iterable
from uuid import UUID

from jobsphere.contracts.models import Milestone, Offer, TimeEntry
from jobsphere.contracts.rules.lifecycles import MilestoneStatus
from jobsphere.contracts.types import LoggedTime, WeekMoney
from jobsphere.kit.money import Money


def weeks_of(milestone_ids: Iterable[UUID]) -> dict[UUID, WeekMoney]:
    """Return where the money of these weeks stands, by milestone; one query."""
    rows = Milestone.objects.filter(pk__in=list(milestone_ids))
    return {
        row.pk: WeekMoney(
            status=MilestoneStatus(row.status),
            amount=Money(row.amount, row.currency),
            auto_release_at=row.auto_release_at,
        )
        for row in rows
    }


def first_milestone(contract_id: UUID) -> UUID:
    """Return the first milestone of a contract: the week that its acceptance has paid for."""
    return Milestone.objects.filter(contract_id=contract_id).order_by("position").values_list("pk", flat=True)[0]


def time_in(milestone_ids: Iterable[UUID]) -> list[LoggedTime]:
    """Return what was logged in these weeks, the earliest first; one query. Their entries all have start and end."""
    rows = TimeEntry.objects.filter(milestone_id__in=list(milestone_ids), started_at__isnull=False)
    return [
        LoggedTime(
            id=row.pk,
            milestone_id=row.milestone_id,
            starts_at=row.started_at,
            ends_at=row.ended_at,
            minutes=row.minutes,
            note=row.note,
        )
        for row in rows.order_by("started_at")
        if row.milestone_id and row.started_at and row.ended_at
    ]


def offer_is_seen(offer_id: UUID) -> bool:
    """Say whether the contractor has got to see the offer: its money is reserved."""
    return Offer.objects.filter(pk=offer_id, sent_at__isnull=False).exists()
