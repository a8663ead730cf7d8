"""`manage.py doctor`: tries every part, and says what is wrong and what to do about it."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from jobsphere.backoffice import doctoring

_MARKS = {"ok": "ok     ", "remark": "look   ", "unwell": "UNWELL "}


class Command(BaseCommand):
    """Exit code 1 when anything is unwell, or insecure where --production asks."""

    help = "Try every part of the marketplace; --variables lists each variable, its value and where it came from."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--variables", action="store_true", help="list the variables; secrets only as `set`")
        parser.add_argument("--production", action="store_true", help="name what production would refuse")
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["variables"]:
            self._show([asdict(each) for each in doctoring.variables()], "{name:34} {source:12} {value}", options)
            return
        if options["production"]:
            problems = settings.INSECURE
            self._show([{"words": words} for words in problems], "- {words}", options)
            self._end(bool(problems))
            return
        findings = list(doctoring.examine())
        self._show(
            [{**asdict(each), "mark": _MARKS[each.state]} for each in findings], "{mark}{part:12} {words}", options
        )
        self._end(any(each.state == "unwell" for each in findings))

    def _show(self, rows: list[dict[str, str]], form: str, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps([{k: v for k, v in row.items() if k != "mark"} for row in rows], indent=1))
            return
        for row in rows:
            self.stdout.write(form.format(**row).rstrip())

    def _end(self, is_bad: bool) -> None:
        if is_bad:
            raise SystemExit(1)
