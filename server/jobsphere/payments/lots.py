"""What `manage.py reconcile` asks of being paid: lots explain the CLEARING accounts, and payouts the income of fees."""

from collections.abc import Iterator

from django.db.models import Sum

from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, Discrepancy, account
from jobsphere.payments.models import EarningLot, Payout
from jobsphere.payments.rules import PayoutStatus


def clearing() -> Iterator[Discrepancy]:
    """What stands on every CLEARING account is what the lots of its owner have left."""
    rows = EarningLot.objects.filter(left__gt=0).values("payee_id", "currency").annotate(sum=Sum("left"))
    explained = {account(AccountKind.CLEARING, each["currency"], each["payee_id"]): each["sum"] for each in rows}
    found = {each.account: each.balance.amount for each in ledger.balances_of_kind(AccountKind.CLEARING)}
    for key in sorted({*explained, *found}):
        if found.get(key, 0) != explained.get(key, 0):
            yield _unexplained(key, found.get(key, 0), explained.get(key, 0))


def _unexplained(key: AccountKey, found: int, explained: int) -> Discrepancy:
    there, lots = Money(found, key.currency), Money(explained, key.currency)
    return Discrepancy("payments.clearing", str(key), f"{there} in the books, but the earnings that clear are {lots}")


def payout_fees() -> Iterator[Discrepancy]:
    """The income of instant payouts is what those cost that did not come back."""
    kept = Payout.objects.filter(fee__gt=0).exclude(status__in=_GIVEN_BACK)
    sums = {each["currency"]: each["sum"] for each in kept.values("currency").annotate(sum=Sum("fee"))}
    lines = [line for line in ledger.trial_balance().lines if line.kind is AccountKind.REVENUE_PAYOUT_FEE]
    booked = {line.signed.currency: line.balance.amount for line in lines}
    for currency in sorted({*sums, *booked}):
        there, fees = Money(booked.get(currency, 0), currency), Money(sums.get(currency, 0), currency)
        if there != fees:
            detail = f"{there} in the books, but instant payouts have cost {fees}"
            yield Discrepancy("payments.payout_fees", currency, detail)


_GIVEN_BACK = [PayoutStatus.CANCELLED, PayoutStatus.FAILED, PayoutStatus.RETURNED]

checks.register("payments.clearing", clearing)
checks.register("payments.payout_fees", payout_fees)
