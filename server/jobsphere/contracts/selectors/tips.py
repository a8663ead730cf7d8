"""Tips as the two of a contract see them."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.contracts import policies
from jobsphere.contracts.models import Contract, Tip
from jobsphere.contracts.rules.tips import TipStatus
from jobsphere.contracts.selectors.money import gone_back
from jobsphere.contracts.types import TipView
from jobsphere.db.composed import composed
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import HoldView
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money


def tips_of(viewer: Actor, contract: Contract, holds: Mapping[UUID, HoldView]) -> tuple[TipView, ...]:
    """Return the tips of a contract that the viewer sees, oldest first; an unpaid one is the customer's alone.

    `holds`: all of the contract's, by what they are for.
    """
    shown = [
        row
        for row in _standing(contract_id=contract.pk)
        if row.status == TipStatus.PAID or viewer.id != contract.contractor_id
    ]
    return tuple(_view(viewer, row, contract, holds.get(row.pk)) for row in shown)


@composed
def _standing(*, contract_id: UUID) -> "QuerySet[Tip]":
    return Tip.objects.filter(contract_id=contract_id).exclude(status=TipStatus.WITHDRAWN).order_by("id")


def tip(viewer: Actor, tip_id: UUID) -> TipView:
    """Return one tip; raises NotFound for a stranger."""
    row = policies.get_tip_for(viewer, tip_id)
    return _view(viewer, row, row.contract, escrow.hold_of_milestone(row.pk))


def _view(viewer: Actor, row: Tip, contract: Contract, hold: HoldView | None) -> TipView:
    return TipView(
        id=row.pk,
        amount=Money(row.amount, row.currency),
        message=row.message,
        status=TipStatus(row.status),
        payment_id=None if viewer.id == contract.contractor_id else row.payment_id,
        paid_at=row.paid_at,
        refunded=gone_back(hold),
        allowed_actions=policies.allowed_on_tip(viewer, row, contract),
    )
