"""Everything that is held about a person, as one file: asked for here, built by the queue."""

from uuid import UUID

from django.db import IntegrityError

from jobsphere.accounts import rules
from jobsphere.accounts.building import build_export
from jobsphere.accounts.errors import ExportTooSoon
from jobsphere.accounts.models import DataExport
from jobsphere.accounts.types import ExportStatus
from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.outbox.services import enqueue


def request_export(*, actor: Actor) -> UUID:
    """Let one's data be collected; returns the export's id. Raises ExportTooSoon within a day of the last one."""
    require_transaction()
    lately = DataExport.objects.filter(user_id=actor.known_id(), created_at__gt=clock.now() - rules.EXPORT_EVERY)
    if lately.exclude(status=ExportStatus.FAILED).exists():
        raise ExportTooSoon("You have asked for your data today. GET /api/account/exports/ shows where it is.")
    try:
        with savepoint():
            row = DataExport.objects.create(user_id=actor.known_id(), status=ExportStatus.QUEUED)
    except IntegrityError as error:
        raise ExportTooSoon("Your data is being collected. GET /api/account/exports/ shows where it is.") from error
    record(actor=actor, verb="export.request", target_type="export", target_id=row.id)
    enqueue(build_export, row.id)
    return row.id
