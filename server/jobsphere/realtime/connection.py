"""One socket: what it may send, what it was sent, and what waits for it.

Thousands of these sit idle in a process, so each is one small object: no task, queue or timer of its own.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Generator
from types import coroutine
from typing import Any

from jobsphere.kit.actor import VISITOR, Actor
from jobsphere.realtime import wire
from jobsphere.realtime.rules import BACKLOG_BYTES, FRAMES_A_SECOND, FRAMES_AT_ONCE, Close

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Connection:
    """The server's side of a socket. Belongs to the thread of its event loop."""

    __slots__ = (
        "_allowance",
        "_backlog",
        "_backlog_size",
        "_send",
        "_writer",
        "actor",
        "asked",
        "behind",
        "closing",
        "expires_at",
        "healing",
        "heard_at",
        "last_seq",
        "session_id",
        "topics",
        "user_id",
        "warned",
    )

    def __init__(self, send: Send, now: float) -> None:
        self._send = send
        self._backlog: deque[dict[str, Any]] | None = None
        self._backlog_size = 0
        self._writer: asyncio.Task[None] | None = None
        self._allowance = float(FRAMES_AT_ONCE)
        self.actor: Actor = VISITOR
        self.user_id = ""
        self.session_id = ""
        #: When the token ends, in seconds of the machine's clock.
        self.expires_at = 0.0
        self.warned = False
        #: When the client was last heard (the loop's clock), and whether it was asked for a sign of life since.
        self.heard_at = now
        self.asked = False
        #: The number of the last frame that was sent.
        self.last_seq = 0
        #: What is missing is being read (from the first moment on); what comes meanwhile is read, too.
        self.healing = True
        #: The highest number that was seen, or announced, and not sent.
        self.behind = 0
        self.topics: frozenset[str] = frozenset()
        self.closing = False

    def hears(self, now: float) -> bool:
        """Note a frame of the client; False when it sends more than it may."""
        self._allowance = min(FRAMES_AT_ONCE, self._allowance + (now - self.heard_at) * FRAMES_A_SECOND) - 1
        self.heard_at, self.asked = now, False
        return self._allowance >= 0

    def say(self, type: str, data: dict[str, Any]) -> None:  # noqa: A002  the wire's word
        """Send a frame that is for this socket alone."""
        self.deliver(wire.frame(type, wire.encode(data)))

    def numbered(self, seq: int, text: str) -> bool:
        """Send a numbered frame if it is the next one; False when there is one missing before it."""
        if not self.healing and seq == self.last_seq + 1:
            self.last_seq = seq
            self.deliver(text)
            return True
        self.behind = max(self.behind, seq)
        return self.healing or seq <= self.last_seq

    async def catch_up(self, read: Callable[[str, int], Awaitable[tuple[int, dict[int, str]]]]) -> None:
        """Send what is missing, page by page and no faster than the client reads; "resync" where it is kept no more.

        `read(person, number)` returns the present number and some of the frames after that one.
        """
        self.healing = True
        try:
            while not self.closing:
                present, frames = await read(self.user_id, self.last_seq)
                if self.last_seq < present and self.last_seq + 1 not in frames:
                    self.resync(present)
                while self._backlog_size < BACKLOG_BYTES // 2 and (text := frames.get(self.last_seq + 1)):
                    self.last_seq += 1
                    self.deliver(text)
                if self._writer:
                    await asyncio.wait([self._writer])
                if self.last_seq >= max(present, self.behind):
                    return
        finally:
            self.healing = False

    def resync(self, present: int) -> None:
        """Tell the client to ask for everything afresh, and go on from the present number."""
        self.last_seq = present
        self.deliver(wire.frame("resync", b"{}", present))

    def deliver(self, text: str) -> None:
        """Send a frame now, or after those that wait; drop the client when too much waits."""
        if self.closing:
            return
        if self._backlog is None:
            self._start({"type": "websocket.send", "text": text})
            return
        self._backlog.append({"type": "websocket.send", "text": text})
        self._backlog_size += len(text)
        if self._backlog_size > BACKLOG_BYTES:
            self.end(Close.SLOW)

    def end(self, code: Close) -> None:
        """Close the socket, without what still waits; the client comes back with its last number."""
        if self.closing:
            return
        self.closing = True
        message = {"type": "websocket.close", "code": int(code), "reason": code.name.lower()}
        if self._backlog is None:
            self._start(message)
        else:
            self._backlog.clear()
            self._backlog.append(message)

    def _start(self, message: dict[str, Any]) -> None:
        """Begin to send. What the transport takes at once, nearly always, costs neither a task nor a turn of the loop.

        A coroutine may be begun by hand; only where it waits for a slow client a task goes on with it.
        """
        sending = self._send(message).__await__()
        try:
            waiting = sending.send(None)
        except StopIteration:
            return
        except OSError:  # the client is gone; its own task will hear of it
            self.closing = True
            return
        self._backlog, self._backlog_size = deque(), 0
        self._writer = asyncio.ensure_future(self._go_on(sending, waiting))

    async def _go_on(self, sending: Generator[Any, Any, None], waiting: Any) -> None:
        """Finish what was begun and then send what has come meanwhile."""
        try:
            await _finished(sending, waiting)
            while self._backlog:
                message = self._backlog.popleft()
                self._backlog_size -= len(message.get("text", ""))
                await self._send(message)
        except OSError:
            self.closing = True
        finally:
            self._backlog = self._writer = None
            self._backlog_size = 0


@coroutine
def _finished(begun: Generator[Any, Any, None], waiting: Any) -> Generator[Any, Any, None]:
    """Go on with a coroutine that was begun by hand and now waits for a future."""
    while True:
        try:
            answer = yield waiting
        except BaseException as error:  # noqa: BLE001  a cancelled task is told so where it waits
            step = lambda error=error: begun.throw(error)  # noqa: E731
        else:
            step = lambda answer=answer: begun.send(answer)  # noqa: E731
        try:
            waiting = step()
        except StopIteration:
            return
