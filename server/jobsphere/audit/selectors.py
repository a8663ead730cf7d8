"""The trail as administrators read it: newest first, filtered, page by page."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from jobsphere.audit import naming, policies
from jobsphere.audit.models import AuditEntry
from jobsphere.audit.types import AuditRecord, TrailFilter
from jobsphere.db.periods import between
from jobsphere.db.rows import Rows
from jobsphere.kit.actor import Actor


def audit_entries(
    viewer: Actor,
    *,
    actor_id: UUID | None = None,
    target_type: str = "",
    target_id: UUID | None = None,
    verb: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[AuditRecord]:
    """Return entries that fit every given filter, newest first; `until` is exclusive.

    `before` is the last id of the page before. Raises Forbidden without the right "audit" or the admin role.
    """
    policies.require_reader(viewer)
    wanted = {
        "actor_id": actor_id,
        "target_type": target_type,
        "target_id": target_id,
        "verb": verb,
        "created_at__gte": since,
        "created_at__lt": until,
        "id__lt": before,
    }
    given = {name: value for name, value in wanted.items() if value}
    return _views(list(AuditEntry.objects.filter(**given).order_by("-id")[:limit]))


def history_of(target_ids: Collection[UUID], *, limit: int = 200) -> list[AuditRecord]:
    """Return what was done to some things, oldest first; for callers with a gate-keeper of their own. One query."""
    rows = AuditEntry.objects.filter(target_id__in=target_ids).order_by("id")
    return _views(list(rows[:limit]))


def trail(viewer: Actor, wanted: TrailFilter) -> Rows[AuditRecord]:
    """Return the entries that fit, for a page of them; raises Forbidden without the right "audit"."""
    policies.require_reader(viewer)
    names = ("actor_id", "target_type", "target_id", "request_id")
    given = {name: value for name in names if (value := getattr(wanted, name))}
    rows = AuditEntry.objects.filter(between("created_at", wanted.since, wanted.until), **given)
    if wanted.verb:
        # "hold." asks for everything that was done to holds, "hold.release" for that alone.
        rows = rows.filter(**{"verb__startswith" if wanted.verb.endswith(".") else "verb": wanted.verb})
    return Rows(rows, _views)


def _views(rows: Sequence[AuditEntry]) -> list[AuditRecord]:
    names = naming.names({row.actor_id for row in rows if row.actor_id})
    return [_view(row, names) for row in rows]


def _view(row: AuditEntry, names: Mapping[UUID, str]) -> AuditRecord:
    return AuditRecord(
        id=row.id,
        actor_id=row.actor_id,
        actor_name=names.get(row.actor_id, "") if row.actor_id else row.actor_name,
        verb=row.verb,
        target_type=row.target_type,
        target_id=row.target_id,
        detail=row.detail,
        request_id=row.request_id,
        created_at=row.created_at,
    )


def entries_about(person_id: UUID) -> list[dict[str, Any]]:
    """Return what is recorded of a person's own deeds and of deeds about them, oldest first, for their data export."""
    rows = AuditEntry.objects.filter(Q(actor_id=person_id) | Q(target_type="user", target_id=person_id))
    return [
        dict(row)
        for row in rows.order_by("pk").values("created_at", "actor_id", "verb", "target_type", "target_id", "detail")
    ]
