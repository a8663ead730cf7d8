"""Casey hires Pat by the hour, and the clock moves."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from rest_framework.test import APIClient

from jobsphere.contracts import selectors as contracts_read
from jobsphere.contracts import services as contracts
from jobsphere.contracts.tasks import release_unanswered_milestones
from jobsphere.contracts.types import ContractView
from jobsphere.db.transactions import edge_transaction
from jobsphere.hours import selectors, services
from jobsphere.hours.models import HourlyDeal, Week
from jobsphere.hours.tasks import stop_timers, turn_weeks
from jobsphere.hours.types import HourlyTarget, HourlyTerms, WeekView
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from tests.marketplace import make_job, usd

GOOD_CARD = "pm_card_visa"
BERLIN = "Europe/Berlin"


class Stage:
    """One deal by the hour, 60 dollars an hour and at most ten hours a week unless told, and its clock."""

    def __init__(self, casey: Actor, pat: Actor) -> None:
        self.casey, self.pat = casey, pat
        self.deal: HourlyDeal

    def at(self, moment: datetime) -> None:
        """Move the clock to a moment."""
        clock.set_offset(moment - clock.machine_now())

    def local(self, day: date, hour: int = 0, minute: int = 0) -> datetime:
        """Return a moment by the wall clock of the deal."""
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.deal.time_zone))

    def hire(self, *, rate: int = 60_00, cap: int = 600, zone: str = BERLIN, weeks: int | None = None) -> HourlyDeal:
        """Offer by the hour and accept; the first week is paid."""
        terms = HourlyTerms(usd(rate), cap, zone, weeks)
        target = HourlyTarget(job_id=make_job(self.casey), contractor_id=self.pat.known_id())
        with edge_transaction():
            deal_id = services.offer_by_the_hour(actor=self.casey, target=target, terms=terms, payment_method=GOOD_CARD)
        offer_id = HourlyDeal.objects.values_list("offer_id", flat=True).get(pk=deal_id)
        self.do(contracts.accept_offer, self.pat, offer_id=offer_id)
        self.deal = HourlyDeal.objects.get(pk=deal_id)
        return self.deal

    def do(self, verb: Callable[..., Any], actor: Actor, **options: Any) -> Any:
        """Run a verb as an edge would."""
        with edge_transaction():
            return verb(actor=actor, **options)

    def pay(self, week: Week) -> None:
        """Let Casey pay a week in."""
        with edge_transaction():
            contracts.fund_milestone(actor=self.casey, milestone_id=week.milestone_id, payment_method=GOOD_CARD)

    def works(self, starts_at: datetime, minutes: int, note: str = "") -> UUID:
        """Log time by hand."""
        ends_at = starts_at + timedelta(minutes=minutes)
        options = {"contract_id": self.deal.contract_id, "started_at": starts_at, "ended_at": ends_at, "note": note}
        entry_id: UUID = self.do(contracts.log_time, self.pat, **options)
        return entry_id

    def tick(self) -> None:
        """Let everything run that the clock runs."""
        stop_timers()
        turn_weeks()
        release_unanswered_milestones()

    def week(self, number: int = 1) -> Week:
        """Return a week's row."""
        return Week.objects.select_related("deal").get(deal=self.deal, number=number)

    def seen(self, number: int = 1, viewer: Actor | None = None) -> WeekView:
        """Return a week as somebody sees it."""
        return selectors.week(viewer or self.casey, self.week(number).pk)

    def contract(self, viewer: Actor | None = None) -> ContractView:
        """Return the contract."""
        assert self.deal.contract_id
        return contracts_read.contract(viewer or self.casey, self.deal.contract_id)


@pytest.fixture(autouse=True)
def own_clock() -> Iterator[None]:
    """Put the clock back."""
    before = clock.offset()
    yield
    clock.set_offset(before)


@pytest.fixture
def stage(transactional_db: None, sandbox: object, taxonomy: None, casey: Actor, pat: Actor) -> Stage:
    """Committed data, a gateway, and a Wednesday morning in Berlin."""
    made = Stage(casey, pat)
    made.at(datetime(2027, 1, 6, 9, tzinfo=ZoneInfo(BERLIN)))
    return made


@pytest.fixture
def send(client_for: Callable[..., APIClient]) -> Callable[..., Any]:
    """Return a function that asks as somebody, with a key of its own."""

    def ask(actor: Actor | None, method: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency-Key": str(uuid4())}
        return getattr(client_for(actor), method)(f"/api/{path}", body, format="json", headers=headers)

    return ask
