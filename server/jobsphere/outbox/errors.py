"""What a handler or job may raise to steer its own task, and what goes wrong in the queue itself."""

from datetime import timedelta
from typing import ClassVar

from jobsphere.kit.errors import Conflict


class Postpone(Exception):
    """Raised by a handler or job: look again after `delay`; nothing has failed and no attempt is counted."""

    def __init__(self, delay: timedelta) -> None:
        self.delay = delay
        super().__init__(f"postponed by {delay}")


class NotYourTurn(Postpone):
    """An earlier event of the aggregate is unfinished for this ordered subscriber."""


class GiveUp(Exception):
    """Raised by a handler or job: no retry will help; make it a dead letter now."""


class LeaseLost(Exception):
    """Another worker has taken this task over, so what we did must not be kept."""


class WorkerDied(Exception):
    """The worker that ran the task was killed, or lost its database, before it could say how the task ended."""


class AlreadySettled(Conflict):
    """The dead letter has been replayed or dropped before."""

    code: ClassVar[str] = "dead-letter-settled"
    title: ClassVar[str] = "This dead letter has been replayed or dropped before"
