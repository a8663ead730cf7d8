"""A year as staff see it, and as a contractor sees theirs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from jobsphere.invoices.selectors import brand
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import minor_digits
from jobsphere.reporting import collecting, policies
from jobsphere.reporting.models import ExchangeRate, Report, ReportLine, Seller, Threshold
from jobsphere.reporting.rules import CURRENCY_OF, Limit, Regime, Standing, limit_of, missing_in, regime_of
from jobsphere.reporting.types import FIELDS, Figures, Overview, RateView, ReportView, SellerRow
from jobsphere.users import selectors as users

MILLION = 1_000_000


def overview(viewer: Actor, year: int) -> Overview:
    """Return a year for administrators: who is in it, what is missing, which files were made (Forbidden)."""
    policies.require_reporter(viewer)
    rows = sellers_of(year)
    limits = limits_of(year)
    return Overview(
        year=year,
        problems=operator_problems(),
        limits={str(each.regime): each for each in limits.values()},
        sellers=tuple(rows),
        by_country=dict(Counter(row.country for row in rows if row.standing is Standing.REPORTABLE)),
        rates=tuple(
            RateView(each.year, each.currency, each.into, each.millionths, each.source)
            for each in ExchangeRate.objects.filter(year=year).order_by("-id")
        ),
        reports=tuple(report_view(row) for row in _reports().filter(year=year).order_by("-id")),
    )


def operator_problems() -> tuple[str, ...]:
    """Name what the operator has not said of itself, and a file cannot do without."""
    view = brand()
    said = {"name": view.name, "address": view.address, "country": view.country, "tax_number": view.tax_number}
    return tuple(f"operator-{name}" for name, value in said.items() if not value)


def limits_of(year: int) -> dict[Regime, Limit]:
    """Return from which amounts on people are reported in a year. One query."""
    added = [
        Limit(Regime(row.regime), row.year, row.amount, row.activities, row.both)
        for row in Threshold.objects.order_by("id")
    ]
    found = {regime: limit_of(regime, year, added) for regime in Regime}
    return {regime: limit for regime, limit in found.items() if limit}


def rates_of(year: int) -> dict[tuple[str, str], int]:
    """Return the newest rate of each pair in a year, in millionths. One query."""
    rows = ExchangeRate.objects.filter(year=year).order_by("id")
    return {(row.currency, row.into): row.millionths for row in rows}


def sellers_of(year: int, user_id: UUID | None = None) -> list[SellerRow]:
    """Return everybody who earned in a year, or one person, by name."""
    figures = collecting.figures_of(year, user_id)
    details = {row.user_id: row for row in Seller.objects.filter(user_id__in=figures)}
    names = users.people(figures)
    reported = dict(
        ReportLine.objects.filter(report__year=year, user_id__in=figures)
        .values_list("user_id")
        .annotate(last=Max("created_at"))
    )
    limits, rates = limits_of(year), rates_of(year)
    rows = [
        _row(each, names[each].name if each in names else "", details.get(each), months, limits, rates, reported)
        for each, months in figures.items()
    ]
    return sorted(rows, key=lambda row: (row.name, str(row.user_id)))


def convert(
    figures: Iterable[Figures], name: str, into: str, rates: Mapping[tuple[str, str], int]
) -> tuple[int, list[str]]:
    """Return a sum in another currency, and which rates are missing; a missing one is never guessed.

    Half up, per currency. Amounts are minor units; rates are for whole units of currencies.
    """
    sum_, missing = 0, []
    for each in figures:
        amount = sum(getattr(each, name))
        if each.currency == into:
            sum_ += amount
        elif rate := rates.get((each.currency, into)):
            sum_ += converted(amount, rate, each.currency, into)
        else:
            missing.append(f"rate-{each.currency}-{into}")
    return sum_, missing


def converted(amount: int, millionths: int, currency: str, into: str) -> int:
    """Return an amount in another currency's minor units, half up."""
    top = amount * millionths * factor(into)
    bottom = MILLION * factor(currency)
    return (2 * top + bottom) // (2 * bottom)


def factor(currency: str) -> int:
    """Return how many minor units a unit of a currency has."""
    return int(10 ** minor_digits(currency))


def my_details(viewer: Actor) -> dict[str, Any]:
    """Return what the viewer said of themselves, and what is missing."""
    row = Seller.objects.filter(user_id=viewer.known_id()).first()
    details = {name: (row.details.get(name, "") if row else "") for name in FIELDS}
    details["kind"] = details["kind"] or "person"
    return {
        **details,
        "missing": list(missing_in(details)),
        "asked_at": row.asked_at if row else None,
        "withheld": row is not None and row.withheld_at is not None,
    }


def my_year(viewer: Actor, year: int) -> SellerRow | None:
    """Return what is, or will be, reported of the viewer for a year; None when they earned nothing in it."""
    return next(iter(sellers_of(year, viewer.known_id())), None)


def report_view(row: Report) -> ReportView:
    """Present a report."""
    return ReportView(
        id=row.pk,
        year=row.year,
        regime=Regime(row.regime),
        message_ref=row.message_ref,
        corrects=row.corrects.message_ref if row.corrects else "",
        lines=row.lines_count,
        digest=row.digest,
        created_at=row.created_at,
    )


def reports_by_id(viewer: Actor, ids: Iterable[UUID]) -> list[ReportView]:
    """Return reports that were just made, for administrators."""
    policies.require_reporter(viewer)
    return [report_view(row) for row in _reports().filter(pk__in=list(ids)).order_by("id")]


def _reports() -> Any:
    return Report.objects.select_related("corrects").defer("content")


def _row(
    user_id: UUID,
    name: str,
    seller: Seller | None,
    figures: list[Figures],
    limits: Mapping[Regime, Limit],
    rates: Mapping[tuple[str, str], int],
    reported: Mapping[UUID, datetime],
) -> SellerRow:
    details = seller.details if seller else {}
    country = details.get("country", "")
    regime = regime_of(country)
    missing = missing_in(details)
    problems: list[str] = []
    standing = Standing.OUTSIDE if country and regime is None else Standing.INCOMPLETE
    if regime is not None and regime in limits:
        counted = ("gross", "transactions") if regime is Regime.FORM_1099_K else ("paid", "activities")
        amount, problems = convert(figures, counted[0], CURRENCY_OF[regime], rates)
        count = sum(sum(getattr(each, counted[1])) for each in figures)
        limit = limits[regime]
        # A limit of nothing is passed by any amount, so it needs no rate.
        problems = problems if limit.amount else []
        if not limit.is_passed(amount, count) and not problems:
            standing = Standing.EXCLUDED
        elif not missing and not problems:
            standing = Standing.REPORTABLE
    return SellerRow(
        user_id=user_id,
        name=name,
        regime=regime,
        standing=standing,
        country=country,
        missing=missing if standing is Standing.INCOMPLETE else (),
        problems=tuple(problems),
        figures=tuple(figures),
        reported_at=reported.get(user_id),
        withheld=seller is not None and seller.withheld_at is not None,
    )
