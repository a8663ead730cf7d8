"""What is too old to be kept: show it, or remove it now."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from jobsphere.accounts import cleaning, selectors
from jobsphere.accounts.errors import CleanUpFailed
from jobsphere.db.retention import How, Rule, rules

_WORDS = {
    How.DELETE: "deleted after",
    How.DELETE_SEALED: "deleted (through the door) after",
    How.KEEP: "kept for good",
    How.FOLLOW: "goes with",
    How.ELSEWHERE: "cleaned by",
}


class Command(BaseCommand):
    """The same as every night, at once; `--dry-run` changes nothing."""

    help = "Remove rows whose time is over (RETENTION_DAYS), and say what was removed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show what is due, and change nothing")
        parser.add_argument("--list", action="store_true", help="show what is said of every table, and why")

    def handle(self, *args: Any, dry_run: bool, list: bool, **options: Any) -> None:  # noqa: A002  the option's name
        if list:
            for rule in rules():
                self.stdout.write(f"{rule.table}: {_sentence(rule)}. {rule.why}")
        elif dry_run:
            self._show([(rule.table, count) for rule, count in cleaning.due()], "due")
        else:
            self._clean()

    def _clean(self) -> None:
        try:
            run_id = cleaning.clean_up(source="command")
        except CleanUpFailed as error:
            raise CommandError(f"{error}; the other tables were cleaned. See /admin/retention.") from error
        self._show(selectors.removed_by(run_id), "removed")

    def _show(self, counts: list[tuple[str, int]], what: str) -> None:
        for table, count in counts:
            if count:
                self.stdout.write(f"{table}: {count} {what}")
        total = sum(count for _, count in counts)
        self.stdout.write(f"{total} rows {what} in {len(counts)} tables." if total else "Nothing was due.")


def _sentence(rule: Rule) -> str:
    period = rule.period()
    detail = f"{period.days} days" if period is not None else rule.by
    return f"{_WORDS[rule.how]} {detail}".strip()
