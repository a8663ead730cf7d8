"""What `manage.py reconcile` asks of hours: that a closed week bills its time, and that its milestones say the same."""

from collections.abc import Iterator

from jobsphere.contracts.selectors.weeks import weeks_of
from jobsphere.contracts.types import MilestoneStatus
from jobsphere.hours.models import Week
from jobsphere.hours.rules.billing import cost
from jobsphere.hours.rules.lifecycle import WeekStatus
from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger.checks import Explanation
from jobsphere.ledger.types import Discrepancy

_CHUNK = 500
EXPLANATIONS = {
    "hours.weeks": Explanation(
        "A week that was billed costs more than its hours up to the cap, or nothing was paid in for what it bills.",
        "Compare its time entries with its statement in the audit trail, and give back what is too much.",
    ),
}


def weeks() -> Iterator[Discrepancy]:
    """No closed week bills more than its hours, or more than its cap; what bills anything was paid in."""
    rows = Week.objects.filter(status=WeekStatus.CLOSED).select_related("deal").order_by("pk")
    chunk: list[Week] = []
    for row in rows.iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield from _compare(chunk)
            chunk = []
    yield from _compare(chunk)


def _compare(rows: list[Week]) -> Iterator[Discrepancy]:
    money = weeks_of(row.milestone_id for row in rows)
    for row in rows:
        billed, most = Money(row.amount, row.deal.currency), cost(row.deal.rate, row.deal.weekly_cap)
        payable = cost(row.deal.rate, min(row.minutes, row.deal.weekly_cap))
        if billed > most or billed > payable:
            yield Discrepancy("hours.weeks", f"week {row.pk}", f"bills {billed}, but its hours cost {payable}.")
        unpaid = money[row.milestone_id].status in (MilestoneStatus.PENDING, MilestoneStatus.REMOVED)
        if unpaid and billed:
            yield Discrepancy("hours.weeks", f"week {row.pk}", f"bills {billed}, but was never paid in.")


checks.register("hours.weeks", weeks, EXPLANATIONS)
