"""`manage.py reconcile`: recompute the books and name every difference. Exit code 1 when there is one."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobsphere.ledger import checks
from jobsphere.ledger.types import Discrepancy


class Command(BaseCommand):
    help = "Recompute the books from their entries and name every difference (exit code 1 when there is one)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("checks", nargs="*", metavar="check", help="only these checks; see --list")
        parser.add_argument("--list", action="store_true", help="show the checks and run none")
        parser.add_argument("--gateway", default="", help="only what concerns this gateway")
        parser.add_argument("--since", type=_moment, help="fetch and compare movements from this day or moment on")
        parser.add_argument("--offline", action="store_true", help="do not fetch what is new at the gateways first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for name, check in checks.registered().items():
                self.stdout.write(f"{name:<28} {(check.__doc__ or '').strip().splitlines()[0]}")
            return
        if unknown := sorted(set(options["checks"]) - set(checks.registered())):
            raise CommandError(f"There is no check called {', '.join(unknown)}; see --list.", returncode=2)
        scope = checks.Scope(options["gateway"], options["since"])
        names = options["checks"] or [name for name in checks.registered() if checks.covers(name, scope)]
        if not options["offline"]:
            self._report("reconciliation", checks.prepare(scope), quiet=True)
        found = [each for name in names for each in self._report(name, checks.run_one(name, scope))]
        pending = sum(each.pending for each in found)
        if pending:
            self.stdout.write(f"{pending} under way: a matter of time, not counted as wrong.")
        if wrong := len(found) - pending:
            raise CommandError(f"{wrong} difference{'s' if wrong > 1 else ''} found.", returncode=1)
        self.stdout.write(self.style.SUCCESS("The books agree."))

    def _report(self, name: str, found: list[Discrepancy], *, quiet: bool = False) -> list[Discrepancy]:
        wrong = sum(not each.pending for each in found)
        if found or not quiet:
            self.stdout.write(f"{f'{wrong} wrong' if wrong else 'ok':>8}  {name}")
        for each in found:
            style = self.style.WARNING if each.pending else self.style.ERROR
            self.stdout.write(style(f"          {'under way: ' if each.pending else ''}{each.subject} {each.detail}"))
        for code in sorted({each.code for each in found if not each.pending}):
            explained = checks.explanation(code)
            self.stdout.write(f"          {code} means: {explained.meaning}\n          Next: {explained.cure}")
        return found


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
