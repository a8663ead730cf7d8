"""The one running timer of a contractor: started, stopped, and stopped by the clock."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jobsphere.contracts.models import TimeEntry
from jobsphere.hours import selectors, services
from jobsphere.hours.errors import NoTimer, TimerRunning, WeekUnfunded
from jobsphere.hours.models import Timer
from jobsphere.hours.tests.conftest import Stage
from jobsphere.hours.tests.test_weeks import WATCHED
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound

Rows = Callable[..., list[dict[str, Any]]]


def start(stage: Stage, note: str = "") -> None:
    stage.do(services.start_timer, stage.pat, contract_id=stage.deal.contract_id, note=note)


def test_a_timer_becomes_an_entry_of_whole_minutes(stage: Stage):
    stage.hire()
    start(stage, "Pipes")
    running = selectors.running_timer(stage.pat)
    assert running is not None
    assert (running.note, running.stops_at - running.started_at) == ("Pipes", timedelta(days=1))
    stage.at(clock.now() + timedelta(minutes=90))
    stage.do(services.stop_timer, stage.pat)
    entry = TimeEntry.objects.get()
    assert (entry.minutes, entry.note) == (90, "Pipes")
    assert entry.started_at is not None
    assert entry.started_at.second == 0
    assert selectors.running_timer(stage.pat) is None


def test_there_is_one_and_stopping_it_twice_logs_once(stage: Stage, rows: Rows):
    stage.hire()
    start(stage)
    before = rows(*WATCHED, Timer)
    with pytest.raises(TimerRunning):
        start(stage)
    assert rows(*WATCHED, Timer) == before
    stage.at(clock.now() + timedelta(minutes=5))
    stage.do(services.stop_timer, stage.pat)
    before = rows(*WATCHED, Timer)
    with pytest.raises(NoTimer):
        stage.do(services.stop_timer, stage.pat)
    assert rows(*WATCHED, Timer) == before


def test_less_than_a_minute_is_nothing(stage: Stage):
    stage.hire()
    stage.at(clock.now().replace(second=1))
    start(stage)
    assert stage.do(services.stop_timer, stage.pat) is None
    assert not TimeEntry.objects.exists()


def test_it_stops_at_the_end_of_the_week_however_late_the_clock_comes_round(stage: Stage):
    stage.hire()
    week = stage.week()
    stage.at(week.ends_at - timedelta(hours=2))
    start(stage)
    # The worker was away until after the week's close: the time is billed all the same.
    stage.at(week.closes_at + timedelta(hours=3))
    stage.tick()
    assert (stage.seen().minutes, stage.seen().status, Timer.objects.count()) == (120, "closed", 0)


def test_a_forgotten_one_stops_after_a_day(stage: Stage):
    stage.hire()
    start(stage)
    stage.at(clock.now() + timedelta(hours=30))
    stage.tick()
    assert TimeEntry.objects.get().minutes == 24 * 60


def test_it_does_not_run_where_no_hour_is_protected_nor_for_strangers(stage: Stage, omar: Actor, rows: Rows):
    stage.hire()
    stage.at(stage.week().ends_at + timedelta(hours=9))
    before = rows(*WATCHED, Timer)
    with pytest.raises(WeekUnfunded):
        start(stage)
    with pytest.raises(NotFound):
        stage.do(services.start_timer, omar, contract_id=stage.deal.contract_id)
    assert rows(*WATCHED, Timer) == before
