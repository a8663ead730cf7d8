"""Reads of streams: what a device has missed."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Min

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.realtime import wire
from jobsphere.realtime.models import Frame, Presence, Stream
from jobsphere.realtime.rules import PAGE, STALE


def present_seq(user_id: UUID) -> int:
    """Return the number of the last frame of a person; 0 for somebody who was never told anything."""
    return Stream.objects.filter(pk=user_id).values_list("last_seq", flat=True).first() or 0


def seq_before(user_id: UUID, seconds: float) -> int:
    """Return the number after which everything of the last so many seconds follows."""
    recent = Frame.objects.filter(user_id=user_id, created_at__gt=clock.now() - timedelta(seconds=seconds))
    present = present_seq(user_id)
    first = recent.aggregate(first=Min("seq"))["first"]
    return present if first is None else min(present, first - 1)


def frames_after(user_id: UUID, seq: int) -> tuple[int, dict[int, str]]:
    """Return the present number of a person, and a page of the frames after `seq` as they go out.

    The number is read first, so each frame up to it is on its page unless it is kept no more.
    """
    present = present_seq(user_id)
    rows = Frame.objects.filter(user_id=user_id, seq__gt=seq).order_by("seq")[:PAGE] if seq < present else []
    return present, {row.seq: wire.frame(row.type, row.payload.encode(), row.seq) for row in rows}


def present_seqs(user_ids: Collection[UUID]) -> dict[str, int]:
    """Return the present number of each of these people who was ever told anything; one query."""
    return {str(user_id): seq for user_id, seq in Stream.objects.filter(pk__in=user_ids).values_list("pk", "last_seq")}


def online(user_ids: Collection[UUID]) -> set[UUID]:
    """Return who of these people is here now and lets it be seen; one query. Whether the viewer may know is yours."""
    here = Presence.objects.filter(pk__in=user_ids, shown=True, online=True, seen_at__gt=clock.now() - STALE)
    return set(here.values_list("pk", flat=True))


def last_seen(user_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return when those of these people who let it be seen were here last; one query."""
    seen = Presence.objects.filter(pk__in=user_ids, shown=True).exclude(seen_at=None)
    return {user_id: moment for user_id, moment in seen.values_list("pk", "seen_at") if moment}


def shows_presence(viewer: Actor) -> bool:
    """Say whether others may see that one is here."""
    return not Presence.objects.filter(pk=viewer.known_id(), shown=False).exists()
