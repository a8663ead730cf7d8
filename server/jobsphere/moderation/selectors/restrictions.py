"""What a person may not do now."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.db.composed import composed
from jobsphere.kit import clock
from jobsphere.moderation.models import Restriction
from jobsphere.moderation.types import RestrictedAct, RestrictionStatus, RestrictionView


def in_force(person_id: UUID) -> "QuerySet[Restriction]":
    """Return the restrictions of a person that hold now; one that is over holds no more, tidied up or not."""
    return _of(person_id, clock.now())


def _of(person_id: UUID, now: datetime) -> "QuerySet[Restriction]":
    unended = Q(until__isnull=True) | Q(until__gt=now)
    return Restriction.objects.filter(unended, person_id=person_id, status=RestrictionStatus.ACTIVE)


@composed
def _in_force(*, person_id: UUID, now: datetime) -> "QuerySet[Restriction]":
    return _of(person_id, now).select_related("decision")


def restriction_on(person_id: UUID, act: RestrictedAct) -> Restriction | None:
    """Return the restriction that keeps a person from something, the longest first; one query."""
    found = [row for row in _in_force(person_id=person_id, now=clock.now()) if getattr(row, str(act))]
    return max(found, key=lambda each: (each.until is None, each.until or each.created_at), default=None)


def suspension_of(person_id: UUID) -> Restriction | None:
    """Return the suspension of a person, if one holds; one query."""
    return in_force(person_id).filter(suspends=True).select_related("decision").order_by("-pk").first()


def acts_of(row: Restriction) -> tuple[RestrictedAct, ...]:
    """Return what a restriction forbids."""
    return tuple(act for act in RestrictedAct if getattr(row, str(act)))


def restriction_view(row: Restriction) -> RestrictionView:
    """Return a restriction as people see it."""
    return RestrictionView(
        id=row.id,
        status=RestrictionStatus(row.status),
        acts=acts_of(row),
        suspends=row.suspends,
        until=row.until,
        ended_at=row.ended_at,
    )
