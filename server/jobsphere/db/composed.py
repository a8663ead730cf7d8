"""Reads whose SQL Django composes once and we keep: for what every request and every task asks.

Composing takes Django five times as long as asking PostgreSQL, although it is the same text each time (`hot` is the
same thought for writes). What is asked, how values are adapted and what rows become stays Django's own doing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from inspect import signature
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Model = TypeVar("Model", bound=models.Model)
Single = UUID | str | datetime

#: Stand for the values while the text is composed; nothing else in a query can look like them.
_MARKS: dict[Any, Callable[[int], Single]] = {
    UUID: lambda number: UUID(int=0xC0_4905ED << 96 | number),
    str: lambda number: f"\N{SYMBOL FOR SUBSTITUTE FORM TWO}{number}",
    datetime: lambda number: datetime(1, 2, 3, 4, 5, 6, 789, UTC) + timedelta(days=number),
}
#: The most values of a list; more than that is no read of every request.
_MOST = 1024


class ShapeError(TypeError):
    """A composed read was declared or called with what cannot be a value of its text: a bug of ours."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What was composed for one kind of database, and for lists of one length."""

    rows: "QuerySet[Any]"
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    #: Where among the parameters the values stand: index, name, and place in its list.
    places: tuple[tuple[int, str, int], ...]


class Composed(Generic[Row]):
    """A read by named values; calling it returns the rows, as `list(build(...))` would. See `composed`."""

    def __init__(self, build: "Callable[..., QuerySet[Any, Row]]", kinds: Mapping[str, Any]) -> None:
        self.__doc__ = build.__doc__
        self._build = build
        self._kinds = kinds
        self._texts: dict[tuple[str, int], _Text] = {}

    def __call__(self, **values: Single | Sequence[UUID]) -> list[Row]:
        """Read the rows. Raises ShapeError for None and for a list of nothing, which has another shape."""
        connection: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
        listed = {name: value if isinstance(value, list | tuple) else (value,) for name, value in values.items()}
        room = _room(max(map(len, listed.values()), default=1))
        text = self._texts.get((connection.vendor, room))
        if text is None:
            text = self._texts[connection.vendor, room] = self._compose(connection, room)
        params = list(text.params)
        for index, name, place in text.places:
            given = listed[name]
            if not given:
                raise ShapeError(f"{self._build.__qualname__} needs some {name}")
            # A list fills its room by repeating its last value, which asks for the same.
            params[index] = _adapted(_of_kind(self._kinds[name], given[min(place, len(given) - 1)]), connection)
        return list(_ready(text, tuple(params), connection))

    def one(self, **values: Single | Sequence[UUID]) -> Row | None:
        """Read the first row, if there is any."""
        rows = self(**values)
        return rows[0] if rows else None

    def _compose(self, connection: BaseDatabaseWrapper, room: int) -> _Text:
        marks: dict[str, Any] = {}
        places: dict[Any, tuple[str, int]] = {}
        for number, (name, annotation) in enumerate(self._kinds.items()):
            is_list = annotation == list[UUID]
            kind = UUID if is_list else annotation
            if kind not in _MARKS:
                raise ShapeError(f"a composed read takes UUIDs, lists of them, strings and moments, not {kind}")
            own = [_MARKS[kind](number * _MOST + place) for place in range(room if is_list else 1)]
            marks[name] = own if is_list else own[0]
            places |= {_adapted(mark, connection): (name, place) for place, mark in enumerate(own)}
        rows = self._build(**marks)
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        found = tuple((index, *places[param]) for index, param in enumerate(params) if _is_among(param, places))
        if len({(name, place) for _, name, place in found}) < len(places):
            raise ShapeError(f"{self._build.__qualname__} does not ask for everything that it is given")
        return _Text(rows, compiler, sql, tuple(params), found)


def composed(build: "Callable[..., QuerySet[Any, Row]]") -> Composed[Row]:
    """Keep the SQL of a read, for example `def _of(*, person_id: UUID) -> QuerySet[X]: return X.objects.filter(...)`.

    Arguments are UUIDs, lists of them (for `__in`), strings and moments, by name. The shape of the query must not
    depend on them: they are marks when it is built, and it is built once for each length of lists (in powers of two).
    """
    return Composed(build, {name: each.annotation for name, each in signature(build, eval_str=True).parameters.items()})


