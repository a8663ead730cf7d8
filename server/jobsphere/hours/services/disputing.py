"""The customer does not agree to some hours: their money waits apart for people or staff, the rest is released."""

from collections.abc import Sequence
from uuid import UUID

from jobsphere.contracts.selectors.weeks import time_in
from jobsphere.contracts.services.weeks import dispute_week, take_weeks_turn
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.hours import policies
from jobsphere.hours.errors import NotUnderReview
from jobsphere.hours.events import HoursDisputed
from jobsphere.hours.models import Week
from jobsphere.hours.policies import CUSTOMER
from jobsphere.hours.rules.billing import disputed
from jobsphere.hours.rules.lifecycle import WeekStatus
from jobsphere.hours.services.telling import record, tell
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money


def dispute_hours(*, actor: Actor, week_id: UUID, entry_ids: Sequence[UUID], reason: str) -> UUID:
    """Hold what these entries cost apart, and release the rest of the week at once; returns the week's id.

    Once a week, while it waits for the customer's answer. Hours over the cap take the place of disputed ones, so what
    is held apart is what the week would have cost less. Raises NotFound, WrongParty, InvalidInput, NotUnderReview,
    ContractIsHeld, NothingToComplete.
    """
    require_transaction()
    seen = policies.get_week_for(actor, week_id)
    deal = seen.deal
    policies.require_party(actor, deal, CUSTOMER)
    assert deal.contract_id is not None, "a week belongs to a contract"
    take_weeks_turn(deal.contract_id)
    week = get(Week, pk=week_id)
    if week.status != WeekStatus.CLOSED or week.disputed_at is not None:
        raise NotUnderReview("Hours are disputed while their week waits for your answer, and once.")
    doubted = [each for each in time_in([week.milestone_id]) if each.id in set(entry_ids)]
    if not doubted or len(doubted) != len(set(entry_ids)):
        raise InvalidInput.at("/entry_ids", "unknown", "Name entries of this week.")
    minutes = sum(each.minutes for each in doubted)
    amount = min(disputed(deal.rate, deal.weekly_cap, week.minutes, minutes), Money(week.amount, deal.currency))
    waits = dispute_week(
        actor=actor,
        milestone_id=week.milestone_id,
        amount=amount,
        reason=reason,
        title=f"Week {week.number}: disputed hours",
        entry_ids=list(entry_ids),
    )
    changes = {
        "disputed_at": clock.now(),
        "disputed_minutes": minutes,
        "disputed_amount": amount.amount,
        "dispute_reason": reason,
        "disputed_entries": [str(each.id) for each in doubted],
        "disputed_milestone_id": waits,
    }
    if not update_where(Week, {"pk": week.pk, "disputed_at": None}, **changes):
        raise NotUnderReview("Hours of this week were disputed a moment ago.")
    record(actor, "dispute", deal, week_id=week.pk, minutes=minutes, amount=amount, reason=reason)
    facts = {"starts_on": week.starts_on, "minutes": minutes, "amount": amount, "reason": reason}
    tell(actor, deal, HoursDisputed, week_id=week.pk, **facts)
    return week.pk
