"""What the marketplace's own accounts hold, and whether the books agree, for the metrics."""

from collections.abc import Iterator

from jobsphere.ledger import findings, selectors
from jobsphere.watch import figures
from jobsphere.watch.figures import Figure

NAMES = {
    "jobsphere_ledger_minor_units": "Balance of an account of the marketplace, by kind and currency, in minor units:"
    " revenue_* is commission.",
    "jobsphere_ledger_differences": "Differences of the books that are not gone and not a matter of time.",
}


def read() -> Iterator[Figure]:
    """Yield the figures; two queries, over a handful of accounts and what is open."""
    for line in selectors.own_balances():
        labels = {"kind": str(line.account.kind), "currency": line.account.currency}
        yield Figure("jobsphere_ledger_minor_units", line.balance.amount, labels)
    yield Figure("jobsphere_ledger_differences", findings.open_count())


figures.register("ledger", read, NAMES, seconds=30)
