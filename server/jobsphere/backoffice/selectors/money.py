"""Lists of money with the names of people, and the books."""

from collections.abc import Sequence
from uuid import UUID

from jobsphere.backoffice.types import (
    Books,
    CoolingRecord,
    CurrencyBooks,
    EarningRecord,
    HoldRecord,
    PayoutRecord,
    WalletRecord,
)
from jobsphere.db.periods import between
from jobsphere.db.rows import Rows
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import HoldView
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import AccountBalance, AccountKind
from jobsphere.payments import staff as payments
from jobsphere.payments.types import LotView, MoneyFilter, PayeeView, PayoutView
from jobsphere.users import selectors as users


def holds(viewer: Actor, wanted: MoneyFilter, *, contract_id: UUID | None = None) -> Rows[HoldRecord]:
    """Return everybody's holds that fit; two queries a page. Raises Forbidden without the right "finance"."""
    rows = escrow.holds(viewer, status=wanted.status, person_id=wanted.person_id)
    rows = rows.filter(between("created_at", wanted.since, wanted.until))
    if wanted.currency:
        rows = rows.filter(currency=wanted.currency)
    if contract_id:
        rows = rows.filter(contract_id=contract_id)
    return Rows(rows, lambda page: _holds([escrow.view_of_hold(row) for row in page]))


def hold(viewer: Actor, hold_id: UUID) -> HoldRecord:
    """Return one hold; raises Forbidden without the right "finance", and NotFound."""
    found = next(iter(holds(viewer, MoneyFilter()).filter(pk=hold_id)), None)
    if found is None:
        raise NotFound("There is no such hold.")
    return found


def earnings(viewer: Actor, *, person_id: UUID | None = None, clearing: bool | None = None) -> Rows[EarningRecord]:
    """Return what clears and what has cleared; one query a page more than the lots. Forbidden without "finance"."""
    return payments.earnings_for_staff(viewer, person_id=person_id, clearing=clearing).then(_earnings)


def earning(viewer: Actor, lot_id: UUID) -> EarningRecord:
    """Return one earning; raises Forbidden without the right "finance", and NotFound."""
    return _earnings([payments.earning_for_staff(viewer, lot_id)])[0]


def cooling_payees(viewer: Actor) -> Rows[CoolingRecord]:
    """Return whose withdrawals wait after a change of their bank account; Forbidden without the right "finance"."""
    return payments.cooling_payees_for_staff(viewer).then(_cooling)


def payouts(viewer: Actor, wanted: MoneyFilter) -> Rows[PayoutRecord]:
    """Return everybody's withdrawals that fit; two queries a page. Raises Forbidden without the right "finance"."""
    return payments.payouts_for_staff(viewer, wanted).then(_payouts)


def payout(viewer: Actor, payout_id: UUID) -> PayoutRecord:
    """Return one withdrawal; raises Forbidden without the right "finance", and NotFound."""
    return _payouts([payments.payout_for_staff(viewer, payout_id)])[0]


def wallets(viewer: Actor, *, currency: str = "", user_id: UUID | None = None) -> Rows[WalletRecord]:
    """Return everybody's wallets; two queries a page. Raises Forbidden without the right "finance"."""
    return ledger.wallet_rows(viewer, currency=currency, user_id=user_id).then(_wallets)


def debts(viewer: Actor, *, currency: str = "", user_id: UUID | None = None) -> Rows[WalletRecord]:
    """Return what people have come to owe us; two queries a page. Raises Forbidden without the right "finance"."""
    rows = ledger.wallet_rows(viewer, currency=currency, user_id=user_id, kind=AccountKind.RECEIVABLE)
    return rows.then(_wallets)


def books(viewer: Actor, *, verify: bool, gateway: bool) -> Books:
    """Return the trial balance and, with `verify`, what the checks of every app found; Forbidden without "finance".

    Verifying reads all of the books again: seconds, on a big marketplace. With `gateway` the gateway is asked, too,
    for every movement of our balance there.
    """
    require_finance(viewer)
    trial = ledger.trial_balance()
    currencies = [
        CurrencyBooks(
            currency,
            tuple(line for line in trial.lines if line.signed.currency == currency),
            trial.difference(currency),
        )
        for currency in trial.currencies()
    ]
    wanted = [name for name in checks.registered() if gateway or not name.endswith(".gateway")]
    return Books(tuple(currencies), checks.run(wanted) if verify else None)


def _holds(found: Sequence[HoldView]) -> list[HoldRecord]:
    people = users.people([person for each in found for person in (each.payer_id, each.payee_id)])
    return [HoldRecord(each, people[each.payer_id], people[each.payee_id]) for each in found]


def _payouts(found: Sequence[PayoutView]) -> list[PayoutRecord]:
    people = users.people([each.payee_id for each in found])
    return [PayoutRecord(each, people[each.payee_id]) for each in found]


def _earnings(found: Sequence[LotView]) -> list[EarningRecord]:
    people = users.people([each.payee_id for each in found])
    return [EarningRecord(each, people[each.payee_id]) for each in found]


def _cooling(found: Sequence[PayeeView]) -> list[CoolingRecord]:
    people = users.people([each.user_id for each in found])
    return [CoolingRecord(each, people[each.user_id]) for each in found]


def _wallets(found: Sequence[AccountBalance]) -> list[WalletRecord]:
    people = users.people([UUID(each.account.owner_id) for each in found])
    return [WalletRecord(each.account.id, people[UUID(each.account.owner_id)], each.balance) for each in found]
