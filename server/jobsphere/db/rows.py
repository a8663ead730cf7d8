"""Rows as frozen views, read a page at a time: what a selector hands to a higher floor instead of a QuerySet."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Self, TypeVar

from django.db.models import QuerySet

View = TypeVar("View")
Other = TypeVar("Other")


class Rows(Generic[View]):
    """A lazy list of views. `views` turns one page of rows into views in their order, with a fixed number of queries.

    It has the part of a QuerySet that pagination needs, so nobody outside the app meets a model.
    """

    def __init__(self, rows: "QuerySet[Any]", views: Callable[[Sequence[Any]], Sequence[View]]) -> None:
        self._rows = rows
        self._views = views

    def filter(self, **conditions: Any) -> Self:
        """Return fewer rows."""
        return type(self)(self._rows.filter(**conditions), self._views)

    def order_by(self, *fields: str) -> Self:
        """Return the same rows in another order."""
        return type(self)(self._rows.order_by(*fields), self._views)

    def then(self, views: "Callable[[Sequence[View]], Sequence[Other]]") -> "Rows[Other]":
        """Return these rows seen otherwise, for example with the names of people that this app does not know."""
        return Rows(self._rows, lambda rows: views(self._views(rows)))

    def __getitem__(self, window: slice) -> Sequence[View]:
        """Read these rows now."""
        return self._views(list(self._rows[window]))

    def __iter__(self) -> Iterator[View]:
        """Read all rows; for short lists and tests."""
        return iter(self._views(list(self._rows)))


def each(view: Callable[[Any], View]) -> Callable[[Sequence[Any]], list[View]]:
    """Turn a view of one row into a view of a page of them."""
    return lambda rows: [view(row) for row in rows]
