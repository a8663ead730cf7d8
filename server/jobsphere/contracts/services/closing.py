"""How an offer ends without a contract: guarded, its authorisation voided, a booking's job with it."""

from typing import Any

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.events import OfferEvent
from jobsphere.contracts.models import Offer
from jobsphere.contracts.rules.lifecycles import OFFER, OfferStatus
from jobsphere.db.guarded import move
from jobsphere.jobs import services as jobs
from jobsphere.jobs.types import JobStatus
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.payments import services as payments


def facts(offer: Offer) -> dict[str, Any]:
    """Return what every event of this offer carries."""
    return {
        "offer_id": offer.pk,
        "job_id": offer.job_id,
        "customer_id": offer.customer_id,
        "contractor_id": offer.contractor_id,
        "title": offer.title,
        "amount": Money(offer.amount, offer.currency),
        "seen": offer.sent_at is not None,
    }


def take_step(offer: Offer, action: str, *, party: str, **changes: Any) -> None:
    """Move an offer by a row of the table; `offer` then shows the new status and changes.

    Raises WrongStatus, with the present status, when it is not possible or somebody was faster.
    """
    status = OFFER.next(OfferStatus(offer.status), action, party=party)
    if not move(Offer, offer.pk, from_status=offer.status, to_status=status, **changes):
        present = OfferStatus(Offer.objects.values_list("status", flat=True).get(pk=offer.pk))
        raise WrongStatus(action, present, OFFER.allowed(present, party))
    for name, value in {"status": status, **changes}.items():
        setattr(offer, name, value)


def close_offer(
    offer: Offer,
    action: str,
    event: type[OfferEvent],
    *,
    actor: Actor,
    party: str,
    reason: str = "",
    void: bool = True,
) -> None:
    """End an offer: its money is given back (`void`), the other party told, a booking's job taken down.

    Raises WrongStatus when it is not open any more.
    """
    take_step(offer, action, party=party, closed_reason=reason[:1000], closed_at=clock.now())
    if void and offer.payment_id:
        payments.void_payment(actor=actor, payment_id=offer.payment_id, reason=f"offer {offer.status}")
    audit.record(
        actor=actor, verb=f"offer.{action}", target_type="offer", target_id=offer.pk, detail={"reason": reason}
    )
    told = facts(offer)
    if "reason" in event.__dataclass_fields__:
        told["reason"] = reason
    outbox.publish(event(**told), actor=actor)
    if offer.is_booking and offer.job.status == JobStatus.OPEN:
        jobs.cancel_job_of_contract(
            actor=actor, job_id=offer.job_id, reason=reason or f"The booking was {offer.status}."
        )


def require_and_close(offer: Offer, action: str, event: type[OfferEvent], *, actor: Actor, reason: str = "") -> None:
    """Close an offer on a person's wish; raises WrongParty or WrongStatus."""
    party = policies.party_of(actor, customer_id=offer.customer_id, contractor_id=offer.contractor_id) or ""
    policies.require(OFFER, OfferStatus(offer.status), action, party)
    close_offer(offer, action, event, actor=actor, party=party, reason=reason)
