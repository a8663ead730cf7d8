"""What the admin's screens see of the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One entry: who did what to which object, when, with which particulars, in which request."""

    id: UUID
    actor_id: UUID | None
    actor_name: str
    verb: str
    target_type: str
    target_id: UUID | None
    detail: dict[str, Any]
    request_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """What a list of entries is narrowed to; nothing given does not narrow. A verb that ends in a dot is a family."""

    actor_id: UUID | None = None
    target_type: str = ""
    target_id: UUID | None = None
    verb: str = ""
    request_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
