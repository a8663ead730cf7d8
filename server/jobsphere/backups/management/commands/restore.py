"""`manage.py restore latest`: a backup back in its place, and proof that it is what was taken."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobsphere.backups import places, restoring
from jobsphere.backups.errors import BackupError

_NEXT = """The database holds what it held then, row by row; the ledger's hash is the same. Now:
1. Start the marketplace. It was not told what happened since; the gateways were:
2. `manage.py reconcile` fetches what they moved, and names each payment, refund and payout that the books lack."""


class Command(BaseCommand):
    """Refuses where there is a marketplace already, unless told to replace it."""

    help = "Put a backup back into the database, the file stores and the sandbox's memory."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="as `manage.py backup --list` shows it, or `latest`")
        parser.add_argument("--replace", action="store_true", help="lose what is in the database now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restoring.put_back(places.chosen(options["name"]), replace=options["replace"], say=self.stdout.write)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_NEXT)
