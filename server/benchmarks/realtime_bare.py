"""The rival: the least that a server of sockets over Redis can be. No sign-in, no numbers, no limits, no back-pressure.

One dictionary of senders, one subscription to Redis, one `await send` for each delivery, under the same uvicorn with
the same options as ours.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import redis.asyncio as redis

from benchmarks.realtime_names import BARE_CHANNEL

Send = Callable[[dict[str, Any]], Awaitable[None]]

people: dict[str, Send] = {}
everybody: set[Send] = set()
listening: "list[asyncio.Future[None]]" = []


async def listen() -> None:
    """Deliver what Redis says: to one person, or to everybody."""
    subscriber = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=None).pubsub(
        ignore_subscribe_messages=True
    )
    await subscriber.subscribe(BARE_CHANNEL)
    async for message in subscriber.listen():
        given = orjson.loads(message["data"])
        event = {"type": "websocket.send", "text": given["text"]}
        if given["to"] == "*":
            for watching in tuple(everybody):
                await watching(event)
        elif person := people.get(given["to"]):
            await person(event)


async def application(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """Serve one socket: its first frame is the person's name, and whether they watch."""
    if scope["type"] != "websocket":
        return
    await receive()
    if not listening:
        listening.append(asyncio.ensure_future(listen()))
    await send({"type": "websocket.accept"})
    name = ""
    try:
        while (event := await receive())["type"] == "websocket.receive":
            given = orjson.loads(event["text"])
            if given["type"] == "authenticate":
                name = given["data"]["token"]
                people[name] = send
                await send({"type": "websocket.send", "text": '{"type":"ready"}'})
            elif given["type"] == "watch":
                everybody.add(send)
                await send({"type": "websocket.send", "text": '{"type":"watching"}'})
    finally:
        people.pop(name, None)
        everybody.discard(send)
