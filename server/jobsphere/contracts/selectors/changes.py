"""Change orders as their two parties see them, and the milestones as a change order sees them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.contracts import policies
from jobsphere.contracts.models import ChangeOrder, Contract
from jobsphere.contracts.rules.changes import OPEN_CHANGE_ORDERS, Change, ChangeOrderStatus, Part
from jobsphere.contracts.rules.lifecycles import MilestoneStatus
from jobsphere.contracts.types import ChangeOrderView
from jobsphere.db.composed import composed
from jobsphere.escrow import selectors as escrow
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money


def parts_of(contract: Contract) -> dict[UUID, Part]:
    """Return the milestones of a contract with what they are worth now. Two queries."""
    holds = {hold.milestone_id: hold for hold in escrow.holds_of_contract(contract.pk)}
    parts = {}
    for row in contract.milestones.order_by("position"):
        hold = holds.get(row.pk)
        worth = hold.amount - hold.refunded if hold else Money(row.amount, row.currency)
        parts[row.pk] = Part(row.pk, row.title, MilestoneStatus(row.status), worth, row.due_on)
    return parts


def change_orders(viewer: Actor, contract_id: UUID) -> "QuerySet[ChangeOrder]":
    """Return the change orders of a contract; raises NotFound for a stranger."""
    row = policies.get_contract_for(viewer, contract_id)
    return ChangeOrder.objects.filter(contract=row).select_related("contract")


def change_order(viewer: Actor, order_id: UUID) -> ChangeOrderView:
    """Return one change order; raises NotFound for a stranger."""
    return change_order_views(viewer, [policies.get_change_order_for(viewer, order_id)])[0]


def change_order_views(viewer: Actor, rows: Sequence[ChangeOrder]) -> list[ChangeOrderView]:
    """Present change orders of a page."""
    return [_view(viewer, row) for row in rows]


def open_change_order(viewer: Actor, contract: Contract) -> ChangeOrderView | None:
    """Return the change order of a contract that is not decided, if any; for whoever sees the contract."""
    row = _open_of.one(contract_id=contract.pk)
    return _view(viewer, row) if row else None


@composed
def _open_of(*, contract_id: UUID) -> "QuerySet[ChangeOrder]":
    rows = ChangeOrder.objects.filter(contract_id=contract_id, status__in=OPEN_CHANGE_ORDERS)
    return rows.select_related("contract")


def _view(viewer: Actor, row: ChangeOrder) -> ChangeOrderView:
    return ChangeOrderView(
        id=row.pk,
        contract_id=row.contract_id,
        status=ChangeOrderStatus(row.status),
        proposed_by=row.proposed_by,
        reason=row.reason,
        changes=tuple(Change.from_json(each) for each in row.changes),
        pay=Money(row.pay_amount, row.currency),
        back=Money(row.back_amount, row.currency),
        later=Money(row.later_amount, row.currency),
        payment_id=None if viewer.id == row.contract.contractor_id else row.payment_id,
        expires_at=row.expires_at,
        answer=row.answer,
        created_at=row.created_at,
        closed_at=row.closed_at,
        allowed_actions=policies.allowed_on_change_order(viewer, row, row.contract),
    )
