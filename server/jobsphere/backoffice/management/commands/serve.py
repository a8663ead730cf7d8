"""Serve the whole marketplace from one process: HTTP, the worker and, on the first start, a demo marketplace."""

import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import connection, connections

from jobsphere.outbox.worker import Worker
from jobsphere.payments.gateways.registry import get_controls


class Command(BaseCommand):
    """One process group, stopped cleanly by Ctrl-C: the request and the task at hand are finished first."""

    help = "Migrate, fill a demo marketplace on the first start, and serve with an embedded worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-demo", action="store_true", help="start with an empty marketplace")

    def handle(self, *args: Any, host: str, port: int, no_demo: bool, **options: Any) -> None:
        refuse_taken_port(host, port)
        if settings.GATEWAY == "sandbox":
            call_command("seed_demo", discard_unfinished=True, stdout=self.stdout)
        call_command("bootstrap", verbosity=0, stdout=self.stdout)
        if settings.GATEWAY == "sandbox" and not no_demo:
            call_command("seed_demo", if_empty=True, stdout=self.stdout)
        if settings.GATEWAY == "sandbox":
            # Its bank is quick, so that a person sees the whole way of the money.
            get_controls().set(payout_in_transit_after=2, payout_paid_after=4)
        # Connections of this thread are not used while the server runs.
        connections.close_all()
        worker = Worker(threads=1 if connection.vendor == "sqlite" else 2)
        worker.start()
        try:
            Server(config(host, port), when_ready=lambda: self.stdout.write(banner(port))).run()
        finally:
            self.stdout.write("Stopping: finishing what is under way …")
            worker.stop()
            self.stdout.write("Stopped. Nothing was lost; start again with: make run")


class Server(uvicorn.Server):
    """Uvicorn that says when it really answers, and ends without a stack trace on Ctrl-C."""

    def __init__(self, config: uvicorn.Config, *, when_ready: Callable[[], object]) -> None:
        super().__init__(config)
        self.when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.when_ready()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise CommandError("serve must run in the main thread, which receives the signals.")
        # After its own graceful stop, uvicorn raises the signal again: SIGTERM must then end as Ctrl-C does.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            super().run(sockets)
        except KeyboardInterrupt:
            return


def config(host: str, port: int) -> uvicorn.Config:
    """Return how the embedded server runs; a stopped server drains requests for at most 20 seconds."""
    return uvicorn.Config(
        "config.asgi:application",
        host=host,
        port=port,
        lifespan="off",
        access_log=False,
        log_level="warning",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=20,
    )


def refuse_taken_port(host: str, port: int) -> None:
    """Say plainly that the port is in use, before minutes are spent on the demo data."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is in use or not allowed ({error.strerror}). Choose another: PORT={port + 1} make run"
            ) from error


def banner(port: int) -> str:
    """Return what a newcomer needs to read: the address, the logins, what to try."""
    lines = [
        "",
        f"  JobSphere is ready:  http://localhost:{port}/",
        f"  API documentation:   http://localhost:{port}/api/docs/",
        "",
        *demo_lines(),
        "  In another terminal:  make demo   plays a job of $1000 from posting to payout",
        "  Ctrl-C stops; the data stays.",
        "",
    ]
    return "\n".join(lines)


def demo_lines() -> list[str]:
    """Return the demo logins, when the demo marketplace was loaded here."""
    note = settings.DATA_DIR / "demo-logins.txt"
    return [*note.read_text(encoding="utf-8").splitlines(), ""] if note.exists() else []
