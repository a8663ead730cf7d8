"""Who may be hired."""

from uuid import UUID

from jobsphere.profiles.errors import NotHireable
from jobsphere.profiles.verification.rules import words
from jobsphere.profiles.verification.selectors import missing_for_hiring


def require_hireable(contractor_id: UUID, category: str) -> None:
    """Raise NotHireable while a contractor has still to prove what the operator asks for in this category."""
    missing = missing_for_hiring(contractor_id, category)
    if missing:
        raise NotHireable(
            f"This contractor has still to prove: {words(missing)}. Ask them to hand it in under /settings/verification"
            " (they were told), or choose somebody whose profile shows the badge.",
            missing=[str(kind) for kind in missing],
        )
