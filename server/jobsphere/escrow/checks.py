"""What `manage.py reconcile` asks of escrow."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Q, Sum

from jobsphere.escrow.models import EscrowHold
from jobsphere.escrow.rules import HoldStatus
from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.checks import Explanation
from jobsphere.ledger.types import AccountKind, Discrepancy, account

_OPEN = Q(status__in=[HoldStatus.FUNDED, HoldStatus.FROZEN])


def parts() -> Iterator[Discrepancy]:
    """Fees, payout and refunds of every hold are together what was captured for it."""
    wrong = EscrowHold.objects.exclude(
        amount=F("held") + F("platform_fee") + F("refunded") - F("platform_fee_refunded"),
        held=F("service_fee") + F("payout"),
    )
    for hold in wrong.iterator():
        yield Discrepancy(
            "escrow.parts",
            f"hold {hold.pk}",
            f"of {hold.money(hold.amount)}: platform fee {hold.money(hold.platform_fee)}, held"
            f" {hold.money(hold.held)} (service fee {hold.money(hold.service_fee)}, payout {hold.money(hold.payout)}),"
            f" refunded {hold.money(hold.refunded)}",
        )


def balances() -> Iterator[Discrepancy]:
    """What stands in escrow is what is held for open milestones; closed holds are empty."""
    open_ = _sums(EscrowHold.objects.filter(_OPEN).values("currency").annotate(sum=Sum("held")))
    booked = {
        line.signed.currency: line.balance.amount
        for line in ledger.trial_balance().lines
        if line.kind is AccountKind.ESCROW
    }
    wrong = [currency for currency in {*open_, *booked} if open_.get(currency, 0) != booked.get(currency, 0)]
    for hold in EscrowHold.objects.filter(currency__in=wrong).iterator():
        expected = hold.money(hold.held if hold.status in (HoldStatus.FUNDED, HoldStatus.FROZEN) else 0)
        found = ledger.balance_of(account(AccountKind.ESCROW, hold.currency, hold.pk))
        if found != expected:
            detail = f"{found} on its account, but it is {hold.status} and should hold {expected}"
            yield Discrepancy("escrow.balances", f"hold {hold.pk}", detail)
    for currency in sorted(wrong):
        detail = (
            f"{Money(booked.get(currency, 0), currency)} in the books, {Money(open_.get(currency, 0), currency)} held"
        )
        yield Discrepancy("escrow.balances", f"escrow {currency}", detail)


def fees() -> Iterator[Discrepancy]:
    """What the books call revenue is what released and funded holds have earned."""
    released = EscrowHold.objects.filter(status=HoldStatus.RELEASED)
    earned = {
        AccountKind.REVENUE_PLATFORM_FEE: _sums(
            EscrowHold.objects.values("currency").annotate(sum=Sum(F("platform_fee") - F("platform_fee_refunded")))
        ),
        AccountKind.REVENUE_SERVICE_FEE: _sums(released.values("currency").annotate(sum=Sum("service_fee"))),
    }
    for line in ledger.trial_balance().lines:
        if line.kind in earned:
            expected = Money(earned[line.kind].get(line.signed.currency, 0), line.signed.currency)
            if line.balance != expected:
                detail = f"{line.balance} in the books, but the holds have earned {expected}"
                yield Discrepancy("escrow.fees", line.kind.value, detail)


def _sums(rows: Iterable[Any]) -> dict[str, int]:
    return {each["currency"]: each["sum"] for each in rows}


EXPLANATIONS = {
    "escrow.parts": Explanation(
        "The fees, payout and refunds of a hold are not together what was captured for it: its row was edited by hand.",
        "Freeze the hold, compare it with its transfers, which are right, and put the row right.",
    ),
    "escrow.balances": Explanation(
        "A hold's account does not hold what the hold's status says.",
        "Freeze the contract. If its money has moved, the status is wrong; if not, retry what should have moved it.",
    ),
    "escrow.fees": Explanation(
        "The fees in the books are not what the holds have earned.",
        "Look for a release or refund of the last days whose transfer and row disagree; correct the wrong one.",
    ),
}

checks.register("escrow.parts", parts, EXPLANATIONS)
checks.register("escrow.balances", balances)
checks.register("escrow.fees", fees)
