"""Serve the marketplace: all of it from one process (`make run`), or one role of it in a process of its own.

In production each role is a process that is started, scaled and stopped apart (docs/operations.md, ADR 0036).
"""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command
from django.db import connection, connections

from jobsphere.outbox.worker import Worker
from jobsphere.payments.gateways.registry import get_controls, is_sandbox, sandboxes
from jobsphere.realtime.serving import Server, taken


class Command(BaseCommand):
    """Stopped cleanly by Ctrl-C or SIGTERM: the requests, sockets and tasks at hand are finished first."""

    help = "Serve everything from one process, with a demo marketplace on the first start; or one role, in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", choices=("all", "web", "realtime", "worker"), default="all")
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
        parser.add_argument("--port", type=int, help=f"{settings.PORT}; with --role realtime 3001")
        parser.add_argument("--no-demo", action="store_true", help="start with an empty marketplace")
        parser.add_argument("--alive", default="", help="with --role worker: a file that is touched while it is well")

    def handle(self, *args: Any, role: str, host: str, port: int | None, **options: Any) -> None:
        match role:
            case "web":
                serve_web(host, port or settings.PORT)
            case "realtime":
                call_command("realtime", host=host, **({"port": port} if port else {}))
            case "worker":
                call_command("worker", alive=options["alive"])
            case _:
                self.serve_all(host, port or settings.PORT, no_demo=options["no_demo"])

    def serve_all(self, host: str, port: int, *, no_demo: bool) -> None:
        """Serve everything: what one machine without any server beside it runs."""
        # Taken before minutes are spent on the demo data, and kept.
        listeners = [taken(host, each) for each in sorted({port, settings.SOCKET_PORT or port})]
        if settings.GATEWAY == "sandbox":
            call_command("seed_demo", discard_unfinished=True, stdout=self.stdout)
        call_command("bootstrap", verbosity=0, stdout=self.stdout)
        if settings.GATEWAY == "sandbox" and not no_demo:
            call_command("seed_demo", if_empty=True, stdout=self.stdout)
        if is_sandbox(settings.GATEWAY):
            # Its bank is quick, so that a person sees the whole way of the money.
            for name in sandboxes():
                get_controls(name).set(payout_in_transit_after=2, payout_paid_after=4)
        if settings.GATEWAY == "sandbox" and not no_demo:
            # And it charges what a card costs, from here on: the demo city's year was free of charge.
            fees = {
                "fee_basis_points": settings.SANDBOX_FEE_BASIS_POINTS,
                "fee_fixed": settings.SANDBOX_FEE_FIXED,
            }
            get_controls().set(**fees)
        # Connections of this thread are not used while the server runs.
        connections.close_all()
        worker = Worker(threads=1 if connection.vendor == "sqlite" else 2)
        worker.start()
        try:
            Server(when_ready=lambda: self.stdout.write(banner(port))).run(listeners)
        finally:
            self.stdout.write("Stopping: finishing what is under way …")
            worker.stop()
            self.stdout.write("Stopped. Nothing was lost; start again with: make run")


def serve_web(host: str, port: int) -> None:
    """Become a server of HTTP: granian, the fastest for our synchronous views (STACK.md). Does not return.

    It takes this process's place, so that signals reach it. On SIGTERM it accepts no more, finishes the requests at
    hand, and ends.
    """
    # Whoever is refused before the first request learns why, and not from a worker that is started over and over.
    connections.close_all()
    options = {
        "interface": "wsgi",
        "http": "1",
        "host": host,
        "port": port,
        "workers": settings.WEB_PROCESSES,
        "blocking-threads": settings.WEB_THREADS,
        # One that hangs is replaced; one that drains is not killed sooner than it was promised.
        "workers-kill-timeout": settings.DRAIN_SECONDS,
        "working-dir": settings.BASE_DIR,
        "log-level": "warning",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    server = [sys.executable, "-m", "granian", *words, "--respawn-failed-workers", "config.wsgi:application"]
    os.execv(sys.executable, server)  # noqa: S606  no shell is wanted


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
