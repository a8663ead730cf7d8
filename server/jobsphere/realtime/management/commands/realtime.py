"""Serve sockets from a process of their own; run as many as there are people."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser
from django.db import connections

from jobsphere.realtime.serving import Server, taken

#: Where seed 001 expects the socket when nothing else is said.
DEFAULT_PORT = 3001


class Command(BaseCommand):
    """Beside any HTTP server and worker: they reach these sockets through Redis, or within a second without it."""

    help = "Serve the socket alone (SOCKET_PORT, 3001). Several processes need REDIS_URL to be quick."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
        parser.add_argument("--port", type=int, default=settings.SOCKET_PORT or DEFAULT_PORT)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        listener = taken(host, port)
        connections.close_all()
        ready = f"Sockets at ws://{host}:{port}/ws/"
        Server("config.sockets:application", when_ready=lambda: self.stdout.write(ready)).run([listener])
        self.stdout.write("Stopped; everybody was told to come back elsewhere.")
