"""A year in a minute: waiting stories are replayed in the order of their time, the clock moved to each moment."""

import heapq
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from itertools import count

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock

#: A story does something, then yields how long it waits before it goes on.
Story = Generator[timedelta, None, None]


class Timeline:
    """Plays many stories at once, each step at its own moment, and the marketplace's own work between them."""

    def __init__(self, *, housework: Callable[[], None], every: timedelta = timedelta(days=4)) -> None:
        self._queue: list[tuple[datetime, int, Story]] = []
        self._order = count()
        self._housework = housework
        self._every = every

    def add(self, begins: datetime, story: Story) -> None:
        """Let a story begin at a moment."""
        heapq.heappush(self._queue, (begins, next(self._order), story))

    def play(self, until: datetime, progress: Callable[[float], None]) -> None:
        """Play everything up to a moment, then put the clock back; `progress` hears the share that is done."""
        total, done, before = max(len(self._queue), 1), 0, clock.offset()
        cleaned = self._queue[0][0] if self._queue else until
        try:
            while self._queue and self._queue[0][0] < until:
                moment, _, story = heapq.heappop(self._queue)
                set_clock(moment)
                if moment - cleaned > self._every:
                    self._housework()
                    cleaned = moment
                try:
                    self.add(moment + next(story), story)
                except StopIteration:
                    done += 1
                    progress(done / total)
        finally:
            clock.set_offset(before)
        self._housework()


def set_clock(moment: datetime) -> None:
    """Move the marketplace's clock to a moment."""
    clock.set_offset(clock.offset() + (moment - clock.now()))


def act(verb: Callable[[], object]) -> None:
    """Do one verb in a transaction of its own, as the HTTP edge does."""
    with edge_transaction():
        verb()
