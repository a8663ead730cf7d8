"""A week from its first hour to the wallet: cap, closing, review, dispute, end; each refusal changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jobsphere.contracts import services as contracts
from jobsphere.contracts.errors import ByTheHour, NothingToComplete, TimeEntryBilled, TimeOverlaps, WrongParty
from jobsphere.contracts.models import Contract, Milestone, TimeEntry
from jobsphere.contracts.types import TimeDetails
from jobsphere.db.transactions import edge_transaction
from jobsphere.escrow.models import EscrowHold
from jobsphere.hours import services
from jobsphere.hours.errors import HoursEnded, NotUnderReview, WeekClosed, WeekUnfunded
from jobsphere.hours.models import HourlyDeal, Week
from jobsphere.hours.tests.conftest import Stage
from jobsphere.hours.types import DisputeView
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.ledger.models import Entry
from tests.marketplace import usd
from tests.stories.people import books

WATCHED = (Contract, Milestone, TimeEntry, EscrowHold, Entry, HourlyDeal, Week)
Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def monday(stage: Stage) -> Any:
    """A deal that began, on its first Monday's date."""
    stage.hire()
    return stage.week().starts_on


def waiting(stage: Stage) -> DisputeView:
    """Return the dispute of the first week."""
    found = stage.seen().dispute
    assert found is not None
    return found


def to_review(stage: Stage) -> None:
    """Go to just after the first week's close."""
    stage.at(stage.week().closes_at + timedelta(minutes=1))
    stage.tick()


def test_a_week_is_paid_in_before_and_billed_by_its_hours(stage: Stage, monday: Any):
    first, second = stage.week(1), stage.week(2)
    assert stage.seen(1).milestone_status == "funded"
    assert stage.seen(2).milestone_status == "pending"
    assert (first.ends_at, second.starts_at) == (second.starts_at, stage.local(monday + timedelta(days=7)))
    assert stage.contract().money.protected == usd(600_00)
    stage.at(stage.local(monday + timedelta(days=4), 18))
    stage.works(stage.local(monday + timedelta(days=2), 10), 90)
    stage.works(stage.local(monday + timedelta(days=3), 23), 120, "Over midnight")
    seen = stage.seen()
    assert [each.minutes for each in seen.days] == [0, 0, 90, 60, 60, 0, 0]
    assert (seen.minutes, seen.amount) == (210, usd(210_00))
    to_review(stage)
    seen = stage.seen()
    assert (seen.status, seen.milestone_status, seen.amount) == ("closed", "submitted", usd(210_00))
    assert seen.release_at is not None
    assert timedelta(days=6, hours=23) < seen.release_at - clock.now() <= timedelta(days=7)
    assert books(reconciled=False)["escrow"] == 189
    stage.at(seen.release_at + timedelta(minutes=1))
    stage.tick()
    assert stage.seen().milestone_status == "released"
    # 10 % of 210 at acceptance, then 20 % of 210 at completion.
    assert books(reconciled=False) == {
        "gateway": 210,
        "revenue_platform_fee": 21,
        "revenue_service_fee": 42,
        "wallet": 147,
    }


def test_what_is_over_the_cap_is_recorded_and_never_billed(stage: Stage, monday: Any):
    stage.at(stage.local(monday + timedelta(days=6), 23))
    for day in (2, 3, 4):
        stage.works(stage.local(monday + timedelta(days=day), 10), 300)
    to_review(stage)
    seen = stage.seen()
    assert (seen.minutes, seen.billed_minutes, seen.amount) == (900, 600, usd(600_00))


def test_a_week_without_hours_goes_back_whole_and_one_not_paid_in_costs_nothing(stage: Stage, monday: Any, rows: Rows):
    to_review(stage)
    assert stage.seen(1).milestone_status == "refunded"
    before = rows(*WATCHED)
    with pytest.raises(WeekUnfunded):
        stage.works(clock.now() - timedelta(hours=2), 60)
    assert rows(*WATCHED) == before
    stage.at(stage.week(2).closes_at + timedelta(minutes=1))
    stage.tick()
    assert stage.seen(2).milestone_status == "removed"
    assert stage.seen(3).milestone_status == "pending"
    assert stage.contract().status == "active"
    assert books(reconciled=False) == {}


