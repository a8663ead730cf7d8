"""Wakes the workers of this process as soon as a task is committed, instead of at their next look."""

import threading


class Bell:
    """A counter to wait on: a ring between the look and the wait is not lost."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.rings = 0

    def ring(self) -> None:
        """Wake everyone who waits."""
        with self._changed:
            self.rings += 1
            self._changed.notify_all()

    def wait(self, heard: int, timeout: float) -> None:
        """Return once there are more rings than `heard`, or after `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.rings != heard, timeout)


bell = Bell()
