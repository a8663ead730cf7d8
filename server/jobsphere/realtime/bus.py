"""Hands envelopes to the sockets: those of this process directly, those of others through Redis.

Nothing here is certain to arrive. What must arrive has a number, and the hub reads what it has missed (hub.py).
"""

import threading
import time
from collections.abc import Callable
from uuid import uuid4

import redis
import structlog
from django.conf import settings

from jobsphere.realtime.wire import Envelope

logger = structlog.get_logger("jobsphere.realtime")

#: The name of this process, by which it knows its own messages when they come back.
ORIGIN = uuid4().hex

#: Seconds that a verb's thread waits for Redis, and for which nobody tries after it did not answer.
PATIENCE = 1.0
PAUSE = 5.0

Listener = Callable[[Envelope], None]

_listeners: list[Listener] = []
_lock = threading.Lock()


def listen(listener: Listener) -> None:
    """Hand every envelope of this process to a hub, from whatever thread it comes."""
    with _lock:
        _listeners.append(listener)


def leave(listener: Listener) -> None:
    """Hand that hub nothing any more."""
    with _lock:
        _listeners.remove(listener)


def announce(envelope: Envelope) -> None:
    """Tell the sockets of all processes; never raises, because what was committed stays so."""
    for listener in tuple(_listeners):
        listener(envelope)
    if settings.REDIS_URL:
        _others.publish(envelope.pack(ORIGIN))


def channel() -> str:
    """Return the channel of this marketplace. Redis does not divide channels by database, so the name does."""
    number = redis.connection.parse_url(settings.REDIS_URL).get("db", 0)
    return f"jobsphere:{number}:realtime"


class _Others:
    """The other processes. While Redis is away, verbs do not wait for it."""

    def __init__(self) -> None:
        self._client: redis.Redis | None = None
        self._url = ""
        self._not_before = 0.0

    def publish(self, message: bytes) -> None:
        """Send a message to every process that listens, if Redis answers."""
        if time.monotonic() < self._not_before:
            return
        try:
            self._connected().publish(channel(), message)
        except redis.RedisError as error:
            self._not_before = time.monotonic() + PAUSE
            logger.warning("the bus did not answer", error=type(error).__name__)

    def _connected(self) -> redis.Redis:
        if self._client is None or self._url != settings.REDIS_URL:
            self._url = settings.REDIS_URL
            self._client = redis.Redis.from_url(self._url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        return self._client


_others = _Others()
