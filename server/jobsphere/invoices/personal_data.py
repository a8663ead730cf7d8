"""What documents hold about a person. They are kept by law, sealed, when a person leaves; their tax details go."""

from django.db.models import Q

from jobsphere.invoices.models import Invoice, TaxDetails
from jobsphere.users.personal_data import Data, Subject, table


def export(subject: Subject) -> Data:
    """Return the documents from and to the person with their words, and their tax details."""
    mine = Invoice.objects.filter(Q(seller_id=subject.id) | Q(buyer_id=subject.id)).order_by("id")
    columns = ("id", "number", "kind", "type", "issued_on", "currency", "gross", "net", "tax")
    details = TaxDetails.objects.filter(user_id=subject.id).first()
    words = {row.number: row.words.content for row in mine.select_related("words")}
    return {
        "documents": table(mine, *columns),
        "words": words,
        "tax_details": {**details.details, "business": details.business} if details else {},
    }


def erase(subject: Subject) -> None:
    """Delete the tax details. Issued documents stay as the law asks; what names the person in them is sealed."""
    TaxDetails.objects.filter(user_id=subject.id).delete()
