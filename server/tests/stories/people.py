"""People of the stories, who sign up and act over HTTP alone, and the books as a bookkeeper reads them."""

from typing import Any
from uuid import uuid4

from rest_framework.test import APIClient

from jobsphere.ledger import checks, selectors
from jobsphere.payments.gateways.registry import get_controls
from tests.cast import PASSWORD

GOOD_CARD = "pm_card_visa"
CARD_WITH_3DS = "pm_card_threeDSecureRequired"
DECLINED_CARD = "pm_card_chargeDeclined"


def dollars(amount: int) -> dict[str, Any]:
    """Return whole dollars as money on the wire."""
    return {"amount": amount * 100, "currency": "USD"}


class Human:
    """Somebody with a browser: a session of their own and nothing else."""

    def __init__(self, name: str, role: str) -> None:
        self.name = name
        self.client = APIClient()
        email = f"{name.lower().replace(' ', '.')}@stories.example"
        self.post("auth/register/", {"name": name, "email": email, "password": PASSWORD, "role": role}, expect=201)
        answer = self.post("auth/login/", {"email": email, "password": PASSWORD})
        self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer['access_token']}")
        self.id = self.get("auth/me/")["id"]

    def get(self, path: str, *, expect: int = 200) -> Any:
        """Read."""
        return self._checked(self.client.get(f"/api/{path}"), expect)

    def post(self, path: str, body: Any = None, *, expect: int = 200, key: str = "") -> Any:
        """Do something, with an Idempotency-Key of its own unless told."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        return self._checked(self.client.post(f"/api/{path}", body or {}, format="json", headers=headers), expect)

    def put(self, path: str, body: Any, *, expect: int = 200) -> Any:
        """Replace something."""
        return self._checked(self.client.put(f"/api/{path}", body, format="json"), expect)

    def _checked(self, answer: Any, expect: int) -> Any:
        body = answer.json() if answer.content else None
        assert answer.status_code == expect, f"{self.name}: {answer.status_code} instead of {expect}: {body}"
        return body


class Customer(Human):
    """Posts jobs and pays for them."""

    def __init__(self, name: str = "Casey Customer") -> None:
        super().__init__(name, "customer")

    def posts_job(self, **changes: Any) -> str:
        """Post a job for a plumber; returns its id."""
        job = {
            "title": "Renovate the bathroom",
            "description": "New pipes, new tiles, new basin.",
            "category": "plumbers",
            "budget": {"kind": "fixed", "min": dollars(800), "max": dollars(1200)},
            **changes,
        }
        return str(self.post("jobs/", job, expect=201)["id"])

    def offers(self, *, expect: int = 201, **offer: Any) -> Any:
        """Send an offer; returns it."""
        return self.post("offers/", {"payment_method": GOOD_CARD, **offer}, expect=expect)

    def confirms_3ds(self, offer: Any, *, passed: bool = True) -> Any:
        """Answer the bank's challenge and come back to the marketplace; returns the offer as it is then."""
        intent = offer["payment"]["action"]["client_secret"].split("_secret_")[0]
        get_controls().answer_challenge(intent, passed=passed)
        return self.post(f"offers/{offer['id']}/pay/")


class Contractor(Human):
    """Proposes and works."""

    def __init__(self, name: str = "Pat Contractor") -> None:
        super().__init__(name, "contractor")
        profile = {"contractor": {"headline": f"{name}, plumber", "categories": ["plumbers"]}}
        self.put("profiles/me/", profile)

    def proposes(self, job_id: str, price: int, **changes: Any) -> str:
        """Answer a job; returns the proposal's id."""
        proposal = {"job": job_id, "price": dollars(price), "message": "I can start now.", "estimated_days": 5}
        return str(self.post("proposals/", {**proposal, **changes}, expect=201)["id"])

    def accepts(self, offer: Any, *, expect: int = 200) -> Any:
        """Accept an offer; returns it."""
        return self.post(f"offers/{offer['id']}/accept/", expect=expect)

    def becomes_payable(self) -> None:
        """Complete the gateway's onboarding."""
        self.post("payouts/connect")
        for account in get_controls().objects("account"):
            get_controls().complete_onboarding(account["id"])
        assert self.post("payouts/refresh")["can_withdraw"]

    def wallet(self) -> int:
        """Return what can be withdrawn, in cents."""
        balances = self.get("wallet/")["balances"]
        return sum(each["available"]["amount"] for each in balances)


def books(*, reconciled: bool = True) -> dict[str, int]:
    """Return every account kind that stands at something, in dollars; the books must be sound.

    Sound: each currency sums to zero, and no check of `manage.py reconcile` finds anything (`reconciled=False` while
    the gateway cannot be asked).
    """
    trial = selectors.trial_balance()
    assert trial.is_zero
    found = checks.run() if reconciled else {}
    assert [str(each) for discrepancies in found.values() for each in discrepancies] == []
    return {line.kind.value: line.balance.amount // 100 for line in trial.lines if line.balance}
