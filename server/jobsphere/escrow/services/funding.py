"""From a captured payment to the holds of its milestones."""

from collections.abc import Sequence
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import books, selectors
from jobsphere.escrow.errors import FundingMismatch
from jobsphere.escrow.events import EscrowFunded
from jobsphere.escrow.models import EscrowHold
from jobsphere.escrow.types import FeesAfterRelease, Funding, HoldShare
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import total
from jobsphere.outbox import services as outbox
from jobsphere.payments import selectors as payments_read
from jobsphere.payments import services as payments


def fund_holds(
    *,
    actor: Actor,
    payment_id: UUID,
    contract_id: UUID,
    payer_id: UUID,
    payee_id: UUID,
    shares: Sequence[HoldShare],
    after_release: FeesAfterRelease = FeesAfterRelease.PROPORTIONAL,
) -> Funding:
    """Hold a captured payment for its milestones, less the platform fee, in one ledger transfer.

    `after_release` are the pinned terms for money that goes back later.

    Called by an inline listener of `payment.captured`; marks the payment as applied. Raises FundingMismatch when the
    shares are not the captured amount, and PaymentNotApplicable when the payment is not captured or used already.
    """
    require_transaction()
    payment = payments_read.payment_view(payment_id)
    if not shares or total((share.split.amount for share in shares), payment.captured.currency) != payment.captured:
        raise FundingMismatch(f"The shares do not add up to {payment.captured}.")
    holds = [_hold(share, payment_id, contract_id, payer_id, payee_id, after_release) for share in shares]
    EscrowHold.objects.bulk_create(holds)
    transfer = books.book_funding(payment, holds)
    payments.mark_applied(payment_id=payment_id, transfer_id=transfer.id)
    fee = total((share.split.platform_fee for share in shares), payment.captured.currency)
    audit.record(
        actor=actor,
        verb="escrow.fund",
        target_type="payment",
        target_id=payment_id,
        detail={"contract": contract_id, "amount": payment.captured, "platform_fee": fee, "transfer": transfer.id},
    )
    outbox.publish(
        EscrowFunded(
            payment_id=payment_id,
            contract_id=contract_id,
            payer_id=payer_id,
            payee_id=payee_id,
            amount=payment.captured,
            platform_fee=fee,
        ),
        actor=actor,
    )
    return Funding(transfer.id, tuple(selectors.view_of_hold(hold) for hold in holds))


def _hold(
    share: HoldShare,
    payment_id: UUID,
    contract_id: UUID,
    payer_id: UUID,
    payee_id: UUID,
    after_release: FeesAfterRelease,
) -> EscrowHold:
    split = share.split
    return EscrowHold(
        contract_id=contract_id,
        milestone_id=share.milestone_id,
        payment_id=payment_id,
        payer_id=payer_id,
        payee_id=payee_id,
        currency=split.amount.currency,
        amount=split.amount.amount,
        platform_fee=split.platform_fee.amount,
        held=split.hold.amount,
        service_fee=split.service_fee.amount,
        payout=split.payout.amount,
        after_release=after_release,
    )
