"""What a series takes over from the offer that it repeats (ADR 0034)."""

from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.models import Offer
from jobsphere.contracts.rules.lifecycles import OfferStatus
from jobsphere.contracts.rules.terms import FundingShape, Slot
from jobsphere.contracts.types import OfferStatus as Status
from jobsphere.contracts.types import Repeatable
from jobsphere.db.composed import get
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.payments.selectors import payment_view


def repeatable(viewer: Actor, offer_id: UUID) -> Repeatable:
    """Return an offer of the viewer's as a series sees it; raises NotFound."""
    offer = policies.get_offer_for(viewer, offer_id)
    slot = Slot(offer.starts_at, offer.ends_at) if offer.starts_at and offer.ends_at else None
    return Repeatable(
        offer_id=offer.pk,
        customer_id=offer.customer_id,
        contractor_id=offer.contractor_id,
        title=offer.title,
        price=Money(offer.amount, offer.currency),
        status=Status(offer.status),
        whole=offer.funding == FundingShape.UPFRONT,
        slot=slot,
    )


def why_unpaid(offer_id: UUID) -> tuple[str, str]:
    """Return why an offer was not paid, as code and words; both empty when nothing was refused."""
    offer = get(Offer, pk=offer_id)
    if offer.payment_id is None:
        return "", ""
    found = payment_view(offer.payment_id)
    return found.failure_code, found.failure_message


def is_undecided(offer_id: UUID) -> bool:
    """Say whether an offer can still be taken back: nothing is being captured and nothing has ended."""
    status = Offer.objects.values_list("status", flat=True).get(pk=offer_id)
    return status in (OfferStatus.AWAITING_PAYMENT, OfferStatus.PENDING)
