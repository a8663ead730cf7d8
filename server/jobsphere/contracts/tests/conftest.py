"""Offers and contracts in every status, made with services and a sandbox gateway; what a refusal must not change."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from PIL import Image
from rest_framework.test import APIClient

from jobsphere.contracts import selectors, services
from jobsphere.contracts.types import CancellationPolicy, ContractView, Handover, MilestoneTerms, OfferTerms
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from tests.marketplace import make_job, usd

GOOD_CARD = "pm_card_visa"


class Deals:
    """Casey hires Pat: makes offers and contracts and takes them where a test needs them."""

    def __init__(self, casey: Actor, pat: Actor) -> None:
        self.casey, self.pat = casey, pat

    def offer(self, contractor: Actor | None = None, *, job_id: UUID | None = None, **changes: Any) -> UUID:
        """Make an offer of 1000 dollars on a job, paid with a good card unless told."""
        target = job_id or make_job(self.casey)
        wanted = {
            "terms": OfferTerms(usd(1000_00)),
            "payment_method": GOOD_CARD,
            "contractor_id": (contractor or self.pat).known_id(),
            **changes,
        }
        with edge_transaction():
            return services.make_offer_on_job(actor=self.casey, job_id=target, **wanted)

    def contract(self, *, parts: int = 2, policy: CancellationPolicy = CancellationPolicy.MODERATE) -> ContractView:
        """Make a contract of 1000 dollars in equal parts, funded and not started."""
        milestones = tuple(MilestoneTerms(f"Part {number}", usd(1000_00 // parts)) for number in range(1, parts + 1))
        offer_id = self.offer(terms=OfferTerms(usd(1000_00), milestones), policy=policy)
        self.do(services.accept_offer, self.pat, offer_id=offer_id)
        contract_id = selectors.offer(self.pat, offer_id).contract_id
        assert contract_id is not None
        return selectors.contract(self.pat, contract_id)

    def started(self, **options: Any) -> ContractView:
        """Make a contract whose first milestone is in progress."""
        made = self.contract(**options)
        self.do(services.start_milestone, self.pat, milestone_id=made.milestones[0].id)
        return selectors.contract(self.pat, made.id)

    def submitted(self, **options: Any) -> ContractView:
        """Make a contract whose first milestone is handed in."""
        made = self.started(**options)
        self.do(services.submit_milestone, self.pat, milestone_id=made.milestones[0].id, work=Handover("Done."))
        return selectors.contract(self.pat, made.id)

    def do(self, verb: Callable[..., Any], actor: Actor, **options: Any) -> Any:
        """Run a verb as an edge would."""
        with edge_transaction():
            return verb(actor=actor, **options)


@pytest.fixture
def deals(transactional_db: None, sandbox: object, taxonomy: None, casey: Actor, pat: Actor) -> Deals:
    """Committed data and a gateway."""
    return Deals(casey, pat)


@pytest.fixture
def post(client_for: Callable[..., APIClient]) -> Callable[..., Any]:
    """Return a function that posts as somebody, with a key of its own unless told."""

    def send(actor: Actor | None, path: str, body: Any = None, *, key: str = "", method: str = "post") -> Any:
        headers = {"Idempotency-Key": key or str(uuid4())}
        client = client_for(actor)
        return getattr(client, method)(f"/api/{path}", body if body is not None else {}, format="json", headers=headers)

    return send


@pytest.fixture
def unchanged() -> Callable[[], Any]:
    """Return a function that reads every row of every deal, job, payment and account, to compare after a refusal."""
    names = [
        *("contracts.Offer", "contracts.Contract", "contracts.Milestone", "contracts.Deliverable"),
        *("contracts.RefundRequest", "contracts.TimeEntry", "jobs.Job", "jobs.Proposal", "payments.Payment"),
        *("payments.GatewayOperation", "payments.Refund", "escrow.EscrowHold", "ledger.Entry", "audit.AuditEntry"),
        *("outbox.StoredEvent", "notifications.Notification"),
    ]

    def read() -> list[Any]:
        return [list(apps.get_model(name).objects.order_by("pk").values()) for name in names]

    return read


@pytest.fixture
def upload(client_for: Callable[..., APIClient], settings: Any, tmp_path: Any) -> Callable[[Actor], dict[str, Any]]:
    """Return a function that uploads a small picture as somebody and gives the stored file."""
    settings.UPLOAD_DIR = tmp_path / "upload"
    settings.MEDIA_ROOT = str(tmp_path / "upload")

    def send(actor: Actor) -> dict[str, Any]:
        picture = BytesIO()
        Image.new("RGB", (4, 4), "teal").save(picture, "PNG")
        picture.name = "wall.png"
        picture.seek(0)
        answer = client_for(actor).post("/api/upload", {"file": picture}, format="multipart")
        assert answer.status_code == 201, answer.content
        body: dict[str, Any] = answer.json()
        return body

    return send
