"""What the clock does for files."""

from datetime import timedelta

import structlog

from jobsphere.db.transactions import edge_transaction
from jobsphere.files import sweeping
from jobsphere.files.models import StoredFile
from jobsphere.files.tasks import make_variants
from jobsphere.outbox.services import enqueue
from jobsphere.outbox.subscriptions import periodic

#: Pictures without smaller forms (from before there were any, or whose job was dropped) that one hour takes on.
MISSING_AN_HOUR = 500

logger = structlog.get_logger("jobsphere.files")


@periodic(every=timedelta(hours=1))
def make_missing_variants() -> None:
    """Queue what was never drawn."""
    rows = StoredFile.objects.filter(variants__isnull=True, width__isnull=False, deleted_at=None)
    with edge_transaction():
        for filename in rows.order_by("pk").values_list("filename", flat=True)[:MISSING_AN_HOUR]:
            enqueue(make_variants, filename)


@periodic(every=timedelta(days=1))
def sweep_files() -> None:
    """Delete files that are part of nothing for too long, then contents that no row names; says what it found."""
    report = sweeping.sweep(sweeping.remove_one)
    logger.info("files.swept", **report.as_figures())
