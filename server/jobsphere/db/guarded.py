"""Guarded updates: a row moves only from the status we believe it has, on both engines and without row locks."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import models

from jobsphere.db import hot
from jobsphere.db.transactions import require_transaction

#: Lookups on a foreign key that need no join.
_OWN_LOOKUPS = {"in", "isnull", "exact", "id"}


class JoinedGuardError(ValueError):
    """A guarded update was asked to look at another table: a bug of ours, never a person's."""


def move(
    model: type[models.Model],
    row_id: UUID,
    *,
    from_status: str | Collection[str],
    to_status: str,
    **changes: Any,
) -> bool:
    """Move one row to another status if it still has one of the expected ones; say whether it moved.

    False means that someone else was faster. On PostgreSQL the UPDATE waits for a concurrent one and then looks
    at the new status; SQLite has one writer at a time.
    """
    sources = [from_status] if isinstance(from_status, str) else list(from_status)
    return update_where(model, {"pk": row_id, "status__in": sources}, status=to_status, **changes)


def update_where(model: type[models.Model], condition: dict[str, Any], **changes: Any) -> bool:
    """Update the one row that fits the condition; say whether there was one.

    Raises JoinedGuardError for a condition on another table: that becomes a subquery, which PostgreSQL does not look
    at again after it has waited for a concurrent update, so two could win.
    """
    require_transaction()
    refuse_joins(model, condition)
    updated = hot.update(model, condition, changes)
    if updated is None:
        updated = model._default_manager.filter(**condition).update(**changes)
    return updated == 1


def take_turn(model: type[models.Model], **which: Any) -> int | None:
    """Write a row before deciding anything on it, and return its new revision.

    None when there is no such row, or when it is named by what belongs to it and not by its own columns.
    On PostgreSQL the update waits for the verbs that hold the row; SQLite has one writer. What is read afterwards is
    what every earlier verb has left, so no two verbs decide on the same state.
    """
    require_transaction()
    revisions = hot.count_up(model, "revision", which)
    if revisions is None:
        model._default_manager.filter(**which).update(revision=models.F("revision") + 1)
        return None
    return revisions[0] if revisions else None


def refuse_joins(model: type[models.Model], condition: Iterable[str]) -> None:
    """Let a guard look at columns of its own table only."""
    for lookup in condition:
        name, _, rest = lookup.partition("__")
        joined = rest and name != "pk" and model._meta.get_field(name).is_relation and rest not in _OWN_LOOKUPS
        if joined:
            raise JoinedGuardError(f"{lookup} looks at another table; guard on {model.__name__}'s own columns")
