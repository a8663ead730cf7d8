"""`manage.py sweep-files`: what lies about unused; deletes it with --delete, as the worker does every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jobsphere.files import sweeping


class Command(BaseCommand):
    """Tells what is unused and what is missing."""

    help = (
        "Report files that are part of nothing for too long, contents that no row names, and contents that are missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="delete what is unused")

    def handle(self, *args: Any, **options: Any) -> None:
        report = sweeping.sweep(sweeping.remove_one if options["delete"] else sweeping.look_only)
        word = "deleted" if options["delete"] else "to delete"
        self.stdout.write(f"{report.unattached} files are part of nothing for too long: {word}.")
        self.stdout.write(f"{report.orphans} contents ({report.orphan_bytes} bytes) belong to no file: {word}.")
        self.stdout.write(f"{report.missing} files have lost their content; restore them from a backup.")
        for name in report.missing_names:
            self.stdout.write(f"  {name}")
