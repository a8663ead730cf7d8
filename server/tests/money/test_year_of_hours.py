"""A year of weeks by moving the clock: every cent is explained, by the books and by the documents (issue 7)."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jobsphere.contracts import services as contracts
from jobsphere.hours import services
from jobsphere.hours.models import Week
from jobsphere.hours.tests.conftest import BERLIN, Stage
from jobsphere.hours.tests.conftest import own_clock as own_clock
from jobsphere.invoices.tests.conftest import shown
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind
from tests.stories.people import books

WEEKS = 52
RATE, CAP = 37_33, 601


@pytest.fixture
def year(transactional_db: None, sandbox: object, taxonomy: None, casey: Actor, pat: Actor) -> Stage:
    """Casey and Pat, on a Wednesday morning in Berlin."""
    made = Stage(casey, pat)
    made.at(datetime(2027, 1, 6, 9, tzinfo=ZoneInfo(BERLIN)))
    return made


def kind_of(number: int) -> str:
    """Say what happens in a week."""
    if number % 9 == 4:
        return "unfunded"
    if number % 8 == 5:
        return "nothing"
    if number % 6 == 3:
        return "over the cap"
    return "disputed" if number % 5 == 2 else "usual"


def balance(kind: AccountKind) -> int:
    return sum(line.balance.amount for line in ledger.trial_balance().lines if line.kind is kind)


def play(stage: Stage, number: int) -> list[Any]:
    """Play one week: pay the next one in, work, and let it close; returns the entries."""
    week = stage.week(number)
    stage.at(max(clock.now(), week.starts_at + timedelta(hours=20)))
    stage.tick()
    entries: list[Any] = []
    kind = kind_of(number)
    if kind in ("usual", "disputed"):
        at = clock.now().replace(second=0, microsecond=0)
        lengths = (61 + number % 17, 133) if kind == "usual" else (59, 77 + number)
        for day, length in enumerate(lengths, start=1):
            stage.at(at + timedelta(days=day, hours=5))
            entries.append(stage.works(at + timedelta(days=day), length))
    elif kind == "over the cap":
        at = clock.now().replace(second=0, microsecond=0)
        stage.at(at + timedelta(days=3))
        entries += [stage.works(at + timedelta(days=day), 400) for day in (0, 1)]
    if kind_of(number + 1) != "unfunded" and number < WEEKS:
        stage.at(max(clock.now(), week.ends_at - timedelta(hours=3)))
        stage.pay(stage.week(number + 1))
    return entries


@pytest.mark.timeout(600)
def test_a_year_by_the_hour_is_explained_to_the_cent(year: Stage, ada: Any, settle: Callable[[], None]):
    year.hire(rate=RATE, cap=CAP, weeks=WEEKS)
    expected: dict[str, int] = defaultdict(int)
    for number in range(1, WEEKS + 1):
        entries = play(year, number)
        year.at(year.week(number).closes_at + timedelta(minutes=1))
        year.tick()
        closed = year.week(number)
        expected[kind_of(number)] += 1
        expected["billed"] += closed.amount
        if kind_of(number) == "disputed":
            wish = {"week_id": closed.pk, "entry_ids": entries[:1], "reason": "Not these."}
            year.do(services.dispute_hours, year.casey, **wish)
            settle_dispute(year, ada, year.week(number), expected)
    year.at(clock.now() + timedelta(days=8))
    year.tick()
    assert year.contract().status == "completed"
    settle()
    explain(year, expected)


def settle_dispute(stage: Stage, ada: Any, week: Week, expected: dict[str, int]) -> None:
    """The contractor gives in, the customer after all approves, or staff decide; in turn."""
    waits = {"milestone_id": week.disputed_milestone_id}
    answer = week.number % 3
    if answer == 0:
        stage.do(contracts.refund_milestone, stage.pat, **waits, reason="You are right.")
    elif answer == 1:
        stage.do(contracts.release_milestone, stage.casey, **waits)
    else:
        stage.do(contracts.refund_milestone, ada, **waits, reason="There is a photo of the closed door.")
    expected["given back"] += week.disputed_amount if answer != 1 else 0


def explain(stage: Stage, expected: dict[str, int]) -> None:
    """Compare the weeks, the contract, the books, the wallet and the documents with each other."""
    weeks = list(Week.objects.filter(deal=stage.deal).order_by("number"))
    assert len(weeks) == WEEKS
    assert {expected[kind] > 2 for kind in ("unfunded", "nothing", "over the cap", "disputed", "usual")} == {True}
    for week in weeks:
        exact = RATE * min(week.minutes, CAP)
        assert abs(week.amount * 60 - exact) <= 30, "rounded once, for the week"
    kept = expected["billed"] - expected["given back"]
    books()
    money = stage.contract().money
    assert (money.released.amount, money.protected.amount, money.unfunded.amount) == (kept, 0, 0)
    fees = balance(AccountKind.REVENUE_PLATFORM_FEE) + balance(AccountKind.REVENUE_SERVICE_FEE)
    assert balance(AccountKind.GATEWAY) == kept
    assert kept == fees + balance(AccountKind.WALLET)
    papers = shown()
    assert papers["work"] == kept
    assert papers["platform_fee"] + papers["service_fee"] == fees
