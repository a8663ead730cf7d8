"""Who may see what; why somebody's withdrawals wait."""

from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.reporting.models import Report, Seller

WITHHELD = (
    "The tax directive DAC7 has us hold your withdrawals until you give us your tax details. Fill them in under"
    " “For the tax authority”; then they go on at once. Your money stays yours."
)


def require_reporter(actor: Actor) -> None:
    """Refuse everybody but administrators (Forbidden): files hold tax numbers and days of birth."""
    if not (actor.is_admin or actor.is_system):
        raise Forbidden("Only an administrator sees what is reported to tax authorities.")


def get_report_for(actor: Actor, report_id: UUID) -> Report:
    """Return a report, for administrators; raises Forbidden and NotFound."""
    require_reporter(actor)
    found = Report.objects.filter(pk=report_id).first()
    if found is None:
        raise NotFound("There is no such report.")
    return found


def why_withheld(user_id: UUID) -> str:
    """Say why somebody's withdrawals wait; empty when they do not. Asked by payments."""
    return WITHHELD if Seller.objects.filter(user_id=user_id, withheld_at__isnull=False).exists() else ""
