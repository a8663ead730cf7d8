"""Thousands of sockets in one process, with as little of their own as can be: what is measured is the server."""

import asyncio
import base64
import os
import time
from collections.abc import Callable

GREETING = (
    "GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Client(asyncio.Protocol):
    """One socket. `arrived` is called with each frame that carries a moment ("at"), and when it came."""

    def __init__(self, token: str, arrived: Callable[[int], None]) -> None:
        self.token = token
        self.arrived = arrived
        self.ready = asyncio.get_running_loop().create_future()
        self.watching = asyncio.get_running_loop().create_future()
        self.lost = False
        self._open = False
        self._bytes = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(GREETING.format(key=key).encode())

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True
        for waiting in (self.ready, self.watching):
            if not waiting.done():
                waiting.cancel()

    def data_received(self, data: bytes) -> None:
        self._bytes += data
        if not self._open:
            head, found, rest = self._bytes.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.splitlines()[0] + b" ":
                self.transport.close()
                return
            self._open, self._bytes = True, rest
            self.say(f'{{"type":"authenticate","data":{{"token":"{self.token}"}}}}')
        while (frame := self._frame()) is not None:
            self._hear(frame)

    def _frame(self) -> bytes | None:
        given = self._bytes
        if len(given) < 2:
            return None
        length, start = given[1] & 127, 2
        if length == 126:
            length, start = int.from_bytes(given[2:4], "big"), 4
        if len(given) < start + length:
            return None
        self._bytes = given[start + length :]
        return given[start : start + length] if given[0] & 15 == 1 else b""

    def _hear(self, frame: bytes) -> None:
        at = frame.find(b'"at":')
        if at >= 0:
            digits = frame[at + 5 :]
            self.arrived(time.monotonic_ns() - int(digits[: digits.find(b"}")]))
        elif b'"ready"' in frame:
            self.ready.set_result(None)
        elif b'"watching"' in frame:
            self.watching.set_result(None)
        elif b'"ping"' in frame:
            self.say('{"type":"pong"}')

    def say(self, text: str) -> None:
        """Send a text frame, masked with zeros as nobody looks."""
        data = text.encode()
        head = bytes([0x81, 0x80 | len(data)]) if len(data) < 126 else b"\x81\xfe" + len(data).to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + data)


async def connect(port: int, tokens: list[str], arrived: Callable[[int], None], at_once: int = 50) -> list[Client]:
    """Open a socket for each token and wait until each is ready, so many at a time."""
    loop = asyncio.get_running_loop()
    gate = asyncio.Semaphore(at_once)

    async def one(token: str) -> Client:
        async with gate:
            _, client = await loop.create_connection(lambda: Client(token, arrived), "127.0.0.1", port)
            try:
                await asyncio.wait_for(client.ready, 60)
            except (TimeoutError, asyncio.CancelledError):
                client.lost = True
            return client

    return list(await asyncio.gather(*[one(token) for token in tokens]))
