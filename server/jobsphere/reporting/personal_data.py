"""What reporting holds about a person."""

from jobsphere.reporting import collecting
from jobsphere.reporting.models import ReportLine, Seller
from jobsphere.users.personal_data import Data, Subject, table


def export(subject: Subject) -> Data:
    """Return what the person said of themselves, and what was reported of them."""
    row = Seller.objects.filter(user_id=subject.id).first()
    lines = ReportLine.objects.filter(user_id=subject.id).order_by("id")
    return {
        "seller_details": dict(row.details) if row else {},
        "reported": table(lines, "created_at", "report__year", "report__regime", "currency", "change", "figures"),
    }


def erase(subject: Subject) -> None:
    """Delete the details of who never earned anything; the others' are kept, sealed, as the law asks."""
    if not any(owner_id == str(subject.id) for owner_id, _ in collecting.booked_earnings()):
        Seller.objects.filter(user_id=subject.id).delete()
