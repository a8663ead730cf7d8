"""Running statements of our own on either engine."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


def fetch(sql: str, values: Iterable[Any] = ()) -> list[Any]:
    """Run a statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, to_columns(values))
        return cursor.fetchall()


def execute(sql: str, values: Iterable[Any]) -> int:
    """Run a statement and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, to_columns(values))
        return cursor.rowcount


def to_columns(values: Iterable[Any]) -> Sequence[Any]:
    """Return values as this engine stores them: SQLite knows neither UUIDs nor moments."""
    return list(values) if connection.vendor == "postgresql" else [_to_text(value) for value in values]


def from_column(value: UUID | str) -> UUID:
    """Return an id that this engine stored."""
    return value if isinstance(value, UUID) else UUID(value)


def marks(count: int) -> str:
    """Return so many parameter marks."""
    return ", ".join(["%s"] * count)


def rows(count: int, width: int) -> str:
    """Return the marks of so many rows for VALUES."""
    return ", ".join([f"({marks(width)})"] * count)


def _to_text(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
