"""Where the money is: sums and counts by status, for charts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum

from jobsphere.escrow import selectors as escrow
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.policies import require_finance
from jobsphere.payments import staff as payments


@dataclass(frozen=True, slots=True)
class StatusSum:
    """How many things of a currency are in a status, and what they come to."""

    status: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """Sums by status of each kind of thing that holds money, and the accounts that it stands on."""

    payments: tuple[StatusSum, ...]
    refunds: tuple[StatusSum, ...]
    payouts: tuple[StatusSum, ...]
    holds: tuple[StatusSum, ...]
    accounts: tuple[StatusSum, ...]


def money_figures(viewer: Actor) -> MoneyFigures:
    """Sum up the money by status; five queries. Raises Forbidden without the right "finance"."""
    require_finance(viewer)
    found = payments.sums_by_status(viewer)
    lines = ledger.trial_balance().lines
    return MoneyFigures(
        payments=_sums(found["payments"]),
        refunds=_sums(found["refunds"]),
        payouts=_sums(found["payouts"]),
        holds=_sums(_of_holds(viewer)),
        accounts=tuple(StatusSum(str(line.kind), line.accounts, line.balance) for line in lines),
    )


def _of_holds(viewer: Actor) -> dict[tuple[str, str], tuple[int, int]]:
    rows = escrow.holds(viewer).values("status", "currency").annotate(count=Count("id"), total=Sum("held"))
    return {(row["status"], row["currency"]): (row["count"], int(row["total"])) for row in rows}


def _sums(found: Mapping[tuple[str, str], tuple[int, int]]) -> tuple[StatusSum, ...]:
    return tuple(
        StatusSum(status, count, Money(amount, currency))
        for (status, currency), (count, amount) in sorted(found.items())
    )
