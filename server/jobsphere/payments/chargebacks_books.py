"""The ledger transfers of chargebacks, each as a bookkeeper would write it (docs/money.md)."""

from collections.abc import Sequence

from jobsphere.kit.money import Money
from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, PostedTransfer, account, credit, debit
from jobsphere.payments.books import at_gateway
from jobsphere.payments.models import Chargeback, Refund


def contested(row: Chargeback) -> AccountKey:
    """Name the account of what a bank has taken, and has neither given back nor won."""
    return account(AccountKind.CHARGEBACK, row.currency, row.pk)


def write_off(currency: str) -> AccountKey:
    """Name what is lost and accepted as lost."""
    return account(AccountKind.WRITEOFF, currency)


def gateway_fee(row: Chargeback) -> AccountKey:
    """Name what the gateway charges us."""
    return account(AccountKind.GATEWAY_FEE, row.currency, row.gateway)


def book_taken(row: Chargeback, amount: Money) -> PostedTransfer:
    """The bank has taken money from our balance; whose loss it is stays open until it has decided."""
    legs = [debit(contested(row), amount), credit(at_gateway(row.gateway, row.currency), amount)]
    return post(row, "chargeback.taken", legs, row.reason)


def book_returned(row: Chargeback, amount: Money) -> PostedTransfer:
    """The bank has given it back."""
    legs = [debit(at_gateway(row.gateway, row.currency), amount), credit(contested(row), amount)]
    return post(row, "chargeback.returned", legs)


def book_fee(row: Chargeback, amount: Money) -> PostedTransfer:
    """The gateway charges for its trouble, or (a negative amount) gives that back."""
    legs = [debit(gateway_fee(row), amount), credit(at_gateway(row.gateway, row.currency), amount)]
    return post(row, "chargeback.fee", legs)


def book_fee_passed_on(row: Chargeback, payee: Sequence[Leg], amount: Money) -> PostedTransfer:
    """The payee bears the fee, because the operator says so."""
    return post(row, "chargeback.fee_passed_on", [*payee, credit(gateway_fee(row), amount)])


def book_lost(row: Chargeback, borne_by: Sequence[Leg], amount: Money, *, part: str) -> PostedTransfer:
    """It is gone: those who bear it do so from now on."""
    return post(row, "chargeback.lost", [*borne_by, credit(contested(row), amount)], part=part)


def book_regained(row: Chargeback, given_to: Sequence[Leg], amount: Money, *, part: str) -> PostedTransfer:
    """What had been lost goes back to those who bore it; the money itself is booked as returned."""
    return post(row, "chargeback.regained", [debit(contested(row), amount), *given_to], part=part)


def book_superseded(refund: Refund, amount: Money, to: AccountKey, row: Chargeback) -> PostedTransfer:
    """A refund that failed is not sent again: the bank has given that money back already."""
    source = account(AccountKind.REFUND_IN_TRANSIT, refund.currency, refund.pk)
    return post(row, "chargeback.lost", [debit(source, amount), credit(to, amount)], part=f"refund:{refund.pk}")


def post(row: Chargeback, code: str, legs: Sequence[Leg], memo: str = "", *, part: str = "") -> PostedTransfer:
    """Post what belongs to a chargeback; `revision` makes each step of it another transfer."""
    reference = f"{row.pk}:{row.revision}" + (f":{part}" if part else "")
    return ledger.post(
        code=code, reference=reference, legs=legs, source_type="chargeback", source_id=row.pk, memo=memo[:255]
    )
