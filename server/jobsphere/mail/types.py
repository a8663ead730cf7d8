"""What other apps see of the mailbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class KeptKind(StrEnum):
    """What was sent."""

    EMAIL = "email"
    PUSH = "push"


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that left, or would have left: a letter or a push message."""

    id: str
    kind: KeptKind
    to: str
    subject: str
    text: str
    sent_at: datetime
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