def test_time_neither_overlaps_nor_lies_ahead_nor_in_a_closed_week(stage: Stage, monday: Any, rows: Rows):
    wednesday = monday + timedelta(days=2)
    stage.at(stage.local(wednesday, 18))
    entry = stage.works(stage.local(wednesday, 10), 60)
    before = rows(*WATCHED)
    for start, minutes, error in [
        (stage.local(wednesday, 10, 30), 60, TimeOverlaps),
        (stage.local(wednesday, 9, 30), 180, TimeOverlaps),
        (stage.local(wednesday, 17, 30), 60, InvalidInput),
        (stage.local(wednesday, 8), 30, InvalidInput),
    ]:
        with pytest.raises(error):
            stage.works(start, minutes)
    with pytest.raises(InvalidInput):
        stage.do(contracts.log_time, stage.pat, contract_id=stage.deal.contract_id, minutes=60)
    assert rows(*WATCHED) == before
    stage.works(stage.local(wednesday, 11), 30)  # touches the other one
    # Until noon of the Monday after it may be put right, then it is closed, also before the clock has come round.
    stage.at(stage.week().closes_at - timedelta(minutes=5))
    details = TimeDetails(started_at=stage.local(wednesday, 9), ended_at=stage.local(wednesday, 10, 30), note="All")
    stage.do(contracts.change_time, stage.pat, entry_id=entry, details=details)
    assert stage.seen().minutes == 120
    stage.at(stage.week().closes_at + timedelta(seconds=1))
    before = rows(*WATCHED)
    with pytest.raises(WeekClosed):
        stage.works(stage.local(wednesday, 13), 60)
    with pytest.raises(WeekClosed):
        stage.do(contracts.delete_time_entry, stage.pat, entry_id=entry)
    assert rows(*WATCHED) == before
    stage.tick()
    before = rows(*WATCHED)
    with pytest.raises(TimeEntryBilled):
        stage.do(contracts.change_time, stage.pat, entry_id=entry, details=details)
    assert rows(*WATCHED) == before


def test_time_over_the_end_of_a_week_is_an_entry_for_each(stage: Stage, monday: Any):
    stage.pay(stage.week(2))
    sunday = monday + timedelta(days=6)
    stage.at(stage.local(sunday + timedelta(days=1), 3))
    stage.works(stage.local(sunday, 22), 210, "Night shift")
    assert (stage.seen(1).minutes, stage.seen(2).minutes) == (120, 90)
    assert TimeEntry.objects.filter(note="Night shift").count() == 2


def test_disputed_hours_wait_apart_and_the_rest_is_released(stage: Stage, monday: Any, rows: Rows):
    stage.at(stage.local(monday + timedelta(days=5), 18))
    stage.works(stage.local(monday + timedelta(days=2), 10), 120)
    doubted = stage.works(stage.local(monday + timedelta(days=3), 10), 61)
    to_review(stage)
    week = stage.week()
    wish: dict[str, Any] = {"week_id": week.pk, "entry_ids": [doubted], "reason": "You were not here on Thursday."}
    before = rows(*WATCHED)
    with pytest.raises(WrongParty):
        stage.do(services.dispute_hours, stage.pat, **wish)
    with pytest.raises(InvalidInput):
        stage.do(services.dispute_hours, stage.casey, **{**wish, "entry_ids": [week.pk]})
    assert rows(*WATCHED) == before
    stage.do(services.dispute_hours, stage.casey, **wish)
    seen = stage.seen()
    assert seen.dispute is not None
    assert (seen.milestone_status, seen.dispute.amount, seen.dispute.minutes) == ("released", usd(61_00), 61)
    assert (seen.dispute.milestone_status, seen.dispute.milestone_id == seen.milestone_id) == ("submitted", False)
    # 10 % and 20 % of 120 and of 61 dollars, apart.
    money = stage.contract(stage.pat).money
    assert (money.protected, money.released, money.refunded) == (usd(61_00), usd(120_00), usd(419_00))
    before = rows(*WATCHED)
    with pytest.raises(NotUnderReview):
        stage.do(services.dispute_hours, stage.casey, **wish)
    assert rows(*WATCHED) == before
    # Silence does not release what is disputed; the contractor may give it back, or the customer approve it after all.
    stage.at(clock.now() + timedelta(days=30))
    stage.tick()
    assert waiting(stage).milestone_status == "submitted"
    stage.do(contracts.refund_milestone, stage.pat, milestone_id=seen.dispute.milestone_id, reason="You are right.")
    assert waiting(stage).milestone_status == "refunded"
    books(reconciled=False)


def test_hours_over_the_cap_take_the_place_of_disputed_ones(stage: Stage, monday: Any, rows: Rows):
    stage.at(stage.local(monday + timedelta(days=6), 23))
    stage.works(stage.local(monday + timedelta(days=2), 10), 600)
    doubted = stage.works(stage.local(monday + timedelta(days=4), 10), 60)
    to_review(stage)
    before = rows(*WATCHED)
    with pytest.raises(NothingToComplete):
        stage.do(services.dispute_hours, stage.casey, week_id=stage.week().pk, entry_ids=[doubted], reason="No.")
    assert rows(*WATCHED) == before


