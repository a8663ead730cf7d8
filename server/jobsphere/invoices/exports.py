"""What accountants take home: all documents of a month, and the postings of the ledger behind them."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import QuerySet

from jobsphere.invoices import selectors
from jobsphere.invoices.papers import tables
from jobsphere.invoices.rules import month_of
from jobsphere.invoices.types import InvoiceFilter
from jobsphere.kit.actor import Actor
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.selectors import TransferFilter

_CHUNK = 500


def documents(viewer: Actor, month: str) -> Iterator[str]:
    """Return all documents of a month as lines of CSV, oldest first (Forbidden without "finance")."""
    rows = selectors.all_invoices(viewer, InvoiceFilter(month=month)).order_by("id")
    return tables.of_documents(view for chunk in _chunks(rows) for view in selectors.invoice_views(viewer, chunk))


def postings(viewer: Actor, month: str) -> Iterator[str]:
    """Return all postings of a month as lines of CSV, oldest first (Forbidden without "finance")."""
    period = month_of(month)
    since, until = (datetime.combine(day, time(), UTC) for day in (period.first, period.after))
    rows = ledger.transfer_rows(viewer, TransferFilter(since=since, until=until)).order_by("id")
    return tables.of_postings(rows)


def _chunks(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    """Read rows in the order of their ids, some at a time, so that a busy month fits into memory."""
    chunk = list(rows[:_CHUNK])
    while chunk:
        yield chunk
        chunk = list(rows.filter(pk__gt=chunk[-1].pk)[:_CHUNK])
