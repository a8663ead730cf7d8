"""The backend that `config.env` names as ENGINE.

Django asks a persistent connection "SELECT 1" at the start of every request: measured on the job page, that was 40 %
of the request. Here a connection that has answered within TRUST_SECONDS is not asked again. Should the server be
restarted in that time, the one request that finds the connection dead fails, and Django then opens a new one.
"""

import time

from django.db.backends.postgresql import base

TRUST_SECONDS = 5.0


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, asked for its health at most every TRUST_SECONDS."""

    _answered_at = 0.0
    health_check_enabled: bool
    health_check_done: bool

    def connect(self) -> None:
        """Connect; a fresh connection is healthy."""
        super().connect()
        self._answered_at = time.monotonic()

    def close_if_health_check_failed(self) -> None:
        """Ask, unless the connection answered a moment ago."""
        if self.connection is None or self.health_check_done or not self.health_check_enabled:
            return
        if time.monotonic() - self._answered_at < TRUST_SECONDS:
            self.health_check_done = True
            return
        super().close_if_health_check_failed()
        self._answered_at = time.monotonic()
