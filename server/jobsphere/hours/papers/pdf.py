"""A report of hours as PDF, by typst."""

import json
from pathlib import Path

import typst

from jobsphere.hours.papers.tables import decimal_hours
from jobsphere.hours.types import ReportLine, ReportView

_HERE = Path(__file__).parent
_TITLES = {"week": "Hours by week", "contract": "Hours by contract", "customer": "Hours by customer"}


def of_report(view: ReportView, *, person: str) -> bytes:
    """Return a report on paper."""
    document = {
        "title": _TITLES[view.group],
        "person": person,
        "period": _period(view),
        "rows": [_row(line, line.label) for line in view.lines],
        "totals": [_row(line, "Total") for line in view.totals],
    }
    inputs = {"document": json.dumps(document, sort_keys=True)}
    return bytes(typst.compile(_HERE / "report.typ", sys_inputs=inputs, ignore_system_fonts=True))


def _period(view: ReportView) -> str:
    since = f"from {view.since:%d %B %Y}" if view.since else ""
    until = f"to {view.until:%d %B %Y}" if view.until else ""
    return " ".join(part for part in (since, until) if part) or "All closed weeks"


def _row(line: ReportLine, name: str) -> list[str]:
    hours = [decimal_hours(line.minutes), decimal_hours(line.billed_minutes)]
    return [name, *hours, str(line.billed), str(line.held_apart)]
