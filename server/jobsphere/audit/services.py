"""The one verb: record what was done, in the transaction that does it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from structlog.contextvars import get_contextvars

from jobsphere.audit.models import AuditEntry
from jobsphere.db import hot
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money


def record(
    *,
    actor: Actor,
    verb: str,
    target_type: str,
    target_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
) -> UUID:
    """Write one audit entry, in one INSERT; returns its id.

    `detail` may hold Money, UUIDs, moments, enums, lists and mappings of these; never put secrets or card data there.
    Raises NoTransactionError outside a transaction and TypeError for a value that is not JSON.
    """
    require_transaction()
    entry = AuditEntry(
        actor_id=actor.id,
        # People are named by id alone (naming.py); the system and visitors have none.
        actor_name="" if actor.id else actor.name[:200],
        verb=verb,
        target_type=target_type,
        target_id=target_id,
        detail=to_json(detail or {}),
        request_id=str(get_contextvars().get("request_id", ""))[:64],
    )
    hot.insert(entry)
    return entry.id


def to_json(value: Any) -> Any:
    """Return the JSON form of a detail; raises TypeError for what has none (a float, an object)."""
    match value:
        case Enum():
            return to_json(value.value)
        case None | str() | bool() | int():
            return value
        case Money():
            return value.to_json()
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(name): to_json(item) for name, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [to_json(item) for item in value]
    raise TypeError(f"an audit detail may not hold {type(value).__name__}")
