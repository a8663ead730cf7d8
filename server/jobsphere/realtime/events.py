"""What people choose about being seen."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class PresenceChosen(Event):
    """Somebody lets others see whether they are here, or does so no more."""

    name: ClassVar[str] = "presence.chosen"
    aggregate: ClassVar[str] = "user"
    user_id: UUID
    shown: bool
