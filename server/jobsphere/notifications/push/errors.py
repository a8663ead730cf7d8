"""How a push service says no."""

from datetime import timedelta


class Gone(Exception):
    """The device does not take our messages any more, so it is forgotten."""


class Busy(Exception):
    """The service asks us to come back later."""

    def __init__(self, delay: timedelta) -> None:
        self.delay = delay
        super().__init__(f"the push service asks to wait {delay}")


def asked_delay(retry_after: str | None) -> timedelta:
    """Return how long a Retry-After asks for: seconds; at most an hour, half a minute when it is not a number."""
    seconds = int(retry_after) if retry_after and retry_after.isdigit() else 30
    return timedelta(seconds=min(max(seconds, 1), 3600))
