"""`manage.py audit-books`: compute everything again from the entries. Exit code 1 when anything is not as it was."""

import time
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobsphere.ledger import auditing, selectors, tasks
from jobsphere.ledger.models import Entry
from jobsphere.ledger.reconcile import OWN_CHECKS
from jobsphere.ledger.types import Discrepancy


class Command(BaseCommand):
    help = (
        "Compute balances, chains, snapshots and sealed statements again from the entries (exit code 1: a difference)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="sealed statements from this day on")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="sealed statements up to this day")
        parser.add_argument("--seal", action="store_true", help="seal the days that are over first")
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="DAY=SEAL",
            help="a seal that you kept elsewhere; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        if options["seal"]:
            tasks.seal_days()
        found: list[Discrepancy] = []
        for name, check in OWN_CHECKS.items():
            if name != "seals":
                found += self._report(f"ledger.{name}", list(check()))
        found += self._report(auditing.CHECK, list(auditing.audit(options["first"], options["last"])))
        found += self._report("seals kept elsewhere", list(_kept(options["expect"])))
        self._sum_up(time.monotonic() - started)
        if found:
            raise CommandError(f"{len(found)} difference{'s' if len(found) > 1 else ''} found.", returncode=1)
        self.stdout.write(self.style.SUCCESS("The books are whole."))

    def _report(self, name: str, found: list[Discrepancy]) -> list[Discrepancy]:
        self.stdout.write(f"{'ok' if not found else f'{len(found)} wrong':>8}  {name}")
        for each in found:
            self.stdout.write(self.style.ERROR(f"          {each.subject} {each.detail}"))
        return found

    def _sum_up(self, seconds: float) -> None:
        last = selectors.last_statement()
        sealed = f"sealed up to {last.day} (statement {last.number}): {last.seal}" if last else "no day is sealed yet"
        self.stdout.write(f"{Entry.objects.count()} entries in {seconds:.1f} s; {sealed}")


def _kept(expected: list[str]) -> Any:
    """Compare seals that somebody kept outside of the database."""
    for each in expected:
        day, _, seal = each.partition("=")
        row = selectors.seal_of_day(date.fromisoformat(day))
        if row != seal:
            yield Discrepancy(auditing.CHECK, f"statement {day}", f"has the seal {row or 'none'}, not {seal}.")
