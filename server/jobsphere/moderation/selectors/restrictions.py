"""What a person may not do now."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.kit import clock
from jobsphere.moderation.models import Restriction
from jobsphere.moderation.types import RestrictedAct, RestrictionStatus, RestrictionView


def in_force(person_id: UUID) -> "QuerySet[Restriction]":
    """Return the restrictions of a person that hold now; one that is over holds no more, tidied up or not."""
    unended = Q(until__isnull=True) | Q(until__gt=clock.now())
    return Restriction.objects.filter(unended, person_id=person_id, status=RestrictionStatus.ACTIVE)


def restriction_on(person_id: UUID, act: RestrictedAct) -> Restriction | None:
    """Return the restriction that keeps a person from something, the longest first; one query."""
    found = list(in_force(person_id).filter(**{str(act): True}).select_related("decision"))
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
