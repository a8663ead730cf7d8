"""Work by the hour in the demo city: Casey has Sam for some hours each week, and doubts an afternoon of one of them."""

from collections.abc import Generator
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from jobsphere.contracts import services as contracts
from jobsphere.db.transactions import edge_transaction
from jobsphere.demo.cast import STREETS
from jobsphere.demo.people import CURRENCY, Citizen
from jobsphere.demo.timeline import Story
from jobsphere.hours import selectors, services
from jobsphere.hours.tasks import turn_weeks
from jobsphere.hours.types import HourlyTarget, HourlyTerms
from jobsphere.jobs import services as jobs
from jobsphere.jobs.types import Budget, JobDetails, PriceKind, ProposalDetails
from jobsphere.kit import clock
from jobsphere.kit.money import Money

#: Where the districts are.
ZONE = ZoneInfo("America/Los_Angeles")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RATE, WEEKLY_HOURS = Money(55_00, CURRENCY), 12
#: So many whole weeks lie behind; the third is doubted, the fourth waits for Casey's word, and one is running.
WEEKS, DOUBTED = 4, 3
#: What Sam does in a week: the day (0 is Monday) and hour at which an entry starts, its minutes, and its note.
ENTRIES = (
    (1, 9, 195, "Plane and hang the doors upstairs"),
    (2, 13, 150, "Skirting in the hall"),
    (4, 9, 180, "Stairs: two treads and the handrail"),
)


def story(now: datetime, customer: Citizen, contractor: Citizen) -> tuple[datetime, Story]:
    """Return when the hours begin, on a Monday morning some weeks ago, and how they go until now."""
    morning = now.astimezone(ZONE).replace(hour=8, minute=0, second=0, microsecond=0)
    return morning - DAY * (morning.weekday() + 7 * WEEKS), by_the_hour(customer, contractor)


def by_the_hour(customer: Citizen, contractor: Citizen) -> Story:
    """A job by the hour, hired on a Monday: each week is worked, logged and stated, and the next one paid in."""
    monday = clock.now().astimezone(ZONE)
    deal_id = yield from hired(customer, contractor)
    for number in range(1, WEEKS + 2):
        entries: list[UUID] = []
        for day, hour, minutes, note in ENTRIES:
            starts_at = monday.replace(hour=hour) + DAY * day
            yield starts_at + timedelta(minutes=minutes + 20) - clock.now()
            entries.append(log(contractor, deal_id, starts_at, minutes, note))
        pay_in(customer, deal_id, number + 1)
        monday += 7 * DAY
        # The statement is made at noon.
        yield monday.replace(hour=12, minute=5) - clock.now()
        turn_weeks()
        if number == DOUBTED:
            yield DAY
            doubt(customer, deal_id, entries[1])


def hired(customer: Citizen, contractor: Citizen) -> Generator[timedelta, None, UUID]:
    """Post, propose, offer by the hour and accept, all on one morning; returns the deal."""
    assert contractor.trade, "a contractor of the demo city has one"
    with edge_transaction():
        job_id = jobs.create_job(actor=customer.actor, details=details(customer, contractor))
    yield HOUR / 4
    words = ProposalDetails(
        price=RATE, price_kind=PriceKind.HOURLY, message="Tuesdays, Wednesdays and Fridays suit me.", estimated_days=60
    )
    with edge_transaction():
        proposal_id = jobs.submit_proposal(actor=contractor.actor, job_id=job_id, details=words)
    yield HOUR / 4
    terms = HourlyTerms(RATE, WEEKLY_HOURS * 60, ZONE.key, message="Begin with the doors, please.")
    with edge_transaction():
        target = HourlyTarget(proposal_id=proposal_id)
        deal_id = services.offer_by_the_hour(
            actor=customer.actor, target=target, terms=terms, payment_method="pm_card_visa"
        )
    yield HOUR / 4
    offer_id = selectors.deal(contractor.actor, deal_id).offer_id
    with edge_transaction():
        contracts.accept_offer(actor=contractor.actor, offer_id=offer_id)
    return deal_id


def details(customer: Citizen, contractor: Citizen) -> JobDetails:
    """Return the job as Casey writes it."""
    assert contractor.trade, "a contractor of the demo city has one"
    place, latitude, longitude = customer.district
    return JobDetails(
        title="A carpenter for an old house, some hours each week",
        description="Doors, skirting, stairs: there is always something. You choose the days and write down the hours.",
        category=contractor.trade.category,
        skills=(contractor.trade.tasks[0].skill,),
        budget=Budget(PriceKind.HOURLY, Money(45_00, CURRENCY), Money(65_00, CURRENCY)),
        place=place,
        address=f"1924 {STREETS[0]}",
        latitude=latitude,
        longitude=longitude,
    )


def log(contractor: Citizen, deal_id: UUID, starts_at: datetime, minutes: int, note: str) -> UUID:
    """Write down what was worked; returns the entry."""
    contract_id = selectors.deal(contractor.actor, deal_id).contract_id
    assert contract_id, "the offer was accepted"
    ends_at = starts_at + timedelta(minutes=minutes)
    with edge_transaction():
        return contracts.log_time(
            actor=contractor.actor, contract_id=contract_id, started_at=starts_at, ended_at=ends_at, note=note
        )


def pay_in(customer: Citizen, deal_id: UUID, number: int) -> None:
    """Pay a week in before it begins."""
    week = selectors.weeks(customer.actor, deal_id).get(number=number)
    with edge_transaction():
        contracts.fund_milestone(actor=customer.actor, milestone_id=week.milestone_id, payment_method="pm_card_visa")


def doubt(customer: Citizen, deal_id: UUID, entry_id: UUID) -> None:
    """Doubt an afternoon; nobody has answered yet."""
    week = selectors.weeks(customer.actor, deal_id).get(number=DOUBTED)
    reason = "I came home at two that Wednesday, and nobody was there."
    with edge_transaction():
        services.dispute_hours(actor=customer.actor, week_id=week.pk, entry_ids=[entry_id], reason=reason)
