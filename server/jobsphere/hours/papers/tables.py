"""CSV of hours. Amounts are decimal texts, hours too: minutes divided by sixty, to two digits."""

import csv
import io
from decimal import ROUND_HALF_UP, Decimal

from jobsphere.hours.types import ReportLine, ReportView

COLUMNS = ("about", "weeks", "hours_worked", "hours_billed", "currency", "billed", "held_apart")
#: What makes a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def of_report(view: ReportView) -> str:
    """Return a report, a line for each of its lines, then the totals."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows(_row(line, line.label) for line in view.lines)
    rows.writerows(_row(line, "total") for line in view.totals)
    return out.getvalue()


def decimal_hours(minutes: int) -> str:
    """Return minutes as hours with two digits."""
    return str((Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _row(line: ReportLine, name: str) -> list[str]:
    about = f"'{name}" if name.startswith(_FORMULA) else name
    hours = [decimal_hours(line.minutes), decimal_hours(line.billed_minutes)]
    return [about, str(line.weeks), *hours, line.billed.currency, line.billed.major(), line.held_apart.major()]
