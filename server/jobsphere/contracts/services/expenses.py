"""Expenses: what the contractor laid out, claimed with a receipt and paid whole, under a cap both agreed (ADR 0030)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.errors import TooLateToClaim
from jobsphere.contracts.events import (
    ExpenseClaimed,
    ExpenseClosed,
    ExpenseEvent,
    ExpensePaid,
    ExpenseRefunded,
    ExpenseReminder,
)
from jobsphere.contracts.models import Contract, Expense
from jobsphere.contracts.rules.expenses import (
    EXPENSE,
    TIME_TO_ANSWER,
    TIME_TO_CLAIM,
    ExpenseStatus,
    may_claim,
    problem_of,
)
from jobsphere.contracts.rules.lifecycles import CONTRACT, SYSTEM, ContractStatus
from jobsphere.contracts.selectors.expenses import room_of
from jobsphere.contracts.services import extras
from jobsphere.contracts.services.turns import contract_facts, take_turn, wait_for
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.files import services as files
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.payments import routing
from jobsphere.payments.events import PaymentCaptured

EXPENSES = extras.Kind(
    "expense", Expense, EXPENSE, ExpenseStatus, policies.get_expense_for, lambda row: f"expense, {row.what}"[:200]
)


def claim_expense(
    *, actor: Actor, contract_id: UUID, amount: Money, what: str, spent_on: date, file_ids: Sequence[UUID]
) -> UUID:
    """Claim what was laid out, with its receipts; returns the expense's id. The customer has seven days to answer.

    Claims of one contract take turns, so together they never pass its cap. Raises NotFound, WrongParty, WrongStatus,
    TooLateToClaim and InvalidInput.
    """
    require_transaction()
    seen = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=seen.customer_id, contractor_id=seen.contractor_id)
    policies.require(CONTRACT, ContractStatus(seen.status), "claim_expense", party)
    contract, party = take_turn(actor, contract_id, "claim_expense", ended=True)
    policies.require(CONTRACT, ContractStatus(contract.status), "claim_expense", party)
    now = clock.now()
    if not may_claim(contract.completed_at, now=now):
        raise TooLateToClaim(f"Expenses can be claimed until {TIME_TO_CLAIM.days} days after the contract's end.")
    receipts = list(dict.fromkeys(file_ids))
    room = room_of(contract)
    problem = problem_of(amount, room=room, spent_on=spent_on, receipts=len(receipts), today=now.date())
    if problem := problem or routing.problem_with(amount):
        raise InvalidInput([problem])
    row = Expense.objects.create(
        contract=contract,
        amount=amount.amount,
        currency=amount.currency,
        what=what,
        spent_on=spent_on,
        expires_at=now + TIME_TO_ANSWER,
    )
    files.attach(actor=actor, file_ids=receipts, to_type="expense", to_id=row.pk)
    EXPENSES.record(actor, "claim", row, amount=amount, files=len(receipts))
    _tell(ExpenseClaimed, row, contract, actor=actor)
    return row.pk


def fund_expense(*, actor: Actor, expense_id: UUID, payment_method: str | None = None, gateway: str = "") -> UUID:
    """Approve an expense by paying it, or go on with its payment; returns the payment's id.

    Raises NotFound, WrongParty, WrongStatus, ContractIsHeld.
    """
    return extras.fund(EXPENSES, actor=actor, row_id=expense_id, payment_method=payment_method, gateway=gateway)


def decline_expense(*, actor: Actor, expense_id: UUID, reason: str) -> UUID:
    """Say why it is not paid; returns the contract's id. Raises NotFound, WrongParty, WrongStatus."""
    return _close(actor, expense_id, "decline", reason)


def withdraw_expense(*, actor: Actor, expense_id: UUID) -> UUID:
    """Take a claim back; returns the contract's id. Raises NotFound, WrongParty, WrongStatus."""
    return _close(actor, expense_id, "withdraw", "")


def lapse_expense(*, expense_id: UUID) -> bool:
    """End a claim that nobody answered in time; False when somebody did."""
    require_transaction()
    contract = wait_for(EXPENSES.one(expense_id).contract_id)
    row = EXPENSES.one(expense_id)
    if row.status != ExpenseStatus.CLAIMED or row.expires_at > clock.now():
        return False
    _end(row, contract, "lapse", SYSTEM, actor=actors.SYSTEM)
    return True


def remind_of_expense(*, expense_id: UUID) -> bool:
    """Remind the customer, once, of a claim that is about to lapse; False when it is answered, or they were told."""
    require_transaction()
    row = get(Expense, "contract", pk=expense_id)
    waiting = {"pk": row.pk, "status": ExpenseStatus.CLAIMED, "reminded_at": None}
    if not update_where(Expense, waiting, reminded_at=clock.now()):
        return False
    _tell(ExpenseReminder, row, row.contract, actor=actors.SYSTEM)
    return True


def note_capture(event: PaymentCaptured) -> None:
    """It was paid: all of it is the contractor's at once; one that is not waited for any more goes back."""
    if received := extras.receive(EXPENSES, event):
        _tell(ExpensePaid, *received, actor=actors.SYSTEM)


def refund_expense(*, actor: Actor, expense_id: UUID, reason: str) -> UUID:
    """Give a paid expense back to the customer, for staff with a reason; the contractor gives it, or owes it.

    Returns the contract's id. Raises NotFound, WrongParty, WrongStatus, InvalidInput, PaymentIsDisputed.
    """
    row, contract, recovery = extras.give_back(EXPENSES, actor=actor, row_id=expense_id, reason=reason)
    event = ExpenseRefunded(
        **contract_facts(contract), expense_id=row.pk, refunded=recovery.hold.refunded, reason=reason
    )
    outbox.publish(event, actor=actor)
    return contract.pk


def _close(actor: Actor, expense_id: UUID, action: str, reason: str) -> UUID:
    row, contract, party = extras.take(EXPENSES, actor, expense_id, action)
    _end(row, contract, action, party, actor=actor, reason=reason)
    return contract.pk


def _end(row: Expense, contract: Contract, action: str, party: str, *, actor: Actor, reason: str = "") -> None:
    extras.end_unpaid(EXPENSES, row, action, party, closed_at=clock.now(), answer=reason[:1000])
    EXPENSES.record(actor, action, row, reason=reason)
    _tell(ExpenseClosed, row, contract, actor=actor, status=str(row.status), reason=reason)


def _tell(kind: type[ExpenseEvent], row: Expense, contract: Contract, *, actor: Actor, **fields: Any) -> None:
    amount = Money(row.amount, row.currency)
    event = kind(**contract_facts(contract), expense_id=row.pk, what=row.what, amount=amount, **fields)
    outbox.publish(event, actor=actor)
