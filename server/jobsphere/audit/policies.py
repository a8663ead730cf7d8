"""Who may read the trail."""

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden

#: The right of staff who may read the trail without being administrators.
AUDIT = "audit"


def can_read(viewer: Actor) -> bool:
    """Say whether the viewer may read the trail."""
    return viewer.is_admin or AUDIT in viewer.rights


def require_reader(viewer: Actor) -> None:
    """Raise Forbidden for everyone else."""
    if not can_read(viewer):
        raise Forbidden("Only administrators may read the audit trail.")
