"""Which proposals their customer has a live offer on: the app above makes offers, and registers how they are found.

As part of the statement that reads the proposals, so a page of them costs what it did before.
"""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.expressions import Combinable

from jobsphere.jobs.models import Proposal
from jobsphere.kit.actor import Actor

#: (the columns of job and contractor) -> the id of the live offer there, or NULL
Finder = Callable[[str, str], Combinable]

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Let an app above say how live offers are found; called from its `AppConfig.ready`."""
    _finders[:] = [finder]


def with_live_offers(rows: "QuerySet[Proposal]") -> "QuerySet[Proposal]":
    """Read with each proposal the live offer that its customer has made to its contractor for its job, if any."""
    found = [find("job_id", "contractor_id") for find in _finders]
    return rows.annotate(live_offer_id=found[0] if found else Value(None))


def live_offer_of(viewer: Actor, proposal: Proposal) -> UUID | None:
    """Return the viewer's live offer on a proposal; None to everybody but the customer, and where it was not read."""
    return getattr(proposal, "live_offer_id", None) if viewer.id == proposal.job.customer_id else None
