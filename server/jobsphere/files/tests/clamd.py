"""A scanner that speaks clamd's INSTREAM, over TCP or a unix socket, and knows one virus."""

import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

#: Not the EICAR text itself, so that no scanner deletes this file.
VIRUS = b"%PDF-1.7 " + b"X5O!P%@AP" + b"[4\\PZX54(P^)7CC)7}$" + b"TEST-ONLY\n%%EOF"


class _Clamd(socketserver.BaseRequestHandler):
    server: Any

    def handle(self) -> None:
        if self.server.mood == "hang up":
            return None
        assert self._exactly(10) == b"zINSTREAM\0"
        stream = b""
        while length := struct.unpack("!L", self._exactly(4))[0]:
            stream += self._exactly(length)
            if len(stream) > self.server.limit:
                return self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        self.server.seen.append(len(stream))
        self.request.sendall(b"stream: Test-Signature FOUND\0" if b"TEST-ONLY" in stream else b"stream: OK\0")
        return None

    def _exactly(self, length: int) -> bytes:
        found = b""
        while len(found) < length:
            part = self.request.recv(length - len(found))
            if not part:
                raise ConnectionError
            found += part
        return found


class _Unix(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def clamd(path: Path | None = None, *, mood: str = "", limit: int = 25_000_000) -> Iterator[tuple[str, list[int]]]:
    """Run the scanner; yields its CLAMAV_URL, and the sizes that it has seen."""
    server: Any = _Unix(str(path), _Clamd) if path else _Tcp(("127.0.0.1", 0), _Clamd)
    server.mood, server.limit, server.seen = mood, limit, []
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield (f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"), server.seen
    finally:
        server.shutdown()
        server.server_close()
