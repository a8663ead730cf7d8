"""The waits between attempts."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from jobsphere.outbox.rules import backoff, wait_for_turn
from jobsphere.outbox.types import Retry


def test_the_wait_doubles_up_to_the_cap() -> None:
    policy = Retry(first=timedelta(seconds=2), cap=timedelta(seconds=20))
    waits = [backoff(policy, attempt, jitter=1).total_seconds() for attempt in range(1, 7)]
    assert waits == [2, 4, 8, 16, 20, 20]


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_jitter_takes_at_most_half_of_the_wait(attempt: int, jitter: float) -> None:
    whole = backoff(Retry(), attempt, jitter=1)
    assert whole / 2 <= backoff(Retry(), attempt, jitter=jitter) <= whole <= Retry().cap


def test_the_default_outlasts_an_outage_of_two_hours() -> None:
    policy = Retry()
    shortest = sum((backoff(policy, attempt, jitter=0) for attempt in range(1, policy.attempts)), timedelta(0))
    longest = sum((backoff(policy, attempt, jitter=1) for attempt in range(1, policy.attempts)), timedelta(0))
    assert timedelta(hours=1) < shortest < longest < timedelta(hours=4)


def test_an_event_that_waits_for_its_turn_looks_again_within_a_minute() -> None:
    assert wait_for_turn(timedelta(0)) == timedelta(seconds=1)
    assert wait_for_turn(timedelta(seconds=40)) == timedelta(seconds=10)
    assert wait_for_turn(timedelta(days=1)) == timedelta(minutes=1)
