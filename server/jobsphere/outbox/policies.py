"""Who may look after the queue."""

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden

#: The right of staff who look after the queue without being administrators.
OPERATE = "operations"


def can_operate(actor: Actor) -> bool:
    """Say whether the actor may read the log and settle dead letters."""
    return actor.is_admin or actor.is_system or OPERATE in actor.rights


def require_operator(actor: Actor) -> None:
    """Raise Forbidden for everyone else."""
    if not can_operate(actor):
        raise Forbidden("Only operators may look after the queue.")
