"""Tips as the two of a contract see them."""

from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.models import Contract, Tip
from jobsphere.contracts.rules.tips import TipStatus
from jobsphere.contracts.types import TipView
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money


def tips_of(viewer: Actor, contract: Contract) -> tuple[TipView, ...]:
    """Return the tips of a contract that the viewer sees, oldest first; an unpaid one is the customer's alone."""
    rows = Tip.objects.filter(contract=contract).exclude(status=TipStatus.WITHDRAWN).order_by("id")
    shown = [row for row in rows if row.status == TipStatus.PAID or viewer.id != contract.contractor_id]
    return tuple(_view(viewer, row, contract) for row in shown)


def tip(viewer: Actor, tip_id: UUID) -> TipView:
    """Return one tip; raises NotFound for a stranger."""
    row = policies.get_tip_for(viewer, tip_id)
    return _view(viewer, row, row.contract)


def _view(viewer: Actor, row: Tip, contract: Contract) -> TipView:
    return TipView(
        id=row.pk,
        amount=Money(row.amount, row.currency),
        message=row.message,
        status=TipStatus(row.status),
        payment_id=None if viewer.id == contract.contractor_id else row.payment_id,
        paid_at=row.paid_at,
        allowed_actions=policies.allowed_on_tip(viewer, row, contract),
    )
