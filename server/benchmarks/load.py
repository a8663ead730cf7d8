"""A load generator small enough not to be what is measured: keep-alive connections on one event loop, no parser.

`python -m benchmarks.load PORT SECONDS CONNECTIONS < paths` prints {"rate", "p50", "p99", "failures"} as JSON.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator

import uvloop


class Caller(asyncio.Protocol):
    """One connection: sends the next request as soon as the last answer is complete."""

    def __init__(self, requests: Iterator[bytes], took: list[float], failures: list[bytes]) -> None:
        self.requests, self.took, self.failures = requests, took, failures
        self.buffer = bytearray()
        self.expected = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        self.started = time.perf_counter()
        self.transport.write(next(self.requests))  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.expected and (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.buffer[:end]).lower()
            self.expected = end + 4 + int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        if self.expected and len(self.buffer) >= self.expected:
            self.took.append(time.perf_counter() - self.started)
            if not self.buffer.startswith(b"HTTP/1.1 200"):
                self.failures.append(bytes(self.buffer[:500]))
            self.buffer.clear()
            self.expected = 0
            self.send()


async def main(port: int, seconds: float, connections: int, paths: list[str]) -> None:
    """Call the paths in turn for so long, and print what came of it."""
    request = "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: application/json\r\n\r\n"
    requests = itertools.cycle([request.format(path, port).encode() for path in paths])
    took: list[float] = []
    failures: list[bytes] = []
    loop = asyncio.get_running_loop()
    for _ in range(connections):
        await loop.create_connection(lambda: Caller(requests, took, failures), "127.0.0.1", port)
    await asyncio.sleep(seconds)
    took.sort()
    found = {
        "rate": len(took) / seconds,
        "p50": took[len(took) // 2] * 1000,
        "p99": took[len(took) * 99 // 100] * 1000,
        "failures": [failure.decode(errors="replace") for failure in failures[:1]],
    }
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    _, port, seconds, connections = sys.argv
    uvloop.run(main(int(port), float(seconds), int(connections), sys.stdin.read().split()))
