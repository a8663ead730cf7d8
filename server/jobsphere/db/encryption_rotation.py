"""Rotation: seals again, with the current key, whatever an older one sealed. `manage.py rotate-keys` drives it.

Where it stands is read from the values themselves (each names its key), so it may be stopped at any moment, run
twice, or run beside the living marketplace: a row that was changed meanwhile was sealed with the current key.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from jobsphere.db.encryption import current_prefix
from jobsphere.db.encryption_fields import EncryptedTextField, Sealed
from jobsphere.db.transactions import edge_transaction


@dataclass(frozen=True, slots=True)
class Store:
    """A place with sealed values. `rotate(size)` seals old ones again, `size` a transaction, and yields each count."""

    name: str
    outdated: Callable[[], int]
    rotate: Callable[[int], Iterator[int]]


_stores: dict[str, Store] = {}


def register(store: Store) -> None:
    """Add a place that is no encrypted column: files, or another library's table."""
    _stores[store.name] = store


def stores() -> list[Store]:
    """Return every encrypted column of every installed model, and every registered place."""
    columns = [_column(field) for model in apps.get_models() for field in model._meta.local_fields if _is_ours(field)]
    return sorted([*columns, *_stores.values()], key=lambda each: each.name)


def _is_ours(field: Any) -> bool:
    return isinstance(field, EncryptedTextField)


def _column(field: Any) -> Store:
    def outdated() -> Any:
        rows = field.model._default_manager.exclude(**{f"{field.name}__isnull": True})
        return rows.exclude(**{f"{field.name}__startswith": Sealed(current_prefix())})

    def rotate(size: int) -> Iterator[int]:
        while rows := list(outdated().order_by("pk").values_list("pk", field.attname)[:size]):
            with edge_transaction():
                for row_id, value in rows:
                    _seal_again(field, row_id, value)
            yield len(rows)

    return Store(f"{field.model._meta.db_table}.{field.column}", lambda: outdated().count(), rotate)


def _seal_again(field: Any, row_id: Any, value: Sealed) -> None:
    """Do nothing to a row that somebody changed just now: it is not outdated any more."""
    fresh = field.sealed(field.opened(value, row_id), row_id)
    model: type[models.Model] = field.model
    # The whole of the old text is its own beginning: this is equality, in the one lookup that the field has.
    unchanged = model._default_manager.filter(pk=row_id, **{f"{field.name}__startswith": value})
    unchanged.update(**{field.name: fresh})
