"""Closed weeks added up: by contract, by calendar week, or by customer. Each currency apart."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from jobsphere.hours import policies
from jobsphere.hours.models import HourlyDeal, Week
from jobsphere.hours.rules.lifecycle import WeekStatus
from jobsphere.hours.types import ReportLine, ReportView
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money


class Grouping(StrEnum):
    """What a line of a report is about."""

    CONTRACT = "contract"
    WEEK = "week"
    CUSTOMER = "customer"


def report(
    viewer: Actor,
    *,
    group: Grouping = Grouping.WEEK,
    since: date | None = None,
    until: date | None = None,
    contract_id: UUID | None = None,
) -> ReportView:
    """Add up the viewer's closed weeks whose Monday lies between two days, both included. One query for the rows."""
    rows = Week.objects.filter(deal__in=policies.deals_of(viewer), status=WeekStatus.CLOSED)
    narrowed = {"starts_on__gte": since, "starts_on__lte": until, "deal__contract_id": contract_id}
    rows = rows.filter(**{name: value for name, value in narrowed.items() if value is not None})
    found = list(rows.select_related("deal__customer").order_by("starts_on", "pk"))
    groups: dict[tuple[str, str], list[Week]] = {}
    for row in found:
        groups.setdefault((_key(row, group), row.deal.currency), []).append(row)
    lines = tuple(_line(key, _label(parts[0], group), parts) for (key, _), parts in groups.items())
    currencies = sorted({row.deal.currency for row in found})
    totals = tuple(_line("", each, [row for row in found if row.deal.currency == each]) for each in currencies)
    return ReportView(str(group), since, until, lines, totals)


def _key(row: Week, group: Grouping) -> str:
    if group is Grouping.WEEK:
        return row.starts_on.isoformat()
    return str(row.deal.contract_id if group is Grouping.CONTRACT else row.deal.customer_id)


def _label(row: Week, group: Grouping) -> str:
    deal: HourlyDeal = row.deal
    return {
        Grouping.WEEK: row.starts_on.isoformat(),
        Grouping.CONTRACT: deal.title,
        Grouping.CUSTOMER: deal.customer.name,
    }[group]


def _line(key: str, label: str, rows: Iterable[Week]) -> ReportLine:
    parts = list(rows)
    currency = parts[0].deal.currency
    return ReportLine(
        key=key,
        label=label,
        weeks=len(parts),
        minutes=sum(row.minutes for row in parts),
        billed_minutes=sum(row.billed_minutes for row in parts),
        billed=Money(sum(row.amount for row in parts), currency),
        held_apart=Money(sum(row.disputed_amount for row in parts), currency),
    )
