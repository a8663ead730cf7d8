"""Exercises with time and with our own machinery: the clock, the queue."""

from datetime import timedelta

from jobsphere.backoffice.rehearsal import clockwork, stage
from jobsphere.backoffice.rehearsal.types import Act, Values
from jobsphere.kit import clock
from jobsphere.kit.errors import InvalidInput
from jobsphere.outbox import selectors as outbox
from jobsphere.outbox.worker import drain


def move_clock(values: Values) -> Act:
    """Put the clock of all processes forward."""
    by = timedelta(days=int(values["days"]), hours=int(values["hours"]))
    if by <= timedelta(0):
        raise InvalidInput.at("/values/hours", "positive", "Say how many days or hours the clock shall go forward.")
    if clock.offset() + by > clockwork.FURTHEST:
        raise InvalidInput.at("/values/days", "too-far", "A rehearsal goes ten years ahead at most.")

    def act() -> list[str]:
        ahead = clockwork.move(by)
        return [f"It is now {clock.now():%d %B %Y, %H:%M} UTC, {_long(ahead)} ahead of the machine."]

    return act


def run_worker(values: Values) -> Act:
    """Run what is due in the queue, here and now."""

    def act() -> list[str]:
        ran, health = drain(max_seconds=stage.PATIENCE_SECONDS), outbox.queue_health()
        return [f"{ran} tasks ran; {health.due} are due, {health.scheduled} wait for their time."]

    return act


def _long(ahead: timedelta) -> str:
    hours = ahead.seconds // 3600
    days = f"{ahead.days} day{'s' if ahead.days != 1 else ''}" if ahead.days else ""
    rest = f"{hours} hour{'s' if hours != 1 else ''}" if hours else ""
    return " and ".join(part for part in (days, rest) if part) or "less than an hour"
