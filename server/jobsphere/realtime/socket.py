"""The socket of DESIGN §7 as an ASGI application: one coroutine for each connection, and what clients may say.

    {"type": "authenticate", "data": {"token": "…", "last_seq": 11}}     first, and again before the token ends
    {"type": "watch" | "unwatch", "data": {"topic": "presence:…"}}
    {"type": "pong", "data": {}}                                         to a "ping"; "ping" is answered, too
    {"type": <a command of an app>, "data": {…}}

The whole protocol is told in docs/realtime.md.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import orjson
import structlog
from structlog.contextvars import bound_contextvars

from jobsphere.kit.errors import DomainError
from jobsphere.realtime import commands, door, selectors, topics
from jobsphere.realtime.connection import Connection
from jobsphere.realtime.door import Welcome
from jobsphere.realtime.hub import Hub
from jobsphere.realtime.rules import FRAME_SIZE, HEARTBEAT, SINCE, TOPICS, Close
from jobsphere.users.errors import TokenInvalid
from jobsphere.watch import tracing

logger = structlog.get_logger("jobsphere.realtime")

#: What everybody may say; apps register the rest.
SPOKEN = frozenset({"authenticate", "watch", "unwatch", "ping", "pong"})

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Socket:
    """One connection in conversation: frames are understood one by one, so a client that hurries waits for itself."""

    __slots__ = ("connection", "hub")

    def __init__(self, hub: Hub, connection: Connection) -> None:
        self.hub = hub
        self.connection = connection

    async def run(self, receive: Receive) -> None:
        """Listen to the client until it is gone, or has said something that ends it."""
        self.hub.connections.add(self.connection)
        try:
            while (event := await receive())["type"] == "websocket.receive":
                if not self.connection.closing:
                    await self.hear(event.get("text"))
        finally:
            self.hub.leave(self.connection)

    async def hear(self, text: str | None) -> None:
        """Do what one frame asks for."""
        if not self.connection.hears(self.hub.loop.time()):
            self.connection.end(Close.TOO_FAST)
            return
        understood = _understood(text)
        if understood is None:
            self.connection.end(Close.BAD_FRAME)
            return
        kind, data = understood
        if not self.connection.user_id and kind != "authenticate":
            self.connection.end(Close.SIGNED_OUT)
            return
        named = kind if commands.command(kind) or kind in SPOKEN else "unknown"
        with bound_contextvars(**self._ids()), tracing.span(f"socket {named}", kind="SERVER"):
            await self._answer(kind, data)

    def _ids(self) -> dict[str, str]:
        """Return what ties lines of the log and traces to this socket and its person."""
        person = {"user_id": self.connection.user_id} if self.connection.user_id else {}
        return {"socket_id": f"{id(self.connection):x}", **person}

    async def _answer(self, kind: str, data: dict[str, Any]) -> None:
        try:
            await self._do(kind, data)
        except DomainError as refusal:
            self._refuse(kind, data, refusal.code, refusal.detail)
        except Exception as error:
            logger.exception("a frame could not be handled", type=kind, error=type(error).__name__)
            self._refuse(kind, data, "failed", "Something went wrong here; try again.")

    async def _do(self, kind: str, data: dict[str, Any]) -> None:
        match kind:
            case "authenticate":
                await self._authenticate(data)
            case "watch":
                await self._watch(data)
            case "unwatch":
                self.hub.unwatch(self.connection, str(data.get("topic")))
            case "ping":
                self.connection.say("pong", {})
            case "pong":
                pass
            case _:
                await self._command(kind, data)

    async def _authenticate(self, data: dict[str, Any]) -> None:
        """Let the client in, or go on with the same person under a new token."""
        connection = self.connection
        try:
            welcome = await self.hub.readers.ask(door.identify, str(data.get("token")))
        except TokenInvalid:
            connection.end(Close.SIGNED_OUT)
            return
        known = connection.user_id
        if known and known != str(welcome.identity.pk):
            connection.end(Close.SIGNED_OUT)
            return
        _take(connection, welcome)
        if known:
            connection.say("renewed", {"expires_at": int(welcome.expires_at)})
        else:
            await self._begin(data)

    async def _begin(self, data: dict[str, Any]) -> None:
        """Enter the person's room first and read afterwards, so that nothing falls between."""
        connection, after = self.connection, _number(data.get("last_seq"))
        self.hub.enter(connection)
        ask, person = self.hub.readers.ask, UUID(connection.user_id)
        if after is None:
            connection.last_seq = await ask(selectors.seq_before, person, min(_number(data.get("since")) or 0, SINCE))
        else:
            connection.last_seq = after
        ready = {"seq": connection.last_seq, "expires_at": int(connection.expires_at), "heartbeat": HEARTBEAT}
        connection.say("ready", ready)
        present = await ask(selectors.present_seq, person)
        if connection.last_seq > present:  # a number that we never gave: the database was put back
            connection.resync(present)
        await self.hub.catch_up(connection)

    async def _watch(self, data: dict[str, Any]) -> None:
        topic = str(data.get("topic"))
        allowed = len(self.connection.topics) < TOPICS or topic in self.connection.topics
        if not allowed or not await self.hub.readers.ask(topics.may_watch, self.connection.actor, topic):
            self._refuse("watch", data, "not-found", "There is no such topic, or it is not for you.")
            return
        if not self.connection.closing:
            self.hub.watch(self.connection, topic)
            self.connection.say("watching", {"topic": topic})

    async def _command(self, kind: str, data: dict[str, Any]) -> None:
        command = commands.command(kind)
        if command is None:
            self._refuse(kind, data, "unknown", "Nobody here understands this type.")
            return
        values = command.understood(data)
        if not await self.hub.readers.ask(door.may_say, command, self.connection.user_id):
            self._refuse(kind, data, "throttled", f"At most {command.rate}.")
            return
        await self.hub.readers.ask(command.handle, self.connection.actor, values)

    def _refuse(self, kind: str, data: dict[str, Any], code: str, detail: str) -> None:
        about = {"topic": str(data["topic"])[: topics.TOPIC_LENGTH]} if "topic" in data else {}
        self.connection.say("error", {"re": kind[:40], "code": code, "detail": detail, **about})


def _understood(text: str | None) -> tuple[str, dict[str, Any]] | None:
    """Return type and data of a frame; None for what is none."""
    if text is None or len(text) > FRAME_SIZE:
        return None
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("type"), str):
        return None
    data = given.get("data", {})
    return (given["type"], data) if isinstance(data, dict) else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _take(connection: Connection, welcome: Welcome) -> None:
    connection.actor = welcome.identity.actor
    connection.user_id = str(welcome.identity.pk)
    connection.session_id = str(welcome.identity.session_id)
    connection.expires_at = welcome.expires_at
    connection.warned = False
