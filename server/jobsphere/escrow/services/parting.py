"""A part of what is held becomes a hold of its own, so that each can have its own end (ADR 0033)."""

from uuid import UUID

from django.db.models import F

from jobsphere.escrow import books, selectors
from jobsphere.escrow.acting import get_hold_to_settle, record, take, tell
from jobsphere.escrow.errors import RefundExceedsHold
from jobsphere.escrow.events import EscrowSetAside
from jobsphere.escrow.models import EscrowHold
from jobsphere.escrow.rules import HoldStatus, split_refund
from jobsphere.escrow.types import HoldView
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money


def set_aside(*, actor: Actor, hold_id: UUID, milestone_id: UUID, amount: Money) -> HoldView:
    """Hold a part of a milestone's money for another milestone; both together are to the cent what the one was.

    `amount` is what the customer has paid for the part: the platform fee and the service fee give their shares, as for
    a refund of it. Less than all that is left must be set aside. Raises WrongStatus unless it is funded,
    RefundExceedsHold, HoldChanged.
    """
    hold = get_hold_to_settle(hold_id)
    fee_left = hold.money(hold.platform_fee - hold.platform_fee_refunded)
    left = hold.money(hold.held) + fee_left
    if not 0 < amount.amount < left.amount:
        raise RefundExceedsHold(available=left, needed=amount)
    service, payout = hold.money(hold.service_fee), hold.money(hold.payout)
    rest = split_refund(
        amount, held=hold.money(hold.held), service_fee=service, platform_fee=fee_left, platform_fee_refundable=True
    )
    take(
        hold,
        "set_aside",
        amount=F("amount") - amount.amount,
        platform_fee=F("platform_fee") - rest.from_platform_fee.amount,
        held=rest.held.amount,
        service_fee=rest.service_fee.amount,
        payout=rest.payout.amount,
    )
    part = EscrowHold.objects.create(
        contract_id=hold.contract_id,
        milestone_id=milestone_id,
        payment_id=hold.payment_id,
        payer_id=hold.payer_id,
        payee_id=hold.payee_id,
        currency=hold.currency,
        amount=amount.amount,
        platform_fee=rest.from_platform_fee.amount,
        held=rest.from_hold.amount,
        service_fee=(service - rest.service_fee).amount,
        payout=(payout - rest.payout).amount,
        after_release=hold.after_release,
        status=HoldStatus.FUNDED,
        set_aside_from=hold.pk,
    )
    books.book_set_aside(hold, part)
    record(actor, "escrow.set_aside", hold, amount=amount, part=part.pk)
    facts = {"part_id": part.pk, "part_milestone_id": milestone_id}
    tell(EscrowSetAside, hold, actor, amount=amount, platform_fee=rest.from_platform_fee, **facts)
    return selectors.view_of_hold(part)
