"""The only source of "now". It can be moved in tests and in sandbox mode (DESIGN §4: a clock that moves)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_offset = timedelta(0)


def now() -> datetime:
    """Return the present moment, in UTC, as the marketplace sees it."""
    return datetime.now(UTC) + _offset


def offset() -> timedelta:
    """Return how far the marketplace's clock is ahead of the machine's."""
    return _offset


def set_offset(value: timedelta) -> None:
    """Move the clock of this process; only tests, the seed and the sandbox's rehearsal do this."""
    global _offset
    _offset = value


@contextmanager
def travel(by: timedelta) -> Iterator[None]:
    """Run a block with the clock moved further by `by`, then put it back."""
    before = _offset
    set_offset(before + by)
    try:
        yield
    finally:
        set_offset(before)