def first(model: type[Model], *related: str, **conditions: Any) -> Model | None:
    """Return what `model.objects.select_related(*related).filter(**conditions).first()` does, composed once.

    For conditions on single columns that equal a UUID, a string, a moment; or None and truth values, which are part of
    the text. Raises ShapeError for other values.
    """
    given = {name: value for name, value in conditions.items() if isinstance(value, UUID | str | datetime)}
    fixed = tuple((name, value) for name, value in conditions.items() if name not in given)
    if odd := [name for name, value in fixed if value is not None and not isinstance(value, bool)]:
        # A number would be part of the text, and each another text.
        raise ShapeError(f"{', '.join(odd)} of {model.__name__} cannot be a value of a composed read; use the ORM")
    return _first(model, related, fixed, tuple(given)).one(**given)


def get(model: type[Model], *related: str, **conditions: Any) -> Model:
    """Return the row that `first` finds; raises the model's DoesNotExist."""
    found = first(model, *related, **conditions)
    if found is None:
        raise model.DoesNotExist(  # type: ignore[attr-defined]
            f"there is no {model.__name__} with {', '.join(conditions)} like that"
        )
    return found


def refresh(row: models.Model) -> None:
    """Read the row again, as `row.refresh_from_db()` does; raises the model's DoesNotExist."""
    fresh = vars(get(type(row), pk=row.pk))
    vars(row).update({field.attname: fresh[field.attname] for field in row._meta.concrete_fields})
    row._state.fields_cache.clear()
    row.__dict__.pop("_prefetched_objects_cache", None)


@lru_cache(maxsize=1024)
def _first(
    model: type[Model],
    related: tuple[str, ...],
    fixed: tuple[tuple[str, Any], ...],
    names: tuple[str, ...],
) -> Composed[Model]:
    def build(**marks: Any) -> "QuerySet[Model]":
        rows = model._default_manager.filter(**dict(fixed), **marks)
        rows = rows.select_related(*related) if related else rows
        return (rows if rows.ordered else rows.order_by("pk"))[:1]

    return Composed(build, {name: _kind_of(model, name) for name in names})


def _kind_of(model: type[models.Model], name: str) -> type:
    """Return what a column holds, as a composed read sees it."""
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    while field.is_relation:
        field = field.target_field
    kinds = {models.UUIDField: UUID, models.DateTimeField: datetime}
    return next((kind for each, kind in kinds.items() if isinstance(field, each)), str)


def _of_kind(kind: Any, value: Any) -> Any:
    """Take an id that came as text, as the ORM does; SQLite would look for it as it stands, and find nothing."""
    return UUID(value) if isinstance(value, str) and kind in (UUID, list[UUID]) else value


def in_lists(read: Composed[Row], *, ids: Collection[UUID], **values: Single) -> list[Row]:
    """Read what belongs to any of these ids; nothing for none, and as many texts as needed for very many."""
    wanted = list(dict.fromkeys(ids))
    windows = range(0, len(wanted), _MOST)
    return [row for start in windows for row in read(ids=wanted[start : start + _MOST], **values)]


def _room(count: int) -> int:
    if count > _MOST:
        raise ShapeError(f"{count} values are too many for a composed read; leave it to the ORM")
    return 1 << (count - 1).bit_length() if count else 1


def _is_among(param: Any, places: dict[Single, tuple[str, int]]) -> bool:
    return isinstance(param, UUID | str | datetime) and param in places


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Return the value as the fields' own get_db_prep_value would."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, str):
        return str(value)
    raise ShapeError(f"a composed read takes UUIDs, lists of them, strings and moments, not {type(value).__name__}")


def _ready(text: _Text, params: tuple[Any, ...], connection: BaseDatabaseWrapper) -> "QuerySet[Any]":
    """Return a query set that has its SQL already, and makes rows of the answer as it always does."""
    compiler = copy(text.compiler)
    compiler.connection = connection  # the one that composed it belongs to another thread
    compiler.as_sql = lambda *_, **__: (text.sql, params)  # type: ignore[method-assign]
    query = copy(text.rows.query)
    query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
    ready = type(text.rows)(text.rows.model, query, DEFAULT_DB_ALIAS)
    for name in ("_iterable_class", "_fields", "_prefetch_related_lookups"):
        setattr(ready, name, getattr(text.rows, name))
    return ready
