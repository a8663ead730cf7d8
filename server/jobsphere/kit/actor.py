"""Who acts: what services and policies know of a person, without the ORM or the request."""

from dataclasses import dataclass, field
from uuid import UUID

CUSTOMER = "customer"
CONTRACTOR = "contractor"
ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system itself (no id), with the roles and rights they hold now."""

    id: UUID | None
    roles: frozenset[str] = field(default_factory=frozenset)
    rights: frozenset[str] = field(default_factory=frozenset)
    name: str = ""

    @property
    def is_customer(self) -> bool:
        return CUSTOMER in self.roles

    @property
    def is_contractor(self) -> bool:
        return CONTRACTOR in self.roles

    @property
    def is_admin(self) -> bool:
        return ADMIN in self.roles

    @property
    def is_system(self) -> bool:
        return self.id is None and self.name == "system"

    def known_id(self) -> UUID:
        """Return the person's id; raises LookupError for a visitor or the system."""
        if self.id is None:
            raise LookupError("this verb needs a person")
        return self.id


SYSTEM = Actor(id=None, name="system")
VISITOR = Actor(id=None, name="visitor")
