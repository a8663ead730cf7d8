"""Who may look into the books, and who may correct them."""

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden

FINANCE = "finance"


def can_see_books(viewer: Actor) -> bool:
    """Say whether this is someone who accounts for the money: an admin, a person with the right, or the system."""
    return viewer.is_system or viewer.is_admin or FINANCE in viewer.rights


def require_finance(viewer: Actor) -> None:
    """Refuse everybody else with Forbidden."""
    if not can_see_books(viewer):
        raise Forbidden("This needs the right 'finance'.")


def can_see_wallet(viewer: Actor, user_id: object) -> bool:
    """Say whether the viewer is the wallet's owner, or accounts for the money."""
    return can_see_books(viewer) or (viewer.id is not None and str(viewer.id) == str(user_id))
