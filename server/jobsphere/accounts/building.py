"""Builds the file of a data export: a JSON document for each part, and the person's files, in one sealed ZIP."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from jobsphere.accounts import rules
from jobsphere.accounts.events import DataExportReady
from jobsphere.accounts.models import DataExport
from jobsphere.accounts.types import ExportStatus
from jobsphere.db.guarded import move, update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs
from jobsphere.files import personal_data as files
from jobsphere.files.services import new_filename
from jobsphere.kit import clock
from jobsphere.notifications.services import tell
from jobsphere.outbox.services import publish
from jobsphere.outbox.subscriptions import job
from jobsphere.users.personal_data import Subject, holdings, subject_of

_README = """This is everything that we hold about you.

Each .json file is one part of the marketplace; files/ holds what you have uploaded (files.json says what is what).
Amounts are whole minor units (1200 is 12.00 dollars), times are UTC. Payments and contracts stay in our books when you
delete your account, because the law asks for it; your name does not. One thing stays with your name, sealed: if you
earned here, who you are for tax authorities and what they were told (reporting.json), as long as the law asks for it.
"""


@job()
def build_export(export_id: str) -> None:
    """Collect a person's data into one sealed file; begins anew after a crash."""
    row = DataExport.objects.get(pk=UUID(export_id))
    if row.status not in (ExportStatus.QUEUED, ExportStatus.BUILDING):
        return
    subject = subject_of(row.user_id)
    with edge_transaction():
        building_now = {"done": 0, "total": parts(subject)}
        move(DataExport, row.id, from_status=row.status, to_status=ExportStatus.BUILDING, **building_now)
    filename = new_filename("zip")
    with built(subject, lambda done: _progress(row.id, done)) as content:
        size = content.seek(0, 2)
        content.seek(0)
        blobs.keep(filename, content, sealed=True)
    with edge_transaction():
        ready = _finish(row, filename, size)
    if not ready:
        blobs.discard(filename)


def _progress(export_id: UUID, done: int) -> None:
    with edge_transaction():
        update_where(DataExport, {"pk": export_id, "status": ExportStatus.BUILDING}, done=done)


def _finish(row: DataExport, filename: str, size: int) -> bool:
    now = clock.now()
    changes = {"filename": filename, "size": size, "ready_at": now, "expires_at": now + rules.EXPORT_KEPT}
    if not move(DataExport, row.id, from_status=ExportStatus.BUILDING, to_status=ExportStatus.READY, **changes):
        return False
    publish(DataExportReady(user_id=row.user_id, export_id=row.id))
    tell(
        user_id=row.user_id,
        message="account.privacy/export",
        params={"days": rules.EXPORT_KEPT.days},
        metadata={"export_id": row.id},
        key=f"export.ready:{row.id}",
    )
    return True


@contextmanager
def built(subject: Subject, progress: Callable[[int], None]) -> Iterator[IO[bytes]]:
    """Yield the ZIP, opened at its beginning; `progress` hears how many parts are done. Never in memory as a whole."""
    with tempfile.TemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("README.txt", _README)
            done = 0
            for done, holding in enumerate(holdings(), 1):
                archive.writestr(f"{holding.name}.json", _json(holding.export(subject)))
                progress(done)
            for number, (name, content) in enumerate(files.contents(subject), 1):
                with content, archive.open(f"files/{name}", "w") as target:
                    shutil.copyfileobj(content, target)
                progress(done + number)
        out.seek(0)
        yield out


def parts(subject: Subject) -> int:
    """Return how many parts there are to build."""
    return len(holdings()) + files.count(subject)


def _json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
