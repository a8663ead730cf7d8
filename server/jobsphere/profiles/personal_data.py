"""What profiles hold about a person: how it is shown to them, and erased."""

from jobsphere.files.services import remove_attached
from jobsphere.kit.actor import SYSTEM
from jobsphere.profiles.models import ContractorProfile, CustomerProfile, PortfolioEntry, Verification
from jobsphere.users.personal_data import Data, Subject, table

_SHARED = ("bio", "place", "latitude", "longitude", "languages", "updated_at")
_PRICES = ("hourly_amount", "fixed_from_amount", "currency", "radius_km", "years_of_experience", "availability")


def export(subject: Subject) -> Data:
    """Return both profiles, the portfolio and the papers."""
    papers = Verification.objects.filter(person_id=subject.id).order_by("pk")
    return {
        "contractor": table(ContractorProfile.objects.filter(pk=subject.id), "headline", *_PRICES, *_SHARED),
        "customer": table(CustomerProfile.objects.filter(pk=subject.id), "company", *_SHARED),
        "portfolio": table(
            PortfolioEntry.objects.filter(contractor_id=subject.id), "title", "description", "url", "completed_on"
        ),
        "papers": [
            {
                "kind": paper.kind,
                "status": paper.status,
                "number": paper.number,
                "issuer": paper.issuer,
                "expires_on": paper.expires_on,
                "reason": paper.reason,
            }
            for paper in papers
        ],
    }


def erase(subject: Subject) -> None:
    """Delete profiles, portfolio and papers with their pages; that staff decided stays in the audit trail."""
    for paper in Verification.objects.filter(person_id=subject.id):
        remove_attached(actor=SYSTEM, target_type="verification", target_id=paper.id)
    Verification.objects.filter(person_id=subject.id).delete()
    ContractorProfile.objects.filter(pk=subject.id).delete()
    CustomerProfile.objects.filter(pk=subject.id).delete()
