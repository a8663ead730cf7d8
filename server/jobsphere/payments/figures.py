"""Money in each status and what we wait for at gateways, for the metrics."""

from collections.abc import Iterator

from jobsphere.kit import clock
from jobsphere.payments import health, registry, selectors
from jobsphere.watch import figures
from jobsphere.watch.figures import Figure

MONEY = {
    "jobsphere_payments": "Payments, by status and currency.",
    "jobsphere_payments_minor_units": "What they come to, in minor units of the currency.",
}
GATEWAYS = {
    "jobsphere_operations_open": "Requests to gateways whose outcome is not known yet, by status.",
    "jobsphere_operations_oldest_seconds": "How long the oldest of them has been on its way.",
    "jobsphere_gateway_circuit_open": "Whether a gateway gets no new payments (1): it does not answer, or by hand.",
}


def money() -> Iterator[Figure]:
    """Yield payments by status; one query over an index that holds nothing else."""
    for status, currency, number, amount in selectors.payments_by_status():
        labels = {"status": status, "currency": currency}
        yield Figure("jobsphere_payments", number, labels)
        yield Figure("jobsphere_payments_minor_units", amount, labels)


def gateways() -> Iterator[Figure]:
    """Yield what we wait for; two queries over what is open."""
    now = clock.now()
    oldest = 0
    for status, number, since in selectors.open_operations():
        yield Figure("jobsphere_operations_open", number, {"status": status})
        oldest = max(oldest, int((now - since).total_seconds()))
    yield Figure("jobsphere_operations_oldest_seconds", oldest)
    known = health.states(registry.in_use())
    for name in registry.in_use():
        yield Figure("jobsphere_gateway_circuit_open", int(not health.is_closed(known.get(name))), {"gateway": name})


# Every payment there ever was is counted, so not at each scrape.
figures.register("payments", money, MONEY, seconds=60)
figures.register("gateways", gateways, GATEWAYS)
