"""`manage.py reconcile`: recompute the books and name every difference. Exit code 1 when there is one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobsphere.ledger import checks


class Command(BaseCommand):
    help = "Recompute the books from their entries and name every difference (exit code 1 when there is one)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("checks", nargs="*", metavar="check", help="only these checks; see --list")
        parser.add_argument("--list", action="store_true", help="show the checks and run none")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for name, check in checks.registered().items():
                self.stdout.write(f"{name:<28} {(check.__doc__ or '').strip().splitlines()[0]}")
            return
        if unknown := sorted(set(options["checks"]) - set(checks.registered())):
            raise CommandError(f"There is no check called {', '.join(unknown)}; see --list.", returncode=2)
        found = checks.run(options["checks"])
        for name, differences in found.items():
            self.stdout.write(f"{'ok' if not differences else f'{len(differences)} wrong':>8}  {name}")
            for difference in differences:
                self.stdout.write(self.style.ERROR(f"          {difference.subject} {difference.detail}"))
        total = sum(map(len, found.values()))
        if total:
            raise CommandError(f"{total} difference{'s' if total > 1 else ''} found.", returncode=1)
        self.stdout.write(self.style.SUCCESS("The books agree."))
