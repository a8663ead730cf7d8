"""Many at once on one week: one statement, one dispute, one timer, no overlap, whatever the order."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from jobsphere.contracts.models import Milestone, TimeEntry
from jobsphere.db.transactions import edge_transaction
from jobsphere.escrow.models import EscrowHold
from jobsphere.hours import services
from jobsphere.hours.models import Timer, Week
from jobsphere.hours.tests.conftest import Stage
from jobsphere.hours.tests.conftest import own_clock as own_clock
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from tests.races.conftest import Post
from tests.races.running import race
from tests.stories.people import books

AT_ONCE = 6


@pytest.fixture
def hourly(stage: None, casey: Actor, pat: Actor, post: Post) -> Stage:
    """Pat hired by the hour, now."""
    made = Stage(casey, pat)
    # The middle of a week, so that there is an hour before and after.
    now = clock.now()
    made.at(now - timedelta(days=now.weekday()) + timedelta(days=9, hours=3))
    made.hire()
    made.at(clock.now() + timedelta(hours=12))
    return made


def close(week_id: Any) -> bool:
    with edge_transaction():
        return services.close_week(week_id=week_id)


def test_of_many_entries_at_one_time_one_is_logged(hourly: Stage, post: Post):
    start = clock.now().replace(second=0, microsecond=0) - timedelta(hours=3)
    path = f"contracts/{hourly.deal.contract_id}/time-entries/"
    bodies = [
        {
            "started_at": (start + timedelta(minutes=5 * lane)).isoformat(),
            "ended_at": (start + timedelta(minutes=60 + 5 * lane)).isoformat(),
        }
        for lane in range(AT_ONCE)
    ]
    post(hourly.pat, "timer/stop/")  # signs in before the race
    answers = race(*(partial(post, hourly.pat, path, body) for body in bodies))
    statuses = sorted(status for status, _ in answers)
    assert statuses == [201, *[409] * (AT_ONCE - 1)], answers
    assert TimeEntry.objects.count() == 1


def test_of_many_timers_one_runs_and_is_stopped_once(hourly: Stage, post: Post):
    post(hourly.pat, "timer/stop/")
    body = {"contract_id": str(hourly.deal.contract_id)}
    started = race(*(partial(post, hourly.pat, "timer/start/", body) for _ in range(AT_ONCE)))
    assert sorted(status for status, _ in started) == [200, *[409] * (AT_ONCE - 1)], started
    assert Timer.objects.count() == 1
    hourly.at(clock.now() + timedelta(minutes=30))
    stopped = race(*(partial(post, hourly.pat, "timer/stop/", {}) for _ in range(AT_ONCE)))
    assert sorted(status for status, _ in stopped) == [200, *[409] * (AT_ONCE - 1)], stopped
    assert [entry.minutes for entry in TimeEntry.objects.all()] in ([30], [31])


def test_a_week_is_stated_once_and_disputed_or_released_once(hourly: Stage, post: Post):
    start = clock.now().replace(second=0, microsecond=0) - timedelta(hours=3)
    hourly.works(start, 60)
    doubted = hourly.works(start + timedelta(hours=1), 45)
    week = hourly.week()
    hourly.at(week.closes_at + timedelta(minutes=1))
    post(hourly.pat, "timer/stop/")
    post(hourly.casey, "timer/stop/")
    closed = race(*(partial(close, week.pk) for _ in range(AT_ONCE)))
    assert sorted(closed) == [*[False] * (AT_ONCE - 1), True]
    assert Week.objects.get(pk=week.pk).amount == 105_00
    dispute = {"entry_ids": [str(doubted)], "reason": "These are not right."}
    answers = race(
        *(partial(post, hourly.casey, f"weeks/{week.pk}/dispute/", dispute) for _ in range(AT_ONCE)),
        partial(post, hourly.casey, f"milestones/{week.milestone_id}/release/"),
    )
    *disputes, (released, _) = answers
    won = sum(status == 200 for status, _ in disputes)
    # Whoever was first: one of them moved the money, and it was moved once.
    assert (won, released) in [(1, 409), (0, 200)], answers
    assert hourly.deal.contract_id is not None
    held = EscrowHold.objects.filter(status="funded", contract_id=hourly.deal.contract_id)
    assert sorted(row.amount for row in held) == ([45_00] if won else [])
    assert Milestone.objects.get(pk=week.milestone_id).status == "released"
    books(reconciled=False)
