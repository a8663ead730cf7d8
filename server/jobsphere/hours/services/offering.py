"""An offer by the hour, what becomes of it, and how one of the two ends the hours."""

from typing import Any
from uuid import UUID

from jobsphere.contracts import selectors as contracts_read
from jobsphere.contracts import services as contracts
from jobsphere.contracts.errors import InvalidOffer
from jobsphere.contracts.selectors.weeks import first_milestone, offer_is_seen
from jobsphere.contracts.services.weeks import give_week_back, take_weeks_turn
from jobsphere.contracts.types import Funding, FundingShape, MilestoneTerms, OfferTerms
from jobsphere.db.composed import refresh
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.hours import policies
from jobsphere.hours.errors import HoursEnded
from jobsphere.hours.events import HoursStopped
from jobsphere.hours.models import HourlyDeal, Timer, Week
from jobsphere.hours.policies import CONTRACTOR, CUSTOMER
from jobsphere.hours.rules.billing import cost, problems_of
from jobsphere.hours.rules.lifecycle import DealStatus, WeekStatus
from jobsphere.hours.rules.weeks import bounds_of, monday_of, zone_named
from jobsphere.hours.services.telling import record, tell
from jobsphere.hours.services.timers import stop_timer_of
from jobsphere.hours.services.weeks import make_missing
from jobsphere.hours.types import HourlyTarget, HourlyTerms
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor


def offer_by_the_hour(
    *,
    actor: Actor,
    target: HourlyTarget,
    terms: HourlyTerms,
    payment_method: str | None = None,
    gateway: str = "",
) -> UUID:
    """Offer a job by the hour; returns the deal's id. The first week's price is reserved with the offer.

    Raises InvalidOffer, InvalidInput for a zone that is not, and what contracts' offers raise.
    """
    require_transaction()
    zone_named(terms.time_zone)
    if problems := problems_of(terms.rate, terms.weekly_cap, terms.weeks):
        raise InvalidOffer(problems)
    price = cost(terms.rate, terms.weekly_cap)
    offered = OfferTerms(
        amount=price,
        milestones=(MilestoneTerms("Week 1", price),),
        message=terms.message,
        expires_at=terms.expires_at,
        funding=Funding(FundingShape.WEEKLY),
    )
    shared: dict[str, Any] = {
        "terms": offered,
        "policy": target.policy,
        "payment_method": payment_method,
        "gateway": gateway,
    }
    if target.proposal_id:
        offer_id = contracts.make_offer_on_proposal(actor=actor, proposal_id=target.proposal_id, **shared)
    else:
        assert target.job_id, "the edge asks for one of the two"
        assert target.contractor_id, "the edge asks for both"
        offer_id = contracts.make_offer_on_job(
            actor=actor, job_id=target.job_id, contractor_id=target.contractor_id, **shared
        )
    offer = contracts_read.offer(actor, offer_id)
    deal = HourlyDeal.objects.create(
        offer_id=offer_id,
        customer_id=offer.customer.id,
        contractor_id=offer.contractor.id,
        title=offer.title,
        rate_amount=terms.rate.amount,
        currency=terms.rate.currency,
        weekly_cap=terms.weekly_cap,
        time_zone=terms.time_zone,
        weeks=terms.weeks,
        seen_at=clock.now() if offer_is_seen(offer_id) else None,
    )
    record(actor, "offer", deal, rate=terms.rate, weekly_cap=terms.weekly_cap, weeks=terms.weeks)
    return deal.pk


def show(*, offer_id: UUID) -> None:
    """The money is reserved: the contractor sees what is offered."""
    HourlyDeal.objects.filter(offer_id=offer_id, seen_at=None).update(seen_at=clock.now())


def begin(*, offer_id: UUID, contract_id: UUID) -> None:
    """The contractor said yes: the running week is the first one, and the next one may be paid in."""
    deal = HourlyDeal.objects.filter(offer_id=offer_id).first()
    if deal is None or not move(
        HourlyDeal,
        deal.pk,
        from_status=DealStatus.OFFERED,
        to_status=DealStatus.RUNNING,
        contract_id=contract_id,
    ):
        return
    refresh(deal)
    zone = zone_named(deal.time_zone)
    bounds = bounds_of(monday_of(clock.now(), zone), zone)
    Week.objects.create(
        deal=deal,
        milestone_id=first_milestone(contract_id),
        number=1,
        starts_on=bounds.starts_on,
        starts_at=bounds.starts_at,
        ends_at=bounds.ends_at,
        closes_at=bounds.closes_at,
    )
    make_missing(deal)


def drop(*, offer_id: UUID) -> None:
    """The offer came to nothing."""
    rows = HourlyDeal.objects.filter(offer_id=offer_id, status=DealStatus.OFFERED)
    rows.update(status=DealStatus.OVER)  # house: allow status: the offer's own guarded move decides who was first


def finish(*, contract_id: UUID) -> None:
    """The contract has ended, whoever ended it: a timer stops without an entry, and nothing is billed any more."""
    deal = HourlyDeal.objects.filter(contract_id=contract_id).exclude(status=DealStatus.OVER).first()
    if deal is None or not move(HourlyDeal, deal.pk, from_status=deal.status, to_status=DealStatus.OVER):
        return
    Timer.objects.filter(deal=deal).delete()
    rows = Week.objects.filter(deal=deal, status=WeekStatus.OPEN)
    rows.update(status=WeekStatus.CLOSED, closed_at=clock.now())  # house: allow status: inside the contract's turn


def end_hours(*, actor: Actor, deal_id: UUID, reason: str = "") -> UUID:
    """Take no new hours from now on; the running week may be put right and closes as usual, then the contract ends.

    A week that has not begun leaves the contract, and what was paid for it goes back. Returns the deal's id. Raises
    NotFound, WrongParty, HoursEnded, ContractIsHeld.
    """
    require_transaction()
    seen = policies.get_deal_for(actor, deal_id)
    party = policies.require_party(actor, seen, CUSTOMER, CONTRACTOR)
    if seen.contract_id is None or seen.status != DealStatus.RUNNING:
        raise HoursEnded("There is nothing to end: it was ended before, or has not begun.")
    can_pay = take_weeks_turn(seen.contract_id)
    now = clock.now()
    stop_timer_of(deal=seen, at=now)
    if not move(
        HourlyDeal,
        deal_id,
        from_status=DealStatus.RUNNING,
        to_status=DealStatus.ENDING,
        ended_at=now,
        ended_by=party,
        end_reason=reason,
    ):
        raise HoursEnded("It was ended a moment ago.")
    refresh(seen)
    if can_pay:
        give_back_unbegun(actor=actor, deal=seen)
    last = Week.objects.filter(deal=seen, status=WeekStatus.OPEN).order_by("closes_at").last()
    record(actor, "end", seen, by=party, reason=reason)
    tell(actor, seen, HoursStopped, by=party, reason=reason, closes_at=last.closes_at if last else None)
    return deal_id


def give_back_unbegun(*, actor: Actor, deal: HourlyDeal) -> None:
    """Take the weeks out that had not begun when the hours were ended, inside the contract's turn."""
    for week in Week.objects.filter(deal=deal, status=WeekStatus.OPEN, starts_at__gt=deal.ended_at):
        if move(Week, week.pk, from_status=WeekStatus.OPEN, to_status=WeekStatus.CLOSED, closed_at=clock.now()):
            give_week_back(actor=actor, milestone_id=week.milestone_id, reason="The hours were ended before it began.")
