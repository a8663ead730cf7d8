"""The back office looks at deals that were really made: over HTTP, through the real adapter and the sandbox gateway."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.users import selectors as users
from jobsphere.users import services as users_services
from tests.cast import person
from tests.stories.people import Contractor, Customer, dollars

Settle = Callable[[], None]


@dataclass
class Deal:
    """A contract of $1000 in two milestones, with who made it."""

    customer: Customer
    contractor: Contractor
    id: str
    milestones: list[str]

    def work(self, milestone: str) -> None:
        """Start a milestone and hand it in."""
        self.contractor.post(f"milestones/{milestone}/start/")
        self.contractor.post(f"milestones/{milestone}/submit/", {"note": "Done."})

    def complete(self) -> None:
        """Do everything, and have it approved."""
        for milestone in self.milestones:
            self.work(milestone)
        self.customer.post(f"contracts/{self.id}/complete/")


class Desk:
    """A member of staff with a browser."""

    def __init__(self, client: APIClient) -> None:
        self.client = client

    def get(self, path: str, *, expect: int = 200, **query: Any) -> Any:
        """Read something of the back office."""
        return self._checked(self.client.get(f"/api/admin/{path}", query), expect)

    def post(self, path: str, body: Any = None, *, expect: int = 200, key: str = "") -> Any:
        """Do something, with an Idempotency-Key of its own unless told."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        return self._checked(self.client.post(f"/api/admin/{path}", body or {}, format="json", headers=headers), expect)

    def _checked(self, answer: Any, expect: int) -> Any:
        assert answer.status_code == expect, f"{answer.status_code} instead of {expect}: {answer.content!r}"
        return answer.json()


@pytest.fixture
def stage(transactional_db: None, sandbox: Any, taxonomy: None) -> None:
    """A marketplace with its trades and a gateway."""


@pytest.fixture
def make_deal(stage: None, settle: Settle) -> Callable[..., Deal]:
    """Return a function that lets two people make a contract; without names, two who are new."""
    count = iter(range(1, 100))

    def make(customer: Customer | None = None, contractor: Contractor | None = None) -> Deal:
        number = next(count)
        customer = customer or Customer(f"Casey Customer{number}")
        contractor = contractor or Contractor(f"Pat Contractor{number}")
        parts = [{"title": "Pipes", "amount": dollars(400)}, {"title": "Tiles", "amount": dollars(600)}]
        proposal = contractor.proposes(customer.posts_job(), 1000, milestones=parts)
        offer = contractor.accepts(customer.offers(proposal_id=proposal))
        settle()
        contract = customer.get(f"contracts/{offer['contract_id']}/")
        return Deal(customer, contractor, contract["id"], [each["id"] for each in contract["milestones"]])

    return make


@pytest.fixture
def deal(make_deal: Callable[..., Deal]) -> Deal:
    """A contract that has just begun."""
    return make_deal()


@pytest.fixture
def pay_out(settle: Settle, sandbox: Any) -> Callable[[Contractor, int], None]:
    """Return a function that brings whole dollars from a contractor's wallet to their bank."""

    def pay(contractor: Contractor, amount: int) -> None:
        contractor.becomes_payable()
        contractor.post("payouts/withdraw", {"amount": dollars(amount)}, expect=201)
        settle()
        for each in sandbox.objects("payout"):
            if each["status"] != "paid":
                sandbox.land_payout(each["id"])
        settle()

    return pay


@pytest.fixture
def admin(ada: Actor, client_for: Callable[..., APIClient]) -> Desk:
    """Ada's desk."""
    return Desk(client_for(ada))


@pytest.fixture
def staff(ada: Actor, client_for: Callable[..., APIClient]) -> Callable[..., Desk]:
    """Return a function that makes a member of staff who holds exactly these rights."""

    def make(*rights: str) -> Desk:
        return Desk(client_for(employ(ada, *rights)))

    return make


def employ(ada: Actor, *rights: str) -> Actor:
    """Make a person to whom Ada grants these rights."""
    someone = person(f"Staff{uuid4().hex[:8]} Member")
    with edge_transaction():
        for each in rights:
            users_services.grant_right(actor=ada, user_id=someone.known_id(), right=each)
    found = users.actor_of(someone.known_id())
    assert found is not None
    return found


def holds_of(admin: Desk, deal: Deal) -> list[Any]:
    """Return a deal's holds, the first milestone's first."""
    found = admin.get("holds/", contract_id=deal.id)["results"]
    return sorted(found, key=lambda each: deal.milestones.index(each["milestone_id"]))
