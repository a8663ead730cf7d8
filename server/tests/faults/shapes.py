"""What people do once a contract can have many payments: parts paid in later, change orders, tips (ADR 0030)."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from jobsphere.contracts.models import ChangeOrder, Contract, Tip
from jobsphere.kit.money import Money
from tests.faults.people import Someone
from tests.faults.rules import AMOUNTS, CARDS, WHICH, People, pick

FUNDINGS = st.sampled_from(["by_milestone", "deposit"])
#: A new price in percent of the old one; below 100 money goes back.
PRICES = st.sampled_from([10, 60, 130, 200])
KINDS = st.sampled_from(["price", "price", "add", "remove"])


class Shapes(People):
    """Each rule picks among what is there, as those of one payment do."""

    @rule(which=WHICH, amount=AMOUNTS, card=CARDS, funding=FUNDINGS)
    def offer_in_parts(self, which: int, amount: int, card: int, funding: str) -> None:
        """Casey offers a job, and pays only the first part of it now."""
        self.offer_shaped(self.contractors[which % 2], amount, self.world.first.cards[card], funding)

    def offer_shaped(self, someone: Someone, amount: int, card: str, funding: str) -> None:
        """Offer the newest job, paid in parts."""
        body = self.terms(someone, amount, card, parts=2, funding=funding)
        if funding == "deposit":
            whole = body["amount"]
            body["deposit"] = {**whole, "amount": whole["amount"] * 3 // 10}
            del body["milestones"]
        self.casey.post("offers/", body)

    @rule(which=WHICH, card=CARDS)
    def fund(self, which: int, card: int) -> None:
        """Casey pays the next part in."""
        if milestone := pick(self.milestones("pending"), which):
            self._pay_for("milestone", milestone.pk, card)

    @rule(which=WHICH, kind=KINDS, price=PRICES, by_customer=st.booleans())
    def propose_change(self, which: int, kind: str, price: int, by_customer: bool) -> None:
        """One of them wants a contract changed."""
        if contract := pick(self.contracts("active"), which):
            someone = self.casey if by_customer else self.worker_of(contract.contractor_id)
            body = {"changes": self._changes(contract, which, kind, price), "reason": "The wall is wet."}
            someone.post(f"contracts/{contract.pk}/change-orders/", body)

    @rule(which=WHICH, verb=st.sampled_from(["accept", "accept", "accept", "decline", "withdraw"]))
    def answer_change(self, which: int, verb: str) -> None:
        """The other side answers, or who proposed it takes it back."""
        if order := pick(self.changes("proposed", "agreed"), which):
            theirs = order.proposed_by == "customer" if verb == "withdraw" else order.proposed_by == "contractor"
            someone = self.casey if theirs else self.worker_of(order.contract.contractor_id)
            someone.post(f"change-orders/{order.pk}/{verb}/")

    @rule(which=WHICH, card=CARDS)
    def pay_change(self, which: int, card: int) -> None:
        """Casey pays what an agreed change costs more."""
        if order := pick(self.changes("agreed"), which):
            self._pay_for("change", order.pk, card)

    @rule(which=WHICH, share=st.sampled_from([5, 50, 100, 101]))
    def tip(self, which: int, share: int) -> None:
        """Casey wants to give a share (in percent) of the price on top."""
        if contract := pick(self.contracts("active", "completed"), which):
            amount = Money(max(contract.amount * share // 100, 1), contract.currency)
            self.casey.post(f"contracts/{contract.pk}/tips/", {"amount": amount.to_json()})

    @rule(which=WHICH, card=CARDS)
    def pay_tip(self, which: int, card: int) -> None:
        """Casey pays a tip."""
        rows = Tip.objects.filter(contract__customer_id=self.casey.id).order_by("pk")
        if tip := pick([row for row in rows if row.status == "awaiting_payment"] or list(rows), which):
            self._pay_for("tip", tip.pk, card)

    def changes(self, *statuses: str) -> list[ChangeOrder]:
        """Return the change orders of this example, those in a fitting status if there are any."""
        rows = ChangeOrder.objects.filter(contract__customer_id=self.casey.id).select_related("contract").order_by("pk")
        return [row for row in rows if row.status in statuses] or list(rows)

    def _pay_for(self, purpose: str, purpose_id: Any, card: int) -> None:
        body = {"purpose": {"type": purpose, "id": str(purpose_id)}}
        method = self.world.first.cards[card]
        self.casey.post("payments/create-intent", {**body, "payment_method": method} if method else body)

    def _changes(self, contract: Contract, which: int, kind: str, price: int) -> list[dict[str, Any]]:
        """Return one line, or a new price together with a new milestone."""
        smallest = self.world.stage.amounts[0]
        new = {"kind": "add", "title": "Dry the wall", "amount": Money(smallest, contract.currency).to_json()}
        milestone = pick([row for row in self.milestones() if row.contract_id == contract.pk], which)
        if kind == "add" or milestone is None:
            return [new]
        line: dict[str, Any] = {"kind": kind, "milestone_id": str(milestone.pk)}
        if kind == "remove":
            return [line]
        line["amount"] = Money(max(milestone.amount * price // 100, smallest), contract.currency).to_json()
        return [line, new] if which == 3 else [line]
