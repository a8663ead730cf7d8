"""Who keeps whom away."""

from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from jobsphere.db.composed import composed
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.moderation.models import Block
from jobsphere.moderation.types import BlockView
from jobsphere.users.selectors import people


def is_blocked(a: UUID, b: UUID) -> bool:
    """Say whether either of two people has blocked the other. One query; who did it is never told."""
    return bool(_blocks_between(a=a, b=b))


@composed
def _blocks_between(*, a: UUID, b: UUID) -> "QuerySet[Block]":
    return Block.objects.filter(Q(blocker_id=a, blocked_id=b) | Q(blocker_id=b, blocked_id=a))


def not_kept_away(viewer: Actor, field: str) -> Q:
    """Return the condition under which a list leaves out the people whom a block keeps from the viewer, and theirs.

    `field` names whose row it is ("owner_id"). A subquery of the list's own query, so it costs no other.
    """
    return ~Q(**{f"{field}__in": _others(viewer)}) if viewer.id else Q()


def my_blocks(viewer: Actor) -> "QuerySet[Block]":
    """Return whom the viewer has blocked, for the API to page."""
    return Block.objects.filter(blocker_id=viewer.known_id()).select_related("blocked")


def block_view(row: Block) -> BlockView:
    """Return a block as the one who made it sees it."""
    return BlockView(row.blocked_id, row.blocked.name, row.created_at)


def has_blocked(viewer: Actor, person_id: UUID) -> bool:
    """Say whether the viewer has blocked this person; raises NotFound when there is none."""
    require_person(person_id)
    return Block.objects.filter(blocker_id=viewer.known_id(), blocked_id=person_id).exists()


def require_person(person_id: UUID) -> None:
    """Raise NotFound unless there is such a person, here or left."""
    if person_id not in people([person_id]):
        raise NotFound("There is no such person.")


def _others(viewer: Actor) -> "QuerySet[Any, Any]":
    mine = Block.objects.filter(Q(blocker_id=viewer.id) | Q(blocked_id=viewer.id))
    other = Case(When(blocker_id=viewer.id, then=F("blocked_id")), default=F("blocker_id"))
    return mine.annotate(other=other).values("other")
