"""Who may see documents, and who sets rates and brand; a stranger gets 404."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.invoices.models import Invoice
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.ledger.policies import can_see_books, require_finance

SELLER, BUYER, STAFF = "seller", "buyer", "staff"


def documents_of(viewer: Actor) -> "QuerySet[Invoice]":
    """Return the documents that the viewer is one of the two of."""
    return Invoice.objects.filter(Q(seller_id=viewer.known_id()) | Q(buyer_id=viewer.known_id()))


def all_documents(viewer: Actor) -> "QuerySet[Invoice]":
    """Return every document, for those who account for the money (Forbidden for others)."""
    require_finance(viewer)
    return Invoice.objects.all()


def get_invoice_for(actor: Actor, invoice_id: UUID) -> Invoice:
    """Return a document that the actor is one of the two of, or accounts for; raises NotFound."""
    rows = Invoice.objects.all() if can_see_books(actor) else documents_of(actor)
    found = rows.select_related("words", "brand", "corrects").filter(pk=invoice_id).first()
    if found is None:
        raise NotFound("There is no such document, or it is not yours.")
    return found


def role_of(viewer: Actor, row: Invoice) -> str:
    """Return what the viewer is to a document."""
    if viewer.id is not None and viewer.id == row.seller_id:
        return SELLER
    return BUYER if viewer.id is not None and viewer.id == row.buyer_id else STAFF


def require_tax_office(actor: Actor) -> None:
    """Refuse everybody but administrators (Forbidden)."""
    if not (actor.is_admin or actor.is_system):
        raise Forbidden("Only an administrator sets taxes and what documents look like.")
