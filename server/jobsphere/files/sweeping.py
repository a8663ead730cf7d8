"""Finds what nobody needs: files that are part of nothing, contents that no row names; and contents that are missing.

Folder by folder (the first two letters of a name), so that memory stays small however much there is.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs, contents, services, stores, variants
from jobsphere.files.models import StoredFile
from jobsphere.files.stores.base import Resting
from jobsphere.kit import clock

#: A content is younger than its row for a moment, and a move leaves both for an hour.
GRACE = timedelta(hours=24)
FOLDERS = tuple(f"{number:02x}" for number in range(256))
#: Names that a report tells; the figures tell the rest.
NAMED = 50


@dataclass(slots=True)
class Report:
    """What a sweep has found."""

    unattached: int = 0
    orphans: int = 0
    orphan_bytes: int = 0
    #: Files whose content is in no store: restore them from a backup.
    missing: int = 0
    missing_names: list[str] = field(default_factory=list)

    def as_figures(self) -> dict[str, object]:
        """Return it for the log."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to remove: a row's id, or a content in a store."""

    file_id: UUID | None = None
    store: str = ""
    content: Resting | None = None


def sweep(remove: Callable[[Finding], None]) -> Report:
    """Look at everything and hand each finding to `remove`; raises StoreError when a store does not answer."""
    report = Report()
    for file_id in _unattached():
        report.unattached += 1
        remove(Finding(file_id=file_id))
    for folder in FOLDERS:
        _sweep_folder(folder, report, remove)
    return report


def remove_one(finding: Finding) -> None:
    """Remove what was found."""
    if finding.file_id:
        with edge_transaction():
            services.remove_unattached(file_id=finding.file_id)
    elif finding.content:
        stores.of(finding.store).delete(finding.content.path)


def look_only(finding: Finding) -> None:
    """Remove nothing."""


def _unattached() -> Iterator[UUID]:
    before = clock.now() - timedelta(days=settings.UNATTACHED_FILES_DAYS)
    rows = StoredFile.objects.filter(target_id=None, deleted_at=None, created_at__lt=before)
    return iter(list(rows.order_by("pk").values_list("pk", flat=True)))


def _sweep_folder(folder: str, report: Report, remove: Callable[[Finding], None]) -> None:
    """Compare a folder of every store with its rows."""
    resting = {name: list(stores.of(name).listed(f"{folder}/")) for name in stores.configured()}
    rows = StoredFile.objects.filter(filename__startswith=folder, deleted_at=None)
    named = set(rows.values_list("filename", flat=True))
    wanted = {name for filename in named for name in variants.names_of(filename)} | contents.kept_by_others(folder)
    there: set[str] = set()
    for store, found in resting.items():
        for content in found:
            name = content.path.rpartition("/")[2]
            there.add(name)
            if name.removesuffix(".rotating") not in wanted and clock.machine_now() - content.modified_at > GRACE:
                report.orphans += 1
                report.orphan_bytes += content.size
                remove(Finding(store=store, content=content))
    for filename in sorted(named - there):
        _note_missing(filename, report)


def _note_missing(filename: str, report: Report) -> None:
    """Look once more before saying so: the row may be younger than our list."""
    row = StoredFile.objects.filter(filename=filename, deleted_at=None).first()
    if row and not stores.of(row.store).exists(blobs.path_of(filename)):
        report.missing += 1
        if len(report.missing_names) < NAMED:
            report.missing_names.append(filename)
