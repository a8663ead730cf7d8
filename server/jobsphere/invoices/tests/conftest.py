"""Casey and Pat over HTTP, and what their documents come to."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from jobsphere.invoices.models import Invoice
from tests.stories.people import Contractor, Customer, dollars

Settle = Callable[[], None]
PARTS = [{"title": "Pipes", "amount": dollars(400)}, {"title": "Tiles", "amount": dollars(600)}]


@pytest.fixture
def customer(transactional_db: None, sandbox: object, taxonomy: None) -> Customer:
    """Casey, who needs a bathroom."""
    return Customer()


@pytest.fixture
def contractor(customer: Customer) -> Contractor:
    """Pat, who renovates bathrooms."""
    return Contractor()


def hire(customer: Customer, contractor: Contractor, policy: str = "moderate") -> Any:
    """Make a contract over 1000 dollars in two milestones."""
    offer = customer.offers(
        job_id=customer.posts_job(),
        contractor_id=contractor.id,
        amount=dollars(1000),
        milestones=PARTS,
        cancellation_policy=policy,
    )
    return contractor.get(f"contracts/{contractor.accepts(offer)['contract_id']}/")


def work(contractor: Contractor, customer: Customer, milestone: Any) -> None:
    """Do a milestone and have it paid."""
    contractor.post(f"milestones/{milestone['id']}/start/")
    contractor.post(f"milestones/{milestone['id']}/submit/", {"note": "Done."})
    customer.post(f"milestones/{milestone['id']}/release/")


def shown() -> dict[str, int]:
    """Return what all documents of a kind come to, in cents, credit notes taken off."""
    sums: dict[str, int] = defaultdict(int)
    for row in Invoice.objects.all():
        sums[row.kind] += row.gross if row.type == "invoice" else -row.gross
    return {kind: amount for kind, amount in sums.items() if amount}
