"""`manage.py backup`: everything, sealed, while the marketplace serves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobsphere.backups import keeping, places, taking
from jobsphere.backups.errors import BackupError
from jobsphere.backups.types import Manifest


class Command(BaseCommand):
    """Takes one by default; --list and --check look at what is there."""

    help = "Back up the database, the files and the sandbox's memory, sealed with ENCRYPTION_KEYS, to BACKUP_TO."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--list", action="store_true", help="show the backups that are there, oldest first")
        what.add_argument("--check", metavar="NAME", help="read a backup to its last byte (`latest` for the newest)")
        what.add_argument("--tidy", action="store_true", help="let go what BACKUP_KEEP does not keep")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._do(options)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error

    def _do(self, options: dict[str, Any]) -> None:
        if options["list"]:
            for name in places.names():
                self.stdout.write(_line(places.manifest(name)))
        elif options["check"]:
            found = taking.verify(places.chosen(options["check"]), self.stdout.write)
            self.stdout.write(f"Whole. {_line(found)}")
        elif options["tidy"]:
            self.stdout.write(f"Gone: {', '.join(keeping.tidy()) or 'none'}")
        else:
            self.stdout.write(_line(taking.take(self.stdout.write)))
            self.stdout.write("Keep ENCRYPTION_KEYS elsewhere: without it nobody can open this, you included.")


def _line(found: Manifest) -> str:
    rows = sum(found.proof.rows.values())
    megabytes = found.database.size / 1_000_000
    return (
        f"{found.name}  {found.engine}  {rows} rows, {megabytes:.1f} MB packed, {len(found.files)} files"
        f"  ledger {found.proof.ledger[:16]}"
    )
