"""What the clock does: one backup a day, where it is switched on (BACKUP_DAILY; in production it is)."""

from datetime import timedelta

from django.conf import settings

from jobsphere.backups import archiving, keeping, places, taking
from jobsphere.db.retention import How, rules
from jobsphere.kit import clock
from jobsphere.outbox.subscriptions import periodic

#: A younger one makes another needless: after a restart, or when the marketplace's clock was moved.
YOUNG = timedelta(hours=20)


@periodic(every=timedelta(days=1))
def back_up() -> None:
    """Take the day's backup, and let the old ones go. A failure is tried again, and ends as a dead letter for staff."""
    if settings.BACKUP_DAILY and not _has_young_one():
        taking.take()
        keeping.tidy()


@periodic(every=timedelta(days=1))
def tidy_archive() -> None:
    """Let go what has been in the archive for ARCHIVE_DAYS."""
    archiving.tidy([rule.table for rule in rules() if rule.how == How.DELETE_SEALED])


def _has_young_one() -> bool:
    newest = places.newest()
    return newest is not None and clock.machine_now() - newest < YOUNG
