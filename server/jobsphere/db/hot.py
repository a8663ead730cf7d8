"""Writes of single rows at close to the driver's own speed, for the verbs that every request runs.

Building the SQL of an INSERT or a guarded UPDATE takes Django three times as long as sending it, although it is the
same text each time. Here the text is kept. What is written, and how values are adapted, is Django's own doing; signals
(which this project does not use) are not sent.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression
from django.db.transaction import mark_for_rollback_on_error

#: PostgreSQL's driver takes what these hold as it is, and Django would hand it over unchanged.
_PLAIN = (
    models.UUIDField,
    models.CharField,
    models.TextField,
    models.DateTimeField,
    models.BooleanField,
    models.IntegerField,
)


def insert(row: models.Model) -> None:
    """Insert a new row, as `row.save(force_insert=True)` does; what the database gave it is set on it."""
    insert_all([row])


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one table with one statement; for a handful of them, as a text is kept for each number."""
    if not rows:
        return
    connection: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
    model = type(rows[0])
    values: list[Any] = []
    marks = tuple(_take(row, connection, values) for row in rows)
    with mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(_insert_sql(model, connection.vendor, marks), values)
        if returned := model._meta.db_returning_fields:
            for row, given in zip(rows, cursor.fetchall(), strict=True):
                for field, value in zip(returned, given, strict=True):
                    setattr(row, field.attname, value)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _take(row: models.Model, connection: BaseDatabaseWrapper, values: list[Any]) -> tuple[str, ...]:
    """Add what the row holds to the values, and return how each stands in the text."""
    marks: list[str] = []
    for field, is_plain in _fields(type(row), connection.vendor):
        if is_plain:
            marks.append("%s")
            values.append(getattr(row, field.attname))
            continue
        value = field.pre_save(row, True)
        if isinstance(value, BaseExpression):
            mark, values_of_mark = value.as_sql(None, connection)  # type: ignore[arg-type]
            marks.append(mark)
            values += values_of_mark
        else:
            marks.append("%s")
            values.append(field.get_db_prep_save(value, connection))
    return tuple(marks)


def update(model: type[models.Model], condition: Mapping[str, Any], changes: Mapping[str, Any]) -> int | None:
    """Update the rows whose columns equal the condition, and return how many there were.

    A condition may also be `<field>__in`. None means that this is not for us to write (an expression, another lookup,
    a NULL to compare with): use the ORM.
    """
    connection: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
    where: list[tuple[str, int]] = []
    values = []
    for name, value in changes.items():
        if value is not None and _is_odd(value):
            return None
        field, is_plain = _field(model, connection.vendor, name)
        values.append(value if is_plain else field.get_db_prep_save(value, connection))
    for lookup, wanted in condition.items():
        name, _, kind = lookup.partition("__")
        options = list(wanted) if kind == "in" and not isinstance(wanted, models.QuerySet) else [wanted]
        if kind not in ("", "in") or not options or any(option is None or _is_odd(option) for option in options):
            return None
        field, is_plain = _field(model, connection.vendor, name)
        where.append((field.column, len(options)))
        values += options if is_plain else [field.get_db_prep_value(option, connection) for option in options]
    with mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(_update_sql(model, connection.vendor, tuple(changes), tuple(where)), values)
        return cursor.rowcount


def count_up(model: type[models.Model], name: str, condition: Mapping[str, Any]) -> list[int] | None:
    """Add one to a number of the rows whose columns equal the condition, and return what it is now in each.

    None means that this is not for us to write (a condition on another table): use the ORM.
    """
    connection: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
    if not all(each == "pk" or model._meta.get_field(each).concrete for each in condition):
        return None
    fields = [_field(model, connection.vendor, each) for each in condition]
    values = [
        field.get_db_prep_value(each, connection) for (field, _), each in zip(fields, condition.values(), strict=True)
    ]
    with mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(_count_sql(model, connection.vendor, name, tuple(condition)), values)
        return [int(number) for (number,) in cursor.fetchall()]


def _is_odd(value: Any) -> bool:
    return isinstance(value, models.Model) or hasattr(value, "resolve_expression")


@lru_cache(maxsize=256)
def _fields(model: type[models.Model], vendor: str) -> list[tuple[Any, bool]]:
    """Return a table's fields, and whether their values need nothing done to them."""
    return [(field, _is_plain(field, vendor)) for field in model._meta.concrete_fields]


@lru_cache(maxsize=1024)
def _field(model: type[models.Model], vendor: str, name: str) -> tuple[Any, bool]:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return field, _is_plain(field, vendor)


def _is_plain(field: Any, vendor: str) -> bool:
    unchanged = type(field).pre_save is models.Field.pre_save or (
        type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add)
    )
    return vendor == "postgresql" and isinstance(field, _PLAIN) and unchanged


@lru_cache(maxsize=256)
def _insert_sql(model: type[models.Model], vendor: str, marks: tuple[tuple[str, ...], ...]) -> str:
    columns = ", ".join(_quote(field.column) for field in model._meta.concrete_fields)
    rows = ", ".join(f"({', '.join(row)})" for row in marks)
    sql = f"INSERT INTO {_quote(model._meta.db_table)} ({columns}) VALUES {rows}"  # noqa: S608  our words
    if returned := model._meta.db_returning_fields:
        sql += " RETURNING " + ", ".join(_quote(field.column) for field in returned)
    return sql


@lru_cache(maxsize=256)
def _update_sql(
    model: type[models.Model], vendor: str, changes: tuple[str, ...], where: tuple[tuple[str, int], ...]
) -> str:
    sets = ", ".join(f"{_quote(_field(model, vendor, name)[0].column)} = %s" for name in changes)
    tests = " AND ".join(f"{_quote(column)} IN ({', '.join(['%s'] * count)})" for column, count in where)
    return f"UPDATE {_quote(model._meta.db_table)} SET {sets} WHERE {tests}"  # noqa: S608  our words


@lru_cache(maxsize=64)
def _count_sql(model: type[models.Model], vendor: str, name: str, where: tuple[str, ...]) -> str:
    column = _quote(_field(model, vendor, name)[0].column)
    tests = " AND ".join(f"{_quote(_field(model, vendor, each)[0].column)} = %s" for each in where)
    return f"UPDATE {_quote(model._meta.db_table)} SET {column} = {column} + 1 WHERE {tests} RETURNING {column}"  # noqa: S608


def _quote(name: str | None) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(name or "")
