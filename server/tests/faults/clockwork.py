"""What people do by the clock: hours in weeks that are paid in before, doubts about them, and booked times (ADR 0033).

Weeks are milestones: other rules pay them in, approve them and give them back. The worker states them when it works.
"""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from jobsphere.contracts.models import TimeEntry
from jobsphere.hours.models import HourlyDeal, Week
from jobsphere.kit import clock
from jobsphere.kit.money import Money
from tests.faults.people import Someone
from tests.faults.rules import AMOUNTS, CARDS, WHICH, pick
from tests.faults.shapes import Shapes

#: An hour a week at most, and two, so that a week costs something else than an hour.
CAPS = st.sampled_from([60, 90, 600])


class Clockwork(Shapes):
    """Each rule picks among what is there, as those of one payment do."""

    @rule(which=WHICH, amount=AMOUNTS, card=CARDS, cap=CAPS)
    def offer_by_the_hour(self, which: int, amount: int, card: int, cap: int) -> None:
        """Casey offers the newest job by the hour, and reserves its first week."""
        self.hire_by_the_hour(self.contractors[which % 2], amount, self.world.first.cards[card], cap)

    def hire_by_the_hour(self, someone: Someone, amount: int, card: str, cap: int) -> None:
        stage = self.world.stage
        rate = Money(stage.amounts[amount], stage.currency).to_json()
        body: dict[str, Any] = {"job_id": str(self.jobs[-1]), "contractor_id": str(someone.id), "rate": rate}
        body |= {"weekly_cap_minutes": cap, "time_zone": "Europe/Berlin", "weeks": 3}
        self.casey.post("hourly-deals/", {**body, "payment_method": card} if card else body)

    @rule(which=WHICH, minutes=st.sampled_from([1, 37, 59, 240]))
    def log_hours(self, which: int, minutes: int) -> None:
        """A contractor writes down what was worked until now; too much of it is over the cap, or overlaps."""
        if deal := pick(self.deals(), which):
            ends_at = clock.now().replace(second=0, microsecond=0)
            times = {"started_at": (ends_at - timedelta(minutes=minutes)).isoformat(), "ended_at": ends_at.isoformat()}
            self.worker_of(deal.contractor_id).post(f"contracts/{deal.contract_id}/time-entries/", times)

    @rule(which=WHICH)
    def doubt_hours(self, which: int) -> None:
        """Casey doubts the first entry of a week."""
        weeks = Week.objects.filter(deal__customer_id=self.casey.id, status="closed").order_by("pk")
        worked = [week for week in weeks if TimeEntry.objects.filter(milestone_id=week.milestone_id).exists()]
        if week := pick(worked, which):
            entry = TimeEntry.objects.filter(milestone_id=week.milestone_id).order_by("pk")[0]
            self.casey.post(f"weeks/{week.pk}/dispute/", {"entry_ids": [str(entry.pk)], "reason": "Nobody came."})

    @rule(which=WHICH, by_customer=st.booleans())
    def end_hours(self, which: int, by_customer: bool) -> None:
        """One of them ends the hours."""
        if deal := pick(self.deals(), which):
            someone = self.casey if by_customer else self.worker_of(deal.contractor_id)
            someone.post(f"hourly-deals/{deal.pk}/end/", {"reason": "It is done."})

    @rule(which=WHICH, amount=AMOUNTS, card=CARDS, days=st.integers(1, 6))
    def book(self, which: int, amount: int, card: int, days: int) -> None:
        """Casey books a time, which may be taken."""
        stage = self.world.stage
        starts_at = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
        body: dict[str, Any] = {
            "contractor_id": str(self.contractors[which % 2].id),
            "booking": {"title": "Clean the flat", "category": "plumbers", "address": "7 Mill Lane"},
            "amount": Money(stage.amounts[amount], stage.currency).to_json(),
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(hours=2)).isoformat(),
        }
        method = self.world.first.cards[card]
        self.casey.post("offers/", {**body, "payment_method": method} if method else body)

    def deals(self) -> list[HourlyDeal]:
        """Return the contracts by the hour of this example, those that run if there are any."""
        rows = list(
            HourlyDeal.objects.filter(customer_id=self.casey.id).filter(contract_id__isnull=False).order_by("pk")
        )
        return [row for row in rows if row.status == "running"] or rows
