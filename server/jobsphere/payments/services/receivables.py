"""What a payee owes us and we give up."""

from uuid import UUID, uuid4

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger import services as books
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import AccountKind, account, credit, debit
from jobsphere.outbox import services as outbox
from jobsphere.payments.earnings import take_payee_turn
from jobsphere.payments.errors import NothingOwed
from jobsphere.payments.events import ReceivableForgiven


def forgive_receivable(*, actor: Actor, user_id: UUID, amount: Money, reason: str) -> Money:
    """Write off what a person owes us, or a part of it; returns what they still owe. For finance.

    The marketplace bears it. Raises Forbidden, InvalidInput without a reason, NotFound for somebody who owes nothing in
    this currency, NothingOwed for more than they owe.
    """
    require_transaction()
    require_finance(actor)
    if len(reason.strip()) < 3:
        raise InvalidInput.at("/reason", "required", "Say why; the reason is kept with the decision.")
    take_payee_turn(user_id)
    receivable = account(AccountKind.RECEIVABLE, amount.currency, user_id)
    owed = ledger.balance_of(receivable)
    if not owed.amount:
        raise NotFound(f"This person owes nothing in {amount.currency}.")
    if not 0 < amount.amount <= owed.amount:
        raise NothingOwed(owed=owed, asked=amount)
    forgiveness = uuid4()
    books.post(
        code="receivable.forgiven",
        reference=str(forgiveness),
        legs=[debit(account(AccountKind.WRITEOFF, amount.currency), amount), credit(receivable, amount)],
        source_type="receivable",
        source_id=user_id,
        memo=reason[:255],
    )
    left = owed - amount
    detail = {"amount": amount, "left": left, "reason": reason}
    audit.record(actor=actor, verb="receivable.forgive", target_type="payee", target_id=user_id, detail=detail)
    outbox.publish(ReceivableForgiven(payee_id=user_id, amount=amount, left=left, reason=reason), actor=actor)
    return left
