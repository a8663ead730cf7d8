"""People who are made in a moment and act over HTTP, with a client that repeats what got no answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from rest_framework.test import APIClient

from jobsphere.jobs.types import Budget, PriceKind
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.payments.models import PayeeAccount
from jobsphere.users.models import User
from jobsphere.users.services import open_session
from tests.faults.power import Power
from tests.marketplace import edge, make_job

#: Everything that a person may be told; anything else is a fault of ours.
CLEAR = frozenset({200, 201, 202, 400, 404, 409, 503})


@dataclass(frozen=True)
class Sent:
    """A request that can be repeated word by word."""

    path: str
    body: dict[str, Any]
    key: str


class Someone:
    """A person with a session. `last` is their latest request."""

    def __init__(self, power: Power, name: str, **roles: Any) -> None:
        self.power = power
        with edge():
            email = f"{name}.{uuid4().hex}@faults.example"
            self.actor: Actor = User.objects.create_user(email, name=name, **roles).actor()
            token = open_session(user_id=self.actor.known_id()).access_token
        self.client = APIClient()
        self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        self.last: Sent | None = None

    @property
    def id(self) -> UUID:
        return self.actor.known_id()

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Do something under a key of its own; the answer is empty for a refusal, or when the power was cut."""
        self.last = Sent(path, body or {}, str(uuid4()))
        return self.repeat()

    def repeat(self) -> dict[str, Any]:
        """Send the latest request once more, under its key."""
        sent = self.last
        if sent is None:
            return {}
        done, answer = self.power.survives(
            lambda: self.client.post(
                f"/api/{sent.path}", sent.body, format="json", headers={"Idempotency-Key": sent.key}
            )
        )
        if not done:
            return {}
        assert answer.status_code in CLEAR, f"{sent.path}: {answer.status_code} {answer.content[:500]!r}"
        return dict(answer.json()) if answer.status_code < 300 else {}

    def payee_at(self, gateway: str) -> str:
        """Return how a gateway calls this person; empty while it has not told."""
        found = PayeeAccount.objects.filter(user_id=self.id, gateway=gateway).values_list("gateway_id", flat=True)
        return found.first() or ""

    def get(self, path: str) -> dict[str, Any]:
        """Read; must be there."""
        answer = self.client.get(f"/api/{path}")
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.content[:500]!r}"
        return dict(answer.json())


def customer(power: Power) -> Someone:
    """Somebody who posts jobs."""
    return Someone(power, "casey", is_customer=True)


def contractor(power: Power, name: str = "pat") -> Someone:
    """Somebody who works."""
    return Someone(power, name, is_contractor=True)


def job_of(someone: Someone, currency: str = "USD") -> UUID:
    """Let a customer post a job."""
    return make_job(someone.actor, budget=Budget(PriceKind.FIXED, Money(5_000, currency), Money(12_000, currency)))


def terms(
    contractor_id: UUID, job_id: UUID, amount: int, currency: str = "USD", *, parts: int = 1, **offer: Any
) -> dict[str, Any]:
    """Return the body of an offer in minor units, cut into milestones that add up."""
    share = amount // parts
    amounts = [share] * (parts - 1) + [amount - share * (parts - 1)]
    milestones = [
        {"title": f"Part {number}", "amount": Money(each, currency).to_json()} for number, each in enumerate(amounts)
    ]
    body = {"job_id": str(job_id), "contractor_id": str(contractor_id), "amount": Money(amount, currency).to_json()}
    return {**body, "milestones": milestones, **{name: value for name, value in offer.items() if value}}
