"""`manage.py seller_report --year 2026 --format dac7`: the file for the tax authority, or what is missing for it."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import DomainError
from jobsphere.reporting import selectors, services
from jobsphere.reporting.rules import Regime, Standing


class Command(BaseCommand):
    """Makes the files of a year into --to; --check only says what is missing, and exits with 1 when something is."""

    help = "Make the DAC7 or 1099-K file of a year, or (--check) name what is missing for each contractor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, default=clock.now().year - 1, help="last year unless told")
        parser.add_argument("--format", choices=[str(each) for each in Regime], default=str(Regime.DAC7))
        parser.add_argument("--to", type=Path, default=Path(), help="the folder to write to")
        parser.add_argument("--check", action=argparse.BooleanOptionalAction, default=False)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check(options["year"], options["format"])
            return
        try:
            with edge_transaction():
                made = services.make_report(actor=SYSTEM, year=options["year"], regime=options["format"])
            for report_id in made:
                with edge_transaction():
                    content, name, _ = services.read_report(actor=SYSTEM, report_id=report_id)
                path = options["to"] / name
                path.write_text(content)
                path.chmod(0o600)
                self.stdout.write(f"{path}  (keep it private: it holds tax numbers)")
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error

    def _check(self, year: int, regime: str) -> None:
        found = selectors.overview(SYSTEM, year)
        lacking = [f"operator: {', '.join(found.problems)}"] if found.problems else []
        for row in found.sellers:
            if row.regime in (None, regime):
                says = [*row.missing, *row.problems]
                self.stdout.write(f"{row.standing:<11} {row.country or '--'}  {row.name}  {', '.join(says)}".rstrip())
                if row.standing is Standing.INCOMPLETE:
                    lacking.append(f"{row.name}: {', '.join(says)}")
        if lacking:
            raise CommandError("Something is missing.\n" + "\n".join(lacking))
        self.stdout.write("Nothing is missing.")
