"""What the clean-up takes out of the log of events and of the audit trail, put away first (ADR 0038).

    archive/<table>/<day of the newest row>-<hash>.jsonl.gz       rows as JSON lines, sealed like a backup

Only where ARCHIVE_DAYS says for how long. A piece is read back before its rows are removed; one that was written twice,
because the machine went down in between, has the same name and overwrites itself.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from jobsphere.backups import places
from jobsphere.backups.errors import Damaged
from jobsphere.kit import clock

ARCHIVE = "archive/"


def keep(table: str, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Write rows to where backups lie, and read them back; returns where they are, for the audit trail.

    Nothing happens without ARCHIVE_DAYS. Raises Damaged and StoreError; then the rows must stay.
    """
    if not settings.ARCHIVE_DAYS or not rows:
        return {}
    lines = "".join(f"{json.dumps(row, cls=DjangoJSONEncoder, sort_keys=True)}\n" for row in rows).encode()
    digest = hashlib.sha256(lines).hexdigest()
    day = max(row["created_at"] for row in rows).date()
    name = f"{ARCHIVE}{table}/{day.isoformat()}-{digest}.jsonl.gz"
    # Without a time in its head, the same rows are the same bytes.
    places.verify(places.write(name, [gzip.compress(lines, mtime=0)]))
    return {"archived": name}


def pieces(table: str) -> list[str]:
    """Return the pieces of a table, oldest first; raises StoreError."""
    return sorted(resting.path for resting in places.listed(f"{ARCHIVE}{table}/"))


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    """Return the rows of a piece as they were; raises Damaged unless all of them are what was put away."""
    with places.reading(name) as content:
        lines = gzip.decompress(content.read())
    if hashlib.sha256(lines).hexdigest() != name.rpartition("/")[2].partition(".")[0][len("2026-11-21-") :]:
        raise Damaged(f"{name} is not what was put away.")
    return (json.loads(line) for line in lines.splitlines())


def tidy(tables: Sequence[str]) -> int:
    """Remove pieces whose newest row is older than ARCHIVE_DAYS; returns how many. Without that setting none go."""
    if not settings.ARCHIVE_DAYS:
        return 0
    first = (clock.machine_now() - timedelta(days=settings.ARCHIVE_DAYS)).date()
    old = [name for table in tables for name in pieces(table) if day_of(name) < first]
    for name in old:
        places.discard(name)
    return len(old)


def day_of(name: str) -> date:
    """Return the day of the newest row in a piece."""
    return date.fromisoformat(name.rpartition("/")[2][: len("2026-11-21")])
