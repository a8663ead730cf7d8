"""A contract of two milestones played over HTTP, with the customer's bank beside it."""

from collections.abc import Callable
from typing import Any

from jobsphere.kit.actor import Actor
from tests.stories.people import GOOD_CARD, Contractor, Customer, Human, dollars


class Staff(Human):
    """Somebody who signed in elsewhere."""

    def __init__(self, actor: Actor, client: Any) -> None:
        self.name, self.client, self.id = actor.name, client, str(actor.id)


class Deal:
    """A contract of $1000 in milestones of $400 and $600 (10 % + 20 % of the rest), accepted and paid."""

    def __init__(
        self,
        sandbox: Any,
        settle: Callable[[], None],
        *,
        customer: Customer | None = None,
        contractor: Contractor | None = None,
        currency: str = "USD",
        amounts: tuple[int, int] = (400_00, 600_00),
    ) -> None:
        self.sandbox, self.settle, self.currency = sandbox, settle, currency
        self.customer, self.contractor = customer or Customer(), contractor or Contractor()
        whole = self.money(sum(amounts))
        budget = {"kind": "fixed", "min": whole, "max": whole}
        answer = {"job": self.customer.posts_job(budget=budget), "price": whole, "message": "Yes.", "estimated_days": 5}
        proposal = self.contractor.post("proposals/", answer, expect=201)["id"]
        parts = [
            {"title": name, "amount": self.money(part)} for name, part in zip(("First", "Second"), amounts, strict=True)
        ]
        offer = self.customer.offers(proposal_id=proposal, amount=whole, milestones=parts, payment_method=GOOD_CARD)
        self.contract_id = self.contractor.accepts(offer)["contract_id"]
        self.payment_id = self.contract()["payment_id"]
        self.intent = sandbox.objects("payment_intent")[-1]["id"]
        settle()

    def money(self, minor: int) -> dict[str, Any]:
        return {"amount": minor, "currency": self.currency}

    def contract(self, viewer: Human | None = None) -> Any:
        return (viewer or self.contractor).get(f"contracts/{self.contract_id}/")

    def milestone(self, number: int, viewer: Human | None = None) -> Any:
        return self.contract(viewer)["milestones"][number]

    def payment(self, viewer: Human | None = None) -> Any:
        return (viewer or self.customer).get(f"payments/{self.payment_id}/")

    def releases(self, *numbers: int) -> None:
        """Let the contractor work and the customer approve."""
        for number in numbers:
            each = self.milestone(number)["id"]
            self.contractor.post(f"milestones/{each}/start/")
            self.contractor.post(f"milestones/{each}/submit/", {"note": "Done."})
            self.customer.post(f"milestones/{each}/release/")
        self.settle()

    def withdraws(self, amount: int) -> None:
        """Bring whole dollars to the contractor's bank."""
        self.contractor.becomes_payable()
        self.contractor.post("payouts/withdraw", {"amount": dollars(amount)}, expect=201)
        self.sandbox.land_payout(self.sandbox.objects("payout")[-1]["id"])
        self.settle()

    def refunds(self, who: Human, number: int, minor: int | None = None, *, expect: int = 200) -> Any:
        """Give money of a milestone back."""
        body: dict[str, Any] = {"reason": "The tiles came loose."}
        if minor is not None:
            body["amount"] = self.money(minor)
        answer = who.post(f"milestones/{self.milestone(number)['id']}/refund/", body, expect=expect)
        self.settle()
        return answer

    def charged_back(self, minor: int | None = None, **options: Any) -> str:
        """Let the customer's bank take money back, all that is left unless told."""
        dispute: str = self.sandbox.open_dispute(self.intent, amount=minor, **options)
        self.settle()
        return dispute

    def decided(self, dispute: str, *, won: bool, **options: Any) -> None:
        """Let the bank decide."""
        self.sandbox.close_dispute(dispute, won=won, **options)
        self.settle()

    def told(self, who: Human) -> list[str]:
        """Return what somebody was told, the newest first."""
        return [each["title"] for each in who.get("notifications/")["results"]]
