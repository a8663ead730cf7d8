"""Writes of single rows at close to the driver's own speed, for the verbs that every request runs.

Building the SQL of an INSERT or a guarded UPDATE takes Django three times as long as sending it, although it is the
same text each time. Here the text is kept. What is written, and how values are adapted, is Django's own doing; signals
(which this project does not use) are not sent.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import BaseExpression
from django.db.transaction import mark_for_rollback_on_error


def insert(row: models.Model) -> None:
    """Insert a new row, as `row.save(force_insert=True)` does; what the database gave it is set on it."""
    fields = row._meta.concrete_fields
    values: list[Any] = []
    marks: list[str] = []
    for field in fields:
        value = field.pre_save(row, True)
        if isinstance(value, BaseExpression):
            mark, values_of_mark = value.as_sql(None, connection)  # type: ignore[arg-type]
            marks.append(mark)
            values += values_of_mark
        else:
            marks.append("%s")
            values.append(field.get_db_prep_save(value, connection))
    with mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(_insert_sql(type(row), connection.vendor, tuple(marks)), values)
        if returned := row._meta.db_returning_fields:
            for field, value in zip(returned, cursor.fetchone(), strict=True):
                setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias


def update(model: type[models.Model], condition: Mapping[str, Any], changes: Mapping[str, Any]) -> int | None:
    """Update the rows whose columns equal the condition, and return how many there were.

    A condition may also be `<field>__in`. None means that this is not for us to write (an expression, another lookup,
    a NULL to compare with): use the ORM.
    """
    where: list[tuple[str, int]] = []
    values = []
    for name, value in changes.items():
        if value is not None and _is_odd(value):
            return None
        values.append(model._meta.get_field(name).get_db_prep_save(value, connection))  # type: ignore[union-attr]
    for lookup, wanted in condition.items():
        name, _, kind = lookup.partition("__")
        options = list(wanted) if kind == "in" and not isinstance(wanted, models.QuerySet) else [wanted]
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if kind not in ("", "in") or not options or any(_is_odd(option) for option in options):
            return None
        where.append((field.attname, len(options)))  # type: ignore[union-attr]
        values += [field.get_db_prep_value(option, connection) for option in options]  # type: ignore[union-attr]
    with mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(_update_sql(model, connection.vendor, tuple(changes), tuple(where)), values)
        return cursor.rowcount


def _quote(name: str | None) -> str:
    return connection.ops.quote_name(name or "")


def _is_odd(value: Any) -> bool:
    return value is None or isinstance(value, models.Model) or hasattr(value, "resolve_expression")


@lru_cache(maxsize=256)
def _insert_sql(model: type[models.Model], vendor: str, marks: tuple[str, ...]) -> str:
    quote = _quote
    columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({', '.join(marks)})"  # noqa: S608  our words
    if returned := model._meta.db_returning_fields:
        sql += " RETURNING " + ", ".join(quote(field.column) for field in returned)
    return sql


@lru_cache(maxsize=256)
def _update_sql(
    model: type[models.Model], vendor: str, changes: tuple[str, ...], where: tuple[tuple[str, int], ...]
) -> str:
    quote = _quote
    columns = {field.attname: quote(field.column) for field in model._meta.concrete_fields}
    names = {field.name: field.attname for field in model._meta.concrete_fields}
    sets = ", ".join(f"{columns[names.get(name, name)]} = %s" for name in changes)
    tests = " AND ".join(f"{columns[name]} IN ({', '.join(['%s'] * count)})" for name, count in where)
    return f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {tests}"  # noqa: S608  our words
