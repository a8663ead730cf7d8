"""The only source of "now". It can be moved in tests and in sandbox mode (DESIGN §4: a clock that moves)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_STILL = timedelta(0)

#: How far this process alone has moved its clock: tests, and the demo city that is told in a minute.
_own = _STILL
#: How far all processes of a rehearsal have moved theirs; see `follow`.
_shared: Callable[[], timedelta] | None = None


def now() -> datetime:
    """Return the present moment, in UTC, as the marketplace sees it."""
    return datetime.now(UTC) + offset()


def machine_now() -> datetime:
    """Return the machine's own moment, which nobody moves: leases and credentials obey it."""
    return datetime.now(UTC)


def offset() -> timedelta:
    """Return how far the marketplace's clock is ahead of the machine's."""
    return _own + _shared() if _shared else _own


def set_offset(value: timedelta) -> None:
    """Move the clock of this process alone, to so far ahead of the machine's; only tests and the seed do this."""
    global _own
    _own = value - (_shared() if _shared else _STILL)


def follow(source: Callable[[], timedelta] | None) -> None:
    """Let the clock be as far ahead as `source` says, in every process that follows it; None follows nothing.

    Only a rehearsal follows one (backoffice.rehearsal): never in production, where the clock is the machine's.
    """
    global _shared
    _shared = source


@contextmanager
def travel(by: timedelta) -> Iterator[None]:
    """Run a block with the clock moved further by `by`, then put it back."""
    before = offset()
    set_offset(before + by)
    try:
        yield
    finally:
        set_offset(before)
