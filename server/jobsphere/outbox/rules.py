"""Pure: how long to wait before the next attempt."""

import random
from datetime import timedelta

from jobsphere.outbox.types import Retry


def backoff(policy: Retry, attempt: int, jitter: float | None = None) -> timedelta:
    """Return how long to wait after attempt number `attempt` (from 1) has failed.

    Doubles each time up to the cap, then takes 50 to 100 % of it, so that tasks which failed together do not
    come back together. `jitter` (0 to 1) is drawn when not given.
    """
    doublings = min(attempt - 1, 40)
    full = min(policy.first * 2**doublings, policy.cap)
    draw = random.random() if jitter is None else jitter
    return full * (0.5 + draw / 2)


def wait_for_turn(age: timedelta) -> timedelta:
    """Return how long an event that is not yet its aggregate's next waits before it looks again.

    The one before it wakes it at once; this is for the rare lost wake-up, and grows while that one is stuck.
    """
    return max(timedelta(seconds=1), min(age / 4, timedelta(minutes=1)))
