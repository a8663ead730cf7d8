"""The rehearsal's clock: how far it is ahead stands in a file that every process of the marketplace follows.

A file beside the sandbox's own, and no row: reading the time must work before the database does, in every process, and
costs one `stat`. The clock goes forward only: books, seals and timers that have seen a day cannot unsee it.
"""

import fcntl
import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from jobsphere.backoffice.rehearsal.gate import is_available, require_rehearsal
from jobsphere.kit import clock

NAME = "rehearsal-clock"
#: How far one rehearsal may go in all: beyond it certificates and calendars of the machine begin to disagree.
FURTHEST = timedelta(days=3650)


class Clockwork:
    """Reads the file when it has changed. A file that is not there, or not whole, means the machine's time."""

    def __init__(self) -> None:
        self._seen: tuple[int, int] = (0, 0)
        self._ahead = timedelta(0)

    def __call__(self) -> timedelta:
        """Return how far the marketplace's clock is ahead."""
        try:
            found = os.stat(_file())
        except OSError:
            return timedelta(0)
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp != self._seen:
            self._ahead, self._seen = _read(), stamp
        return self._ahead


def follow_the_rehearsal() -> None:
    """Let this process's clock follow the file, where there may be a rehearsal; called once when the apps are ready."""
    if is_available() and not settings.TESTING:
        clock.follow(Clockwork())


def move(by: timedelta) -> timedelta:
    """Put the clock of all processes forward and return how far it is ahead then.

    Raises NotFound where there is no rehearsal, ValueError for a step back or too far.
    """
    require_rehearsal()
    with (_file().parent / f"{NAME}.lock").open("w") as turn:
        # Two operators at once: both steps count.
        fcntl.flock(turn, fcntl.LOCK_EX)
        ahead = _read() + by
        if by <= timedelta(0) or ahead > FURTHEST:
            raise ValueError("the clock goes forward only, and not for ever")
        _write(ahead)
    return ahead


def _file() -> Path:
    return Path(settings.DATA_DIR) / NAME


def _read() -> timedelta:
    try:
        return timedelta(seconds=int(_file().read_text(encoding="ascii")))
    except (OSError, ValueError):
        return timedelta(0)


def _write(ahead: timedelta) -> None:
    """Replace the file in one step, so that no reader ever sees half of it, and none is lost with the power."""
    fresh = _file().with_suffix(f".{os.getpid()}")
    with fresh.open("w", encoding="ascii") as file:
        file.write(str(int(ahead.total_seconds())))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(_file())