def test_all_hours_disputed_is_the_week_that_waits(stage: Stage, monday: Any):
    stage.at(stage.local(monday + timedelta(days=3), 18))
    entry = stage.works(stage.local(monday + timedelta(days=2), 10), 60)
    to_review(stage)
    stage.do(services.dispute_hours, stage.casey, week_id=stage.week().pk, entry_ids=[entry], reason="Nobody came.")
    stage.at(clock.now() + timedelta(days=30))
    stage.tick()
    seen = stage.seen()
    assert (seen.milestone_status, waiting(stage).milestone_id) == ("submitted", seen.milestone_id)
    stage.do(contracts.release_milestone, stage.casey, milestone_id=seen.milestone_id)
    assert stage.seen().milestone_status == "released"


def test_ended_hours_close_as_usual_and_what_has_not_begun_goes_back(stage: Stage, monday: Any, rows: Rows):
    stage.pay(stage.week(2))
    wednesday = monday + timedelta(days=2)
    stage.at(stage.local(wednesday, 18))
    stage.works(stage.local(wednesday, 10), 60)
    stage.do(services.end_hours, stage.casey, deal_id=stage.deal.pk, reason="The bathroom is done.")
    assert stage.seen(2).milestone_status == "refunded"
    stage.works(stage.local(wednesday, 12), 60)  # worked before the end, logged after it
    stage.at(stage.local(wednesday + timedelta(days=1), 18))
    before = rows(*WATCHED)
    with pytest.raises(HoursEnded):
        stage.works(stage.local(wednesday + timedelta(days=1), 10), 60)
    with pytest.raises(HoursEnded):
        stage.do(services.end_hours, stage.pat, deal_id=stage.deal.pk)
    assert rows(*WATCHED) == before
    to_review(stage)
    assert stage.seen().amount == usd(120_00)
    stage.do(contracts.release_milestone, stage.casey, milestone_id=stage.week().milestone_id)
    assert (stage.contract().status, HourlyDeal.objects.get().status) == ("completed", "over")
    assert Week.objects.count() == 2


def test_a_number_of_weeks_ends_by_itself(stage: Stage):
    stage.hire(weeks=1)
    assert Week.objects.count() == 1
    stage.at(stage.week().starts_at + timedelta(days=3, hours=20))
    stage.works(clock.now() - timedelta(hours=2), 60)
    to_review(stage)
    stage.at(clock.now() + timedelta(days=8))
    stage.tick()
    assert (stage.contract().status, Week.objects.count()) == ("completed", 1)


def test_what_the_clock_does_is_nobodys_to_do_by_hand(stage: Stage, monday: Any, rows: Rows):
    contract = stage.contract(stage.pat)
    assert not {"cancel", "deliver", "propose_change", "update"} & set(contract.allowed_actions)
    before = rows(*WATCHED)
    attempts: list[tuple[Callable[..., Any], Actor, dict[str, Any]]] = [
        (contracts.cancel_contract, stage.casey, {"contract_id": contract.id, "reason": "No more."}),
        (contracts.cancel_contract, stage.pat, {"contract_id": contract.id, "reason": "No more."}),
        (contracts.start_milestone, stage.pat, {"milestone_id": contract.milestones[0].id}),
        (contracts.complete_contract, stage.casey, {"contract_id": contract.id}),
        (contracts.complete_contract, stage.pat, {"contract_id": contract.id}),
    ]
    for verb, actor, options in attempts:
        with pytest.raises(ByTheHour):
            stage.do(verb, actor, **options)
    assert rows(*WATCHED) == before


def test_a_hold_lets_no_week_close_until_it_is_lifted(stage: Stage, monday: Any, ada: Any, rows: Rows):
    stage.at(stage.local(monday + timedelta(days=3), 18))
    stage.works(stage.local(monday + timedelta(days=2), 10), 60)
    stage.do(contracts.hold_contract, ada, contract_id=stage.deal.contract_id, reason="A question.")
    to_review(stage)
    assert stage.seen().status == "open"
    assert stage.contract().money.protected == usd(600_00)
    stage.do(contracts.resume_contract, ada, contract_id=stage.deal.contract_id, reason="Answered.")
    stage.tick()
    assert (stage.seen().status, stage.seen().amount) == ("closed", usd(60_00))


def test_a_week_is_not_closed_twice(stage: Stage, monday: Any, rows: Rows):
    to_review(stage)
    before = rows(*WATCHED)
    with edge_transaction():
        assert services.close_week(week_id=stage.week().pk) is False
    changed = [(one, two) for one, two in zip(before, rows(*WATCHED), strict=True) if one != two]
    assert [{name for name in one if one[name] != two[name]} for one, two in changed] == [{"revision"}]
