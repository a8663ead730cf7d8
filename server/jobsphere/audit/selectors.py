"""The trail as administrators read it: newest first, filtered, page by page."""

from datetime import datetime
from uuid import UUID

from jobsphere.audit import policies
from jobsphere.audit.models import AuditEntry
from jobsphere.audit.types import AuditRecord, TrailFilter
from jobsphere.db.periods import between
from jobsphere.db.rows import Rows, each
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
    return [_view(row) for row in AuditEntry.objects.filter(**given).order_by("-id")[:limit]]


def trail(viewer: Actor, wanted: TrailFilter) -> Rows[AuditRecord]:
    """Return the entries that fit, for a page of them; raises Forbidden without the right "audit"."""
    policies.require_reader(viewer)
    names = ("actor_id", "target_type", "target_id", "request_id")
    given = {name: value for name in names if (value := getattr(wanted, name))}
    rows = AuditEntry.objects.filter(between("created_at", wanted.since, wanted.until), **given)
    if wanted.verb:
        # "hold." asks for everything that was done to holds, "hold.release" for that alone.
        rows = rows.filter(**{"verb__startswith" if wanted.verb.endswith(".") else "verb": wanted.verb})
    return Rows(rows, each(_view))


def _view(row: AuditEntry) -> AuditRecord:
    return AuditRecord(
        id=row.id,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        verb=row.verb,
        target_type=row.target_type,
        target_id=row.target_id,
        detail=row.detail,
        request_id=row.request_id,
        created_at=row.created_at,
    )
