"""What other processes say: one subscription to the bus, for all sockets of this process."""

import asyncio
from collections.abc import Awaitable, Callable

import redis.asyncio as redis
import structlog
from django.conf import settings

from jobsphere.realtime import bus
from jobsphere.realtime.wire import Envelope

logger = structlog.get_logger("jobsphere.realtime")

#: Seconds between two attempts to reach Redis again.
PAUSE = 1.0


class Subscription:
    """Listens for as long as it runs; after each interruption the hub looks for what it has missed."""

    def __init__(self, receive: Callable[[Envelope], None], look: Callable[[], Awaitable[None]]) -> None:
        self._receive = receive
        self._look = look
        #: Whether the bus is heard now; while it is not, the hub looks at the counters every second.
        self.up = False

    async def run(self) -> None:
        """Listen, and try again whenever Redis is away."""
        while True:
            try:
                await self._listen()
            except (redis.RedisError, OSError) as error:
                if self.up:
                    logger.warning("the bus was lost", error=type(error).__name__)
                self.up = False
            await asyncio.sleep(PAUSE)

    async def _listen(self) -> None:
        # No time limit on reading (the default of 5 s ends quiet subscriptions); a check shows that Redis is alive.
        client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=None, health_check_interval=10)
        try:
            subscriber = client.pubsub(ignore_subscribe_messages=True)
            await subscriber.subscribe(bus.channel())
            self.up = True
            await self._look()
            async for message in subscriber.listen():
                self._take(message["data"])
        finally:
            await client.aclose()

    def _take(self, data: bytes) -> None:
        try:
            origin, envelope = Envelope.unpack(data)
        except ValueError as error:
            logger.warning("something odd on the bus", error=str(error)[:200])
            return
        if origin != bus.ORIGIN:
            self._receive(envelope)
