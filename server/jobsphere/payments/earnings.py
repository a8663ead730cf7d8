"""What a payee earns, and what is taken back from them: the one place that says onto which accounts it goes.

Higher floors post the transfer and ask here for the payee's legs of it, in the same transaction. Everything that lowers
what a payee has takes their turn first (`take_payee_turn`), before any account of the ledger is touched: what was read
of the wallet then still holds when the legs are posted, and two never wait for each other crosswise. Who also settles
parts of a payment takes the turn of the payment before that of the payee.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money, total
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger import services as books
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, account, credit, debit
from jobsphere.outbox import services as outbox
from jobsphere.payments import trust
from jobsphere.payments.events import ReceivableSettled
from jobsphere.payments.models import EarningLot, Payee

PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Source:
    """What money was earned by: a hold, a chargeback that was won. `payment_id`: where the money came from.

    `Source("payment", id)` names everything that was earned of a payment.
    """

    type: str
    id: UUID
    payment_id: UUID | None = None


def take_payee_turn(payee_id: UUID) -> None:
    """Wait until no other transaction is lowering what this payee has."""
    require_transaction()
    row = Payee.objects.filter(pk=payee_id)
    if not row.update(turns=F("turns") + 1):
        Payee.objects.bulk_create([Payee(user_id=payee_id)], ignore_conflicts=True)
        row.update(turns=F("turns") + 1)


def credit_legs(*, payee_id: UUID, amount: Money, source: Source, at_once: bool = False) -> list[Leg]:
    """Name where money that a payee has earned goes: into clearing for as long as their standing asks, or the wallet.

    `at_once`: it had cleared before and comes back, so it does not wait again. Call `settle_receivable` when the legs
    are posted. A source earns once.
    """
    take_payee_turn(payee_id)
    wait = None if at_once or not amount.amount else trust.clearing_of(payee_id)
    if wait is None:
        return [credit(account(AccountKind.WALLET, amount.currency, payee_id), amount)]
    EarningLot.objects.create(
        payee_id=payee_id,
        currency=amount.currency,
        amount=amount.amount,
        left=amount.amount,
        source_type=source.type,
        source_id=source.id,
        payment_id=source.id if source.type == PAYMENT else source.payment_id,
        level=wait.level,
        reason=wait.reason,
        clears_at=clock.now() + wait.time,
    )
    return [credit(account(AccountKind.CLEARING, amount.currency, payee_id), amount)]


def recover_legs(*, payee_id: UUID, amount: Money, source: Source | None = None) -> list[Leg]:
    """Name where money that a payee must give back comes from; what they do not have they owe us from now on.

    What still clears of the given source pays first, then what else clears, the newest first, then the wallet. The lots
    are lowered here, so post the legs in this transaction or undo it.
    """
    legs = _take(payee_id, amount, source)
    missing = amount - total((leg.amount for leg in legs), amount.currency)
    return [*legs, debit(_receivable(payee_id, amount.currency), missing)] if missing.amount else legs


def settle_receivable(*, payee_id: UUID, currency: str) -> Money:
    """Take what a payee owes us from what they have, after they have earned; returns what was taken.

    Harmless when they owe nothing. They are told by `receivable.settled`.
    """
    take_payee_turn(payee_id)
    receivable = _receivable(payee_id, currency)
    owed = ledger.balance_of(receivable)
    legs = _take(payee_id, owed, None) if owed.amount else []
    taken = total((leg.amount for leg in legs), currency)
    if not taken.amount:
        return taken
    settlement = uuid7()
    books.post(
        code="receivable.settled",
        reference=str(settlement),
        legs=[*legs, credit(receivable, taken)],
        source_type="receivable",
        source_id=payee_id,
        memo="taken from earnings for what was owed",
    )
    left = owed - taken
    detail = {"taken": taken, "left": left}
    audit.record(actor=SYSTEM, verb="receivable.settle", target_type="payee", target_id=payee_id, detail=detail)
    outbox.publish(ReceivableSettled(payee_id=payee_id, amount=taken, left=left))
    return taken


def _take(payee_id: UUID, amount: Money, source: Source | None) -> list[Leg]:
    """Take up to the amount from what clears, then from the wallet."""
    take_payee_turn(payee_id)
    clearing = total(_lower_lots(payee_id, amount, source), amount.currency)
    wallet = account(AccountKind.WALLET, amount.currency, payee_id)
    there = min(ledger.balance_of(wallet), amount - clearing)
    parts: list[tuple[AccountKey, Money]] = [
        (account(AccountKind.CLEARING, amount.currency, payee_id), clearing),
        (wallet, there),
    ]
    return [debit(key, part) for key, part in parts if part.amount]


def _lower_lots(payee_id: UUID, amount: Money, source: Source | None) -> Iterator[Money]:
    lots = EarningLot.objects.filter(payee_id=payee_id, currency=amount.currency, left__gt=0).order_by("-id")
    needed = amount.amount
    # The sort is stable: within each half the newest stays first.
    for lot in sorted(lots, key=lambda each: not _is_of(each, source)):
        part = min(lot.left, needed)
        if not part:
            return
        closed = {"closed_at": clock.now()} if part == lot.left else {}
        # The payee's turn is ours, so nobody else lowers a lot; should one have done so nevertheless, all is undone.
        if not update_where(
            EarningLot,
            {"pk": lot.pk, "left": lot.left},
            left=lot.left - part,
            recovered=lot.recovered + part,
            **closed,
        ):
            raise RuntimeError(f"earning lot {lot.pk} was changed without its payee's turn")
        needed -= part
        yield lot.money(part)


def _is_of(lot: EarningLot, source: Source | None) -> bool:
    if source is None:
        return False
    return (lot.source_type, lot.source_id) == (source.type, source.id) or (
        source.type == PAYMENT and lot.payment_id == source.id
    )


def _receivable(payee_id: UUID, currency: str) -> AccountKey:
    return account(AccountKind.RECEIVABLE, currency, payee_id)
