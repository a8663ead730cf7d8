"""What was put away before the clean-up removed it: list it, read it, and check that all of it still reads."""

import json
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from jobsphere.backups import archiving
from jobsphere.backups.errors import BackupError
from jobsphere.db.retention import How, rules


class Command(BaseCommand):
    """Rows come out as JSON lines, so that jq, or a `COPY` into a table of one's own, can go on with them."""

    help = "Read the archive of events and audit entries (ARCHIVE_DAYS): its pieces, or with --show their rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--table", choices=sealed_tables(), help="only this table")
        parser.add_argument("--show", action="store_true", help="print every row as a line of JSON")
        parser.add_argument("--since", type=date.fromisoformat, help="only pieces that end on this day or later")

    def handle(self, *args: Any, table: str | None, show: bool, since: date | None, **options: Any) -> None:
        count = 0
        for each in [table] if table else sealed_tables():
            for name in archiving.pieces(each):
                if since and archiving.day_of(name) < since:
                    continue
                try:
                    rows = list(archiving.rows_of(name))
                except BackupError as error:
                    raise CommandError(str(error)) from error
                count += len(rows)
                for row in rows if show else ():
                    self.stdout.write(json.dumps({"table": each, **row}))
                if not show:
                    self.stdout.write(f"{name}: {len(rows)} rows")
        if not show:
            self.stdout.write(f"{count} rows, every piece read to its end.")


def sealed_tables() -> list[str]:
    """Return the tables whose rows are put away before they go."""
    return [rule.table for rule in rules() if rule.how == How.DELETE_SEALED]
