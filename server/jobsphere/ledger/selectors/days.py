"""Reads of the sealed days (ADR 0011)."""

from datetime import date
from uuid import UUID

from jobsphere.db.rows import Rows, each
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import policies
from jobsphere.ledger.models import DailyLine, DailyStatement
from jobsphere.ledger.types import (
    DayLine,
    StatementView,
)


def statement_rows(viewer: Actor, *, since: date | None = None, until: date | None = None) -> Rows[StatementView]:
    """Return sealed statements for a page of them, without their lines; Forbidden without "finance"."""
    policies.require_finance(viewer)
    rows = DailyStatement.objects.filter(day__gte=since) if since else DailyStatement.objects.all()
    return Rows(rows.filter(day__lt=until) if until else rows, each(view_of_statement))


def sealed_statement(viewer: Actor, statement_id: UUID) -> StatementView:
    """Return a sealed statement with its lines; Forbidden without "finance", NotFound. Two queries."""
    policies.require_finance(viewer)
    row = DailyStatement.objects.filter(pk=statement_id).first()
    if row is None:
        raise NotFound("There is no such statement.")
    lines = DailyLine.objects.filter(statement=row).order_by("currency", "kind")
    return view_of_statement(row, tuple(_day_line(line) for line in lines))


def statement_of(viewer: Actor, day: date) -> StatementView:
    """Return the statement of a day with its lines; Forbidden without "finance", NotFound for a day that is not sealed.

    Three queries.
    """
    policies.require_finance(viewer)
    found = DailyStatement.objects.filter(day=day).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("There is no sealed statement of that day: it is not over yet, or before the first transfer.")
    return sealed_statement(viewer, found)


def last_statement() -> StatementView | None:
    """Return the newest sealed statement, without its lines."""
    row = DailyStatement.objects.order_by("-number").first()
    return view_of_statement(row) if row else None


def seal_of_day(day: date) -> str:
    """Return the seal of a day; empty when it is not sealed."""
    return DailyStatement.objects.filter(day=day).values_list("seal", flat=True).first() or ""


def view_of_statement(row: DailyStatement, lines: tuple[DayLine, ...] = ()) -> StatementView:
    """Return a statement as others see it."""
    return StatementView(
        id=row.pk,
        number=row.number,
        day=row.day,
        sealed_at=row.created_at,
        transfers=row.transfers,
        entries=row.entries,
        first_transfer=row.first_transfer,
        last_transfer=row.last_transfer,
        previous=row.previous,
        chain=row.chain,
        seal=row.seal,
        lines=lines,
    )


def _day_line(row: DailyLine) -> DayLine:
    amounts = (Money(amount, row.currency) for amount in (row.opening, row.debits, row.credits, row.closing))
    return DayLine(row.kind, *amounts)
