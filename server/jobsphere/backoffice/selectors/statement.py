"""The statement of a contract: every ledger account that its payment, holds, refunds and payouts touched."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from jobsphere.backoffice.types import (
    NamedAccount,
    Statement,
    StatementAccount,
    StatementLeg,
    StatementStep,
    StatementTotals,
)
from jobsphere.contracts import selectors as contracts
from jobsphere.escrow import selectors as escrow
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.money import Money, total
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import AccountKey, AccountKind, PostedTransfer
from jobsphere.payments import selectors as payments
from jobsphere.payments import staff as payments_staff
from jobsphere.payments.chargebacks_staff import chargebacks_for_staff
from jobsphere.payments.types import Covered, MoneyFilter
from jobsphere.users import selectors as users
from jobsphere.users.types import Person

_THEIRS = (AccountKind.WALLET, AccountKind.CLEARING)


def contract_statement(viewer: Actor, contract_id: UUID) -> Statement:
    """Return the statement; the number of queries does not depend on how much has happened.

    Raises Forbidden without the right "finance", and NotFound.
    """
    require_finance(viewer)
    contract = contracts.contract(viewer, contract_id)
    paid_by = contracts.payments_of(contract_id)
    covered = {each.payout_id: each for each in payments_staff.covered_by(paid_by)}
    parts = [_part_of(each, covered) for each in _transfers(paid_by, contract_id, covered)]
    names = _names(parts)
    accounts = _accounts(parts, names)
    paid = payments.payments_among(paid_by)
    charged = total((each.captured for each in paid), contract.amount.currency)
    return Statement(
        contract_id=contract_id,
        title=contract.title,
        customer=contract.customer,
        contractor=contract.contractor,
        steps=tuple(_step(number, part, names) for number, part in enumerate(parts, start=1)),
        accounts=accounts,
        totals=_totals(
            parts,
            accounts,
            charged=charged,
            charged_back=total((each.charged_back for each in paid), charged.currency),
            paid_out=[each.amount for each in covered.values()],
        ),
        total=total((each.signed for each in accounts), charged.currency),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one transfer did with the contract's money. `share_of`: it paid out other contracts too, so much in all."""

    transfer: PostedTransfer
    amounts: tuple[tuple[AccountKey, Money], ...]
    share_of: Money | None = None

    def on(self, kind: AccountKind) -> list[Money]:
        """Return what was added to accounts of a kind, naturally signed."""
        return [key.natural(amount.amount) for key, amount in self.amounts if key.kind is kind]


def _transfers(paid_by: Collection[UUID], contract_id: UUID, payouts: Collection[UUID]) -> list[PostedTransfer]:
    """Return what the contract's money did, oldest first, by whichever of its payments it came (ADR 0030)."""
    holds = [hold.id for hold in escrow.holds_of_contract(contract_id)]
    refunds = payments.refund_ids(paid_by)
    chargebacks = [row.id for row in chargebacks_for_staff(SYSTEM, MoneyFilter(), payment_ids=paid_by)]
    sources = {"payment": list(paid_by), "hold": holds, "refund": refunds, "chargeback": chargebacks, "payout": payouts}
    return ledger.transfers_of_sources(sources)


def _part_of(transfer: PostedTransfer, covered: Mapping[UUID, Covered]) -> _Part:
    """Cut a withdrawal that paid out several contracts down to this one's part; its legs are multiples of the whole."""
    amounts = [(leg.account, leg.amount) for leg in transfer.legs]
    cover = covered.get(UUID(transfer.source_id)) if transfer.source_type == "payout" else None
    if cover is None or cover.amount == cover.payout_total:
        return _Part(transfer, tuple(amounts))
    part, whole = cover.amount.amount, cover.payout_total.amount
    scaled = [(key, Money(amount.amount * part // whole, amount.currency)) for key, amount in amounts]
    return _Part(transfer, tuple(scaled), cover.payout_total)


def _names(parts: Iterable[_Part]) -> dict[str, Person]:
    """Return the people who own accounts, by owner id. One query."""
    keys = {key for part in parts for key, _ in part.amounts}
    found = users.people([UUID(key.owner_id) for key in keys if key.owner_type == "user"])
    return {str(person_id): person for person_id, person in found.items()}


def _named(key: AccountKey, names: Mapping[str, Person]) -> NamedAccount:
    owner = names.get(key.owner_id)
    return NamedAccount(key, key.nature.title, owner.name if owner else "")


def _step(number: int, part: _Part, names: Mapping[str, Person]) -> StatementStep:
    transfer = part.transfer
    return StatementStep(
        number=number,
        transfer_id=transfer.id,
        code=transfer.code,
        source_type=transfer.source_type,
        source_id=transfer.source_id,
        memo=transfer.memo,
        posted_at=transfer.posted_at,
        legs=tuple(_leg(key, amount, names) for key, amount in part.amounts),
        share_of=part.share_of,
    )


def _leg(key: AccountKey, amount: Money, names: Mapping[str, Person]) -> StatementLeg:
    nothing = Money.zero(amount.currency)
    return StatementLeg(_named(key, names), debit=max(amount, nothing), credit=max(-amount, nothing))


def _accounts(parts: Iterable[_Part], names: Mapping[str, Person]) -> tuple[StatementAccount, ...]:
    """Add up each account, in the order of the chart of accounts."""
    sums: dict[AccountKey, Money] = {}
    for part in parts:
        for key, amount in part.amounts:
            sums[key] = sums.get(key, Money.zero(amount.currency)) + amount
    order = list(AccountKind)
    keys = sorted(sums, key=lambda key: (order.index(key.kind), key))
    return tuple(StatementAccount(_named(key, names), key.natural(sums[key].amount), sums[key]) for key in keys)


def _totals(
    parts: Sequence[_Part],
    accounts: Iterable[StatementAccount],
    *,
    charged: Money,
    charged_back: Money,
    paid_out: Iterable[Money],
) -> StatementTotals:
    currency = charged.currency
    balances = [(each.account.key.kind, each.balance) for each in accounts]

    def stands_on(kind: AccountKind) -> Money:
        return total((balance for its_kind, balance in balances if its_kind is kind), currency)

    # What the payee has, waits for, or (having had it) owes because it came back.
    theirs = [part for part in parts if part.transfer.source_type in ("hold", "refund", "chargeback")]
    earned = [amount for part in theirs for kind in _THEIRS for amount in part.on(kind)]
    owed = [amount for part in theirs for amount in part.on(AccountKind.RECEIVABLE)]
    # A refund that failed, and whose money a bank has given back instead, was charged back and not refunded.
    sent = [part for part in parts if part.transfer.code in ("refund.requested", "chargeback.lost")]
    refunded = [amount for part in sent for amount in part.on(AccountKind.REFUND_IN_TRANSIT)]
    return StatementTotals(
        charged=charged,
        platform_fee=stands_on(AccountKind.REVENUE_PLATFORM_FEE),
        service_fee=stands_on(AccountKind.REVENUE_SERVICE_FEE),
        held=stands_on(AccountKind.ESCROW),
        contractor=total(earned, currency) - total(owed, currency),
        paid_out=total(paid_out, currency),
        refunded=total(refunded, currency),
        charged_back=charged_back,
        unapplied=stands_on(AccountKind.UNAPPLIED),
    )
