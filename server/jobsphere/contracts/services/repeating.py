"""What the series above ask of contracts: the offer of an earlier one once more, and its acceptance (ADR 0034).

Both parties have agreed to the series, so nobody is asked again; everything else is as with any other offer: its own
payment, its own pinned fees and policy, its own contract.
"""

from collections.abc import Callable
from uuid import UUID

from jobsphere.contracts.errors import OfferTooLate
from jobsphere.contracts.models import Offer
from jobsphere.contracts.rules.cancellation import CancellationPolicy
from jobsphere.contracts.rules.lifecycles import OfferStatus
from jobsphere.contracts.rules.terms import OfferTerms, Slot
from jobsphere.contracts.selectors.expenses import cap_offered
from jobsphere.contracts.services.acceptance import accept_offer
from jobsphere.contracts.services.offers import book_contractor
from jobsphere.contracts.types import BookingDetails
from jobsphere.db.composed import get
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.users import selectors as users

#: Who knows of offers that both agreed to beforehand: the app of the series registers. Calls go down.
_KNOWS: list[Callable[[UUID], bool]] = []


def register_agreed(knows: Callable[[UUID], bool]) -> None:
    """Let somebody say which offers were agreed to before they were made."""
    _KNOWS.append(knows)


def was_agreed(offer_id: UUID) -> bool:
    """Say whether both agreed to an offer before it was made, so that nobody is asked or thanked for it."""
    return any(knows(offer_id) for knows in _KNOWS)


def offer_again(
    *, offer_id: UUID, title: str, amount: Money, slot: Slot, payment_method: str, off_session: bool
) -> UUID:
    """Write the offer of an earlier one again, for another time and at an agreed price; returns the new one's id.

    With `off_session` its payment is asked for while the customer is away. Raises what `book_contractor` raises.
    """
    require_transaction()
    first = get(Offer, "job__category", pk=offer_id)
    job = first.job
    return book_contractor(
        actor=_person(first.customer_id),
        contractor_id=first.contractor_id,
        booking=BookingDetails(
            title=title,
            description=job.description,
            category=job.category.slug if job.category else "",
            place=job.place,
            address=job.address,
            latitude=job.exact_latitude,
            longitude=job.exact_longitude,
        ),
        terms=OfferTerms(amount=amount, message=first.message, slot=slot, expense_cap=cap_offered(first)),
        policy=CancellationPolicy(first.cancellation_policy),
        payment_method=payment_method,
        cancels_by_slot=first.cancels_by_slot,
        off_session=off_session,
    )


def accept_as_agreed(*, offer_id: UUID) -> bool:
    """Accept for a contractor who has agreed to the series; False when the offer waits for no answer any more.

    Raises what `accept_offer` raises: who may not work now, or not for this customer, does not.
    """
    require_transaction()
    offer = get(Offer, pk=offer_id)
    if offer.status != OfferStatus.PENDING:
        return False
    try:
        accept_offer(actor=_person(offer.contractor_id), offer_id=offer_id)
    except OfferTooLate:
        return False
    return True


def _person(user_id: UUID) -> Actor:
    found = users.actor_of(user_id)
    if found is None:
        raise NotFound("This person is not here any more.")
    return found
