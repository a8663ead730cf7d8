"""Lets old backups go, and what no backup needs any more."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.conf import settings

from jobsphere.backups import places, rules
from jobsphere.files import inventory
from jobsphere.kit import clock

#: A backup that is being taken has pieces without a manifest.
GRACE = timedelta(days=1)

logger = structlog.get_logger("jobsphere.backups")


def tidy() -> list[str]:
    """Remove the backups that BACKUP_KEEP does not keep, then pieces that belong to none; returns the former's names.

    A manifest goes first, so that one that is there always has all its pieces. A kept manifest that cannot be read
    raises Damaged before any file is removed.
    """
    names = places.names()
    kept = rules.to_keep(names, settings.BACKUP_KEEP)
    gone = [name for name in names if name not in kept]
    needed = {copy.copy for name in sorted(kept) for copy in places.manifest(name).files}
    for name in gone:
        places.discard(f"{places.MANIFESTS}{name}")
    for prefix in (places.DATABASES, places.GATEWAYS):
        _discard(prefix, lambda path: path.rpartition("/")[2].partition(".")[0] in kept)
    for folder in inventory.folders():
        _discard(f"{places.FILES}{folder}/", needed.__contains__)
    logger.info("backup.tidied", kept=len(kept), removed=len(gone))
    return gone


def _discard(prefix: str, is_needed: Callable[[str], bool]) -> None:
    for resting in list(places.listed(prefix)):
        if not is_needed(resting.path) and clock.machine_now() - resting.modified_at > GRACE:
            places.discard(resting.path)
