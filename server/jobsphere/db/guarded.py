"""Guarded updates: a row moves only from the status we believe it has, on both engines and without row locks."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import models

from jobsphere.db import hot
from jobsphere.db.transactions import require_transaction


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
    """Update the one row that fits the condition; say whether there was one."""
    require_transaction()
    updated = hot.update(model, condition, changes)
    if updated is None:
        updated = model._default_manager.filter(**condition).update(**changes)
    return updated == 1
