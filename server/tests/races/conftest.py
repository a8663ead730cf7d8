"""The people of the races, with their sessions, and offers made through the services."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from rest_framework.test import APIClient

from jobsphere.contracts import services
from jobsphere.contracts.types import MilestoneTerms, OfferTerms
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.users.services import open_session
from tests.marketplace import make_job, usd

Post = Callable[..., tuple[int, Any]]


@pytest.fixture
def stage(transactional_db: None, sandbox: object, taxonomy: None) -> None:
    """Committed data, a gateway, trades to choose from."""


@pytest.fixture
def post(stage: None) -> Post:
    """Return a function that posts as somebody and gives status and body; safe to use in a thread."""
    tokens: dict[UUID | None, str] = {}

    def send(actor: Actor, path: str, body: Any = None, *, key: str = "") -> tuple[int, Any]:
        if actor.id not in tokens:
            tokens[actor.id] = open_session(user_id=actor.known_id()).access_token
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens[actor.id]}")
        headers = {"Idempotency-Key": key or str(uuid4())}
        answer = client.post(f"/api/{path}", body or {}, format="json", headers=headers)
        return answer.status_code, answer.json()

    return send


@pytest.fixture
def offer(stage: None, casey: Actor) -> Callable[..., UUID]:
    """Return a function that makes a paid offer of 1000 dollars, on a new job or on one that is given."""

    def make(contractor: Actor, *, job_id: UUID | None = None, parts: int = 1) -> UUID:
        target = job_id or make_job(casey)
        milestones = tuple(MilestoneTerms(f"Part {number}", usd(1000_00 // parts)) for number in range(parts))
        with edge_transaction():
            return services.make_offer_on_job(
                actor=casey,
                job_id=target,
                contractor_id=contractor.known_id(),
                terms=OfferTerms(usd(1000_00), milestones),
                payment_method="pm_card_visa",
            )

    return make


@pytest.fixture
def delivered(offer: Callable[..., UUID], pat: Actor, post: Post) -> Callable[..., Any]:
    """Return a function that makes a contract whose milestones are all handed in; returns the contract."""

    def make(parts: int = 1) -> Any:
        contract_id = post(pat, f"offers/{offer(pat, parts=parts)}/accept/")[1]["contract_id"]
        status, contract = post(pat, f"contracts/{contract_id}/deliver/", {"note": "done"})
        assert status == 200
        return contract

    return make
