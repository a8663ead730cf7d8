"""`manage.py move-files --to s3`: bring the contents of files to another store, while the marketplace serves."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Sum

from jobsphere.files import moving, stores

#: Seconds between two lines of progress.
PERIOD = 2.0


class Command(BaseCommand):
    """Resumable: stop it at any moment and start it again."""

    help = "Move the contents of files to another store: copy, compare checksums, switch, then remove the old copy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, choices=stores.NAMES, help="where to (it must be configured)")
        parser.add_argument(
            "--dry-run", action="store_true", help="compare what is there with its checksums; move nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        to = options["to"]
        if to not in stores.configured():
            raise CommandError(f"{to} has no settings here; this marketplace knows {', '.join(stores.configured())}.")
        if to != stores.current():
            self.stderr.write(f"New files still go to {stores.current()} (FILE_STORE); switch that first, then move.")
        self._move(to, dry_run=options["dry_run"])

    def _move(self, to: str, *, dry_run: bool) -> None:
        rows = moving.waiting(to)
        total, size = rows.count(), rows.aggregate(sum=Sum("size"))["sum"] or 0
        self.stdout.write(f"{total} files with {_megabytes(size)} lie elsewhere than {to}.")
        done = moved = 0
        problems: list[moving.Moved] = []
        began = said = time.monotonic()
        for each in moving.move(to, dry_run=dry_run):
            done, moved = done + 1, moved + each.size
            if each.problem:
                problems.append(each)
            if time.monotonic() - said > PERIOD:
                said = time.monotonic()
                self.stdout.write(_progress(done, total, moved, size, said - began))
        self._conclude(done, problems, dry_run=dry_run)

    def _conclude(self, done: int, problems: list[moving.Moved], *, dry_run: bool) -> None:
        word = "are whole" if dry_run else "moved"
        self.stdout.write(f"{done - len(problems)} files {word}.")
        for each in problems:
            self.stderr.write(f"{each.filename}: {each.problem}")
        if problems:
            raise CommandError(f"{len(problems)} files stayed where they are.")
        if not dry_run and done:
            self.stdout.write("The old copies go within two hours, as long as a worker runs.")


def _progress(done: int, total: int, moved: int, size: int, seconds: float) -> str:
    left = (size - moved) * seconds / moved if moved else 0
    return f"{done} of {total} files, {_megabytes(moved)} of {_megabytes(size)}, about {left / 60:.0f} min left"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
