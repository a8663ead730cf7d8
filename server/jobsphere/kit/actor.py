"""Who acts: what services and policies know of a person, without the ORM or the request."""

from dataclasses import dataclass, field
from uuid import UUID

from jobsphere.kit.errors import Forbidden

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

    def holds(self, right: str) -> bool:
        """Say whether this is staff with the right; administrators and the system hold all of them."""
        return self.is_admin or self.is_system or right in self.rights

    def known_id(self) -> UUID:
        """Return the person's id; raises LookupError for a visitor or the system."""
        if self.id is None:
            raise LookupError("this verb needs a person")
        return self.id


SYSTEM = Actor(id=None, name="system")
VISITOR = Actor(id=None, name="visitor")


def require_right(actor: Actor, right: str) -> None:
    """Raise Forbidden for everybody who does not hold the right."""
    if not actor.holds(right):
        raise Forbidden(f"This needs the right '{right}', which an administrator can grant.")
