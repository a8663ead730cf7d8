"""What other apps may know of a person."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    """A person as others see them."""

    id: UUID
    name: str
