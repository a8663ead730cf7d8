"""Expenses as the two of a contract see them."""

from collections.abc import Mapping
from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.models import Contract, Expense, Offer
from jobsphere.contracts.rules.expenses import UNDER_THE_CAP, ExpenseStatus, room_under
from jobsphere.contracts.selectors.money import gone_back
from jobsphere.contracts.types import ExpensesView, ExpenseView
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import HoldView
from jobsphere.files.selectors import files_for
from jobsphere.files.types import FileView
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money


def cap_of(contract: Contract) -> Money:
    """Return the most that may be claimed on a contract; nothing until both agree on a cap."""
    return Money(contract.expense_cap, contract.currency)


def cap_offered(offer: Offer) -> Money | None:
    """Return the most that an offer lets its contractor claim; None where it says nothing of expenses."""
    return Money(offer.expense_cap, offer.currency) if offer.expense_cap else None


def room_of(contract: Contract) -> Money:
    """Return what may still be claimed on a contract."""
    rows = Expense.objects.filter(contract=contract, status__in=UNDER_THE_CAP).values_list("amount", flat=True)
    return room_under(cap_of(contract), (Money(each, contract.currency) for each in rows))


def expenses_of(viewer: Actor, contract: Contract, holds: Mapping[UUID, HoldView]) -> ExpensesView:
    """Return the cap of a contract and its expenses, oldest first, with their receipts. At most two queries.

    `holds`: all of the contract's, by what they are for.
    """
    # A cap is only ever raised, so where there is none nothing was claimed.
    rows = list(Expense.objects.filter(contract=contract).order_by("id")) if contract.expense_cap else []
    files = files_for("expense", [row.pk for row in rows]) if rows else {}
    counted = (Money(row.amount, row.currency) for row in rows if row.status in UNDER_THE_CAP)
    cap = cap_of(contract)
    return ExpensesView(
        cap=cap,
        left=room_under(cap, counted),
        claims=tuple(_view(viewer, row, contract, files.get(row.pk, []), holds.get(row.pk)) for row in rows),
    )


def expense(viewer: Actor, expense_id: UUID) -> ExpenseView:
    """Return one expense; raises NotFound for a stranger."""
    row = policies.get_expense_for(viewer, expense_id)
    files = files_for("expense", [row.pk]).get(row.pk, [])
    return _view(viewer, row, row.contract, files, escrow.hold_of_milestone(row.pk))


def _view(viewer: Actor, row: Expense, contract: Contract, files: list[FileView], hold: HoldView | None) -> ExpenseView:
    return ExpenseView(
        id=row.pk,
        amount=Money(row.amount, row.currency),
        what=row.what,
        spent_on=row.spent_on,
        status=ExpenseStatus(row.status),
        receipts=tuple(files),
        payment_id=None if viewer.id == contract.contractor_id else row.payment_id,
        expires_at=row.expires_at,
        answer=row.answer,
        created_at=row.created_at,
        paid_at=row.paid_at,
        refunded=gone_back(hold),
        allowed_actions=policies.allowed_on_expense(viewer, row, contract),
    )
