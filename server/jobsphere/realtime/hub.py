"""The sockets of one process, and everything that is said to them.

Envelopes come from any thread (bus.py) and, with Redis, from other processes over one subscription. Both may lose
some: a number that jumps, or a look at the counters now and then (`_sweep`), shows it, and what is missing is read
from the table. So a frame arrives once and in order, whatever the bus does.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import Error as DatabaseError

from jobsphere.kit import clock
from jobsphere.realtime import bus, presence, selectors, wire
from jobsphere.realtime.connection import Connection
from jobsphere.realtime.reading import Readers, chunks
from jobsphere.realtime.room import places
from jobsphere.realtime.rules import (
    BEAT,
    EXPIRY_WARNING,
    GRACE,
    GREETING,
    HEARTBEAT,
    SESSIONS_EVERY,
    SWEEP_ALONE,
    SWEEP_PEOPLE_A_SECOND,
    SWEEP_WITH_BUS,
    Close,
)
from jobsphere.realtime.subscription import Subscription
from jobsphere.realtime.wire import Envelope, Kind
from jobsphere.users.selectors import actors_of_sessions
from jobsphere.watch import tracing
from jobsphere.watch.metrics import sockets_open

logger = structlog.get_logger("jobsphere.realtime")

#: Seconds between two looks at the clocks of all sockets.
TICK = 1.0
#: People in one query.
CHUNK = 500


class Hub:
    """Rooms of one event loop: who is connected, and who watches what."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.readers = Readers()
        self.connections: set[Connection] = set()
        #: By person. Tuples: they are small, and most people have one socket.
        self.rooms: dict[str, tuple[Connection, ...]] = {}
        self.watchers: dict[str, set[Connection]] = {}
        #: When people came or left (the loop's clock), until it was noted.
        self._moved: dict[str, float] = {}
        self._subscription = Subscription(self.receive, self._sweep) if settings.REDIS_URL else None
        self._tasks = [asyncio.ensure_future(each) for each in self._duties()]
        bus.listen(self.hear)

    def _duties(self) -> list[Awaitable[None]]:
        duties: list[Awaitable[None]] = [
            self._again(lambda: TICK, self._look_at_clocks),
            self._again(self._sweep_pause, self._sweep),
            self._again(lambda: SESSIONS_EVERY, self._look_at_sessions),
            self._again(lambda: TICK, self._note_moves),
            self._again(lambda: BEAT, self._note_all),
        ]
        return [*duties, self._subscription.run()] if self._subscription else duties

    async def close(self) -> None:
        """Stop listening; the sockets themselves are closed by the server that stops."""
        bus.leave(self.hear)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.readers.close()
        sockets_open(open_=0, signed_in=0, limit=0)

    # Who is there

    def enter(self, connection: Connection) -> None:
        """Let a socket hear what its person is told; the oldest go when the person has more than they may."""
        room = (*self.rooms.get(connection.user_id, ()), connection)
        for oldest in room[: -settings.SOCKETS_PER_PERSON]:
            oldest.end(Close.REPLACED)
        self.rooms[connection.user_id] = room
        if len(room) == 1:
            self._moved[connection.user_id] = self.loop.time()

    def leave(self, connection: Connection) -> None:
        """Forget a socket that is gone."""
        self.connections.discard(connection)
        for topic in connection.topics:
            self.unwatch(connection, topic)
        room = tuple(each for each in self.rooms.get(connection.user_id, ()) if each is not connection)
        if room:
            self.rooms[connection.user_id] = room
        elif self.rooms.pop(connection.user_id, None):
            self._moved[connection.user_id] = self.loop.time()

    def watch(self, connection: Connection, topic: str) -> None:
        """Let a socket hear what is broadcast to a topic; who may was asked before."""
        connection.topics |= {topic}
        self.watchers.setdefault(topic, set()).add(connection)

    def unwatch(self, connection: Connection, topic: str) -> None:
        """Let a socket hear no more of a topic."""
        connection.topics -= {topic}
        watching = self.watchers.get(topic, set())
        watching.discard(connection)
        if not watching:
            self.watchers.pop(topic, None)

    # What is said

    def hear(self, envelope: Envelope) -> None:
        """Take an envelope of this process from any thread."""
        try:
            self.loop.call_soon_threadsafe(self.receive, envelope)
        except RuntimeError:  # the loop has ended between the look and the call
            logger.info("said to a hub that has closed", type=envelope.type)

    def receive(self, envelope: Envelope) -> None:
        """Hand an envelope to the sockets that it is for."""
        if envelope.trace:
            with tracing.span(f"hint {envelope.kind}", kind="CONSUMER", parent=envelope.trace):
                self._receive(envelope)
        else:
            self._receive(envelope)

    def _receive(self, envelope: Envelope) -> None:
        match envelope.kind:
            case Kind.FRAMES:
                self._frames(envelope)
            case Kind.WHISPER:
                text = wire.frame(envelope.type, envelope.data)
                for user_id in envelope.to:
                    for connection in self.rooms.get(user_id, ()):
                        connection.deliver(text)
            case Kind.TOPIC:
                self._contradict(envelope)
                text = wire.frame(envelope.type, envelope.data)
                for connection in tuple(self.watchers.get(envelope.to[0], ())):
                    connection.deliver(text)
            case Kind.CHECK:
                people = [each for user_id in envelope.to for each in self.rooms.get(user_id, ())]
                self._spawn(self._check_sessions(people))

    def _frames(self, envelope: Envelope) -> None:
        for user_id, seq in envelope.to:
            room = self.rooms.get(user_id)
            if room is None:
                continue
            text = wire.frame(envelope.type, envelope.data, seq)
            for connection in room:
                if not connection.numbered(seq, text):
                    self.heal(connection)

    # What was lost

    def heal(self, connection: Connection) -> None:
        """Read what a socket has missed, once at a time."""
        if not connection.healing:
            connection.healing = True
            self._spawn(self.catch_up(connection))

    async def catch_up(self, connection: Connection) -> None:
        """Send a socket what it has missed, and return when it is up to date or gone."""
        await connection.catch_up(lambda user_id, seq: self.readers.ask(selectors.frames_after, UUID(user_id), seq))

    def _sweep_pause(self) -> float:
        """Return the seconds until the next look at the counters."""
        alone = self._subscription is None or not self._subscription.up
        return max(SWEEP_ALONE if alone else SWEEP_WITH_BUS, len(self.rooms) / SWEEP_PEOPLE_A_SECOND)

    async def _sweep(self) -> None:
        """Find whoever is behind their counter, because the bus lost something or another process has none."""
        for some in chunks(self.rooms, CHUNK):
            people = [UUID(user_id) for user_id in some]
            for user_id, present in (await self.readers.ask(selectors.present_seqs, people)).items():
                for connection in self.rooms.get(user_id, ()):
                    if connection.last_seq < present:
                        self.heal(connection)

    # What time does

    async def _look_at_clocks(self) -> None:
        """Ask silent clients for a sign of life, and end what is over: greetings, heartbeats, tokens."""
        self._count()
        now, machine_now = self.loop.time(), clock.machine_now().timestamp()
        for connection in tuple(self.connections):
            if connection.closing:
                continue
            silence = now - connection.heard_at
            if not connection.user_id:
                if silence > GREETING:
                    connection.end(Close.SIGNED_OUT)
            elif machine_now >= connection.expires_at:
                connection.end(Close.SIGNED_OUT)
            elif silence > 2 * HEARTBEAT:
                connection.end(Close.SILENT)
            else:
                _remind(connection, silence, connection.expires_at - machine_now)

    def _count(self) -> None:
        signed_in = sum(map(len, self.rooms.values()))
        sockets_open(open_=len(self.connections), signed_in=signed_in, limit=places())

    async def _look_at_sessions(self) -> None:
        """End the sockets of sessions that have ended without our hearing of it."""
        for some in chunks(self.rooms, CHUNK):
            await self._check_sessions([each for user_id in some for each in self.rooms.get(user_id, ())])

    async def _check_sessions(self, some: list[Connection]) -> None:
        """Close the sockets whose sessions are over; the others act with the roles and rights of now."""
        session_ids = {UUID(each.session_id) for each in some}
        living = await self.readers.ask(actors_of_sessions, session_ids) if session_ids else {}
        for connection in some:
            actor = living.get(UUID(connection.session_id))
            # A new token may have come meanwhile, of a session that was not asked for.
            if actor is not None:
                connection.actor = actor
            elif UUID(connection.session_id) in session_ids:
                connection.end(Close.SIGNED_OUT)

    # Who is here

    async def _note_moves(self) -> None:
        """Keep who came, and who left and did not come back at once."""
        now = self.loop.time()
        moved = [each for each, moment in self._moved.items() if each in self.rooms or now - moment > GRACE]
        for user_id in moved:
            del self._moved[user_id]
        for some in chunks(moved, CHUNK):
            here = [UUID(each) for each in some if each in self.rooms]
            gone = [UUID(each) for each in some if each not in self.rooms]
            await self.readers.ask(presence.note, here, gone)

    async def _note_all(self) -> None:
        """Say again who is here, so that they are not taken for gone."""
        for some in chunks(self.rooms, CHUNK):
            await self.readers.ask(presence.note, [UUID(each) for each in some], [])

    def _contradict(self, envelope: Envelope) -> None:
        """Look again when another process says that somebody has left: who has a socket here is here."""
        user_id = envelope.to[0].removeprefix(presence.TOPIC)
        if user_id in self.rooms and b'"online":false' in envelope.data:
            self._moved.setdefault(user_id, self.loop.time())

    async def _again(self, pause: Callable[[], float], duty: Callable[[], Awaitable[None]]) -> None:
        """Do something for as long as the hub lives, also after the database was away."""
        while True:
            await asyncio.sleep(pause())
            try:
                await duty()
            except DatabaseError as error:
                logger.warning("the database did not answer", error=type(error).__name__)

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(_quietly(work))
        self._tasks.append(task)
        task.add_done_callback(self._tasks.remove)


async def _quietly(work: Awaitable[None]) -> None:
    """Do something that the next look will make good for when the database is away."""
    try:
        await work
    except DatabaseError as error:
        logger.warning("the database did not answer", error=type(error).__name__)


def _remind(connection: Connection, silence: float, left: float) -> None:
    """Ask for a sign of life or for a new token, each once."""
    if silence > HEARTBEAT and not connection.asked:
        connection.asked = True
        connection.deliver('{"type":"ping","data":{}}')
    if left <= EXPIRY_WARNING and not connection.warned:
        connection.warned = True
        connection.say("expiring", {"seconds": int(left)})
