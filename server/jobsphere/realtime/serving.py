"""How uvicorn carries sockets: beside HTTP (`serve`) or alone (`manage.py realtime`)."""

import signal
import socket
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings
from django.core.management import CommandError

from jobsphere.realtime.room import make_room
from jobsphere.realtime.rules import FRAME_SIZE

#: Seconds for which what was sent may stay unacknowledged before the kernel gives a connection up: without it a phone
#: that fell into the river would hold its buffers for a quarter of an hour.
UNACKNOWLEDGED = 30

#: Heartbeats are ours (rules.HEARTBEAT): a browser's script does not see those of the protocol. Frames are small, so
#: compression would cost more memory than it saves bytes; reverse proxies and TLS do not mind.
OPTIONS: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_max_size": 4 * FRAME_SIZE,
    "ws_ping_interval": None,
    "ws_ping_timeout": None,
    "ws_per_message_deflate": False,
    "lifespan": "on",
    "access_log": False,
    "log_level": "warning",
    "log_config": None,
    "server_header": False,
    "timeout_graceful_shutdown": settings.DRAIN_SECONDS,
}


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that accepts connections; they inherit that dead peers are given up. Raises OSError."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED * 1000)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def taken(host: str, port: int) -> socket.socket:
    """Take a port, or say plainly that it is in use."""
    try:
        return listening(host, port)
    except OSError as error:
        raise CommandError(
            f"Port {port} is in use or not allowed ({error.strerror}). Choose another: PORT={port + 1} make run"
        ) from error


def public_address(host: str, *, secure: bool) -> str:
    """Return where a page of this host finds the socket: SOCKET_URL, SOCKET_PORT of the same host, or its own."""
    if settings.SOCKET_URL or not settings.SOCKET_PORT:
        return settings.SOCKET_URL or "/ws/"
    name = urlsplit(f"//{host}").hostname or ""
    shown = f"[{name}]" if ":" in name else name
    return f"{'wss' if secure else 'ws'}://{shown}:{settings.SOCKET_PORT}/ws/"


class Server(uvicorn.Server):
    """Uvicorn that says when it really answers, and ends without a stack trace on Ctrl-C."""

    def __init__(self, application: str = "config.asgi:application", *, when_ready: Callable[[], object]) -> None:
        super().__init__(uvicorn.Config(application, **OPTIONS))
        self.when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.when_ready()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise CommandError("a server must run in the main thread, which receives the signals.")
        # After its own graceful stop, uvicorn raises the signal again: SIGTERM must then end as Ctrl-C does.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        make_room()
        try:
            super().run(sockets)
        except KeyboardInterrupt:
            return
