"""What is held, for the metrics."""

from collections.abc import Iterator

from jobsphere.escrow import selectors
from jobsphere.watch import figures
from jobsphere.watch.figures import Figure

NAMES = {
    "jobsphere_escrow_holds": "Milestones whose money is held, by status (funded, frozen) and currency.",
    "jobsphere_escrow_held_minor_units": "What is held, in minor units of the currency.",
}


def read() -> Iterator[Figure]:
    """Yield what is held; one query over an index of what is open."""
    for status, currency, number, held in selectors.held_by_status():
        labels = {"status": status, "currency": currency}
        yield Figure("jobsphere_escrow_holds", number, labels)
        yield Figure("jobsphere_escrow_held_minor_units", held, labels)


figures.register("escrow", read, NAMES)
