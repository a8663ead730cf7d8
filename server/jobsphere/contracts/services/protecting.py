"""From captured money to protected milestones: at acceptance, and whenever something is paid in later (ADR 0030)."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Sum

from jobsphere.contracts.models import Contract, Milestone
from jobsphere.contracts.rules.lifecycles import MilestoneStatus
from jobsphere.escrow import services as escrow
from jobsphere.escrow.types import FeeTerms, HoldShare, split
from jobsphere.kit import actor as actors
from jobsphere.kit.money import Money, total


def hold_for(contract: Contract, milestones: Sequence[Milestone], *, payment_id: UUID) -> None:
    """Hold a captured payment for its pending milestones: one ledger transfer, less the platform fee.

    The fees are those that the offer pinned, on this capture: what they are more on all that was captured so far than
    on what was captured before. Inside a turn, or in the transaction that makes the contract.
    """
    terms = FeeTerms.from_json(contract.offer.fee_terms)
    amounts = [Money(each.amount, each.currency) for each in milestones]
    splits = split(total(amounts, contract.currency), terms, amounts, before=_captured(contract))
    funding = escrow.fund_holds(
        actor=actors.SYSTEM,
        payment_id=payment_id,
        contract_id=contract.pk,
        payer_id=contract.customer_id,
        payee_id=contract.contractor_id,
        shares=[HoldShare(each.pk, part) for each, part in zip(milestones, splits, strict=True)],
        after_release=terms.after_release,
    )
    hold_of = {hold.milestone_id: hold.id for hold in funding.holds}
    for milestone in milestones:
        milestone.hold_id = hold_of[milestone.pk]
    Milestone.objects.bulk_update(milestones, ["hold_id"])
    rows = Milestone.objects.filter(pk__in=[each.pk for each in milestones], status=MilestoneStatus.PENDING)
    funded = rows.update(status=MilestoneStatus.FUNDED)
    assert funded == len(milestones), "only milestones that wait for their money are paid in"
    if contract.is_frozen:
        for hold in funding.holds:
            escrow.freeze_hold(actor=actors.SYSTEM, hold_id=hold.id, reason="Its contract is on hold.")


def _captured(contract: Contract) -> Money:
    """Return what was captured for the work so far, whatever became of it: the basis that the next fees follow."""
    rows = Milestone.objects.filter(contract=contract, hold_id__isnull=False)
    return Money(rows.aggregate(sum=Sum("amount"))["sum"] or 0, contract.currency)
