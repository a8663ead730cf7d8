"""Periods and weeks in queries, the same on both engines."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import DateField, Q
from django.db.models.functions import TruncWeek


def between(column: str, since: datetime | None, until: datetime | None) -> Q:
    """Return the condition that a moment lies in a period: `since` is in it, `until` is not, None is open."""
    condition = Q()
    if since is not None:
        condition &= Q(**{f"{column}__gte": since})
    return condition if until is None else condition & Q(**{f"{column}__lt": until})


def week_of(column: str) -> Any:
    """Return the Monday (a date, UTC) of the week in which a moment lies."""
    return TruncWeek(column, output_field=DateField(), tzinfo=UTC)
