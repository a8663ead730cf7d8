"""Who may do what with profiles; the gate-keepers of what belongs to one person."""

from uuid import UUID

from jobsphere.kit.actor import CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.profiles.errors import ProfileRequired
from jobsphere.profiles.models import ContractorProfile, PortfolioEntry


def require_role(actor: Actor, role: str) -> None:
    """Let only people pass who hold the role; raises Forbidden that says how to get it."""
    if role not in actor.roles:
        raise Forbidden(f"This needs the role '{role}'. You can add a role to your account in /api/auth/me.")


def require_customer(actor: Actor) -> None:
    """Let only customers pass."""
    require_role(actor, CUSTOMER)


def require_contractor_profile(actor: Actor) -> None:
    """Let only contractors pass who have said what they do; raises Forbidden or ProfileRequired."""
    require_role(actor, CONTRACTOR)
    if not ContractorProfile.objects.filter(pk=actor.known_id()).exists():
        raise ProfileRequired("Tell customers what you do in your profile (PUT /api/profiles/me/), then try again.")


def is_oneself(actor: Actor, person_id: UUID) -> bool:
    """Say whether it is the actor's own face."""
    return actor.id == person_id


def may_change_entry(actor: Actor, entry_id: UUID) -> bool:
    """Say whether the actor shows this piece of work."""
    return PortfolioEntry.objects.filter(pk=entry_id, contractor_id=actor.id).exists()


def get_portfolio_entry_for(actor: Actor, entry_id: UUID) -> PortfolioEntry:
    """Return one of the actor's own entries; raises NotFound for anybody else's."""
    entry = PortfolioEntry.objects.filter(pk=entry_id, contractor_id=actor.id).first()
    if entry is None:
        raise NotFound("There is no such entry in your portfolio.")
    return entry
