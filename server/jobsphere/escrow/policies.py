"""Who may look at all holds, and who may set fees."""

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden
from jobsphere.ledger.policies import can_see_books

FEES = "commission"


def require_overview(viewer: Actor) -> None:
    """Refuse all but those who account for the money."""
    if not can_see_books(viewer):
        raise Forbidden("This needs the right 'finance'.")


def require_fee_reader(viewer: Actor) -> None:
    """Refuse all but those who account for the money and those who set the fees."""
    if FEES not in viewer.rights:
        require_overview(viewer)


def require_fee_setter(actor: Actor) -> None:
    """Refuse all but administrators and those with the right 'commission'."""
    if not (actor.is_admin or actor.is_system or FEES in actor.rights):
        raise Forbidden(f"This needs the right '{FEES}'.")
