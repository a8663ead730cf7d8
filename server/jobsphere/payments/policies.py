"""Who may see and do what with payments and payouts. A stranger gets NotFound, never Forbidden."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.db.composed import first
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.ledger.policies import can_see_books
from jobsphere.payments.models import Payment, Payout, SavedMethod
from jobsphere.payments.rules import PAYEE, PAYER, SavedMethodStatus


def can_see_everything(viewer: Actor) -> bool:
    """Say whether this is someone who accounts for the money."""
    return can_see_books(viewer)


def party_of(viewer: Actor, payment: Payment) -> str | None:
    """Return which party of the payment the viewer is, if any."""
    if viewer.id is None:
        return None
    return PAYER if viewer.id == payment.payer_id else PAYEE if viewer.id == payment.payee_id else None


def visible_payments(viewer: Actor) -> "QuerySet[Payment]":
    """Return the payments that the viewer is a party of, with both names in the one query."""
    mine = Q(payer_id=viewer.id) | Q(payee_id=viewer.id)
    return Payment.objects.select_related("payer", "payee").filter(mine)


def get_payment_for(viewer: Actor, payment_id: UUID) -> Payment:
    """Return the payment to a party of it, or to someone who accounts for the money; raises NotFound."""
    payment = first(Payment, "payer", "payee", pk=payment_id)
    if payment is None or not (party_of(viewer, payment) or can_see_everything(viewer)):
        raise NotFound("There is no such payment.")
    return payment


def get_payment_to_confirm(actor: Actor, payment_id: UUID) -> Payment:
    """Return the payment to its payer; its payee may see it but not confirm it (Forbidden)."""
    payment = get_payment_for(actor, payment_id)
    if party_of(actor, payment) != PAYER and not actor.is_system:
        raise Forbidden("Only the person who pays can confirm the payment.")
    return payment


def get_saved_method_for(actor: Actor, method_id: UUID) -> SavedMethod:
    """Return a card that the actor keeps; raises NotFound for everybody else, and once it is removed."""
    rows = SavedMethod.objects.filter(owner_id=actor.id).exclude(status=SavedMethodStatus.REMOVED)
    found = rows.filter(pk=method_id).first() if actor.id else None
    if found is None:
        raise NotFound("There is no such card of yours.")
    return found


def get_payout_for(viewer: Actor, payout_id: UUID) -> Payout:
    """Return the payout to its payee, or to someone who accounts for the money; raises NotFound."""
    payout = first(Payout, pk=payout_id)
    if payout is None or not (payout.payee_id == viewer.id or can_see_everything(viewer)):
        raise NotFound("There is no such payout.")
    return payout
