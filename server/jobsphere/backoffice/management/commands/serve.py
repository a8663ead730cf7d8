"""Serve the whole marketplace from one process: HTTP, the worker and, on the first start, a demo marketplace."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command
from django.db import connection, connections

from jobsphere.outbox.worker import Worker
from jobsphere.payments.gateways.registry import get_controls, is_sandbox, sandboxes
from jobsphere.realtime.serving import Server, taken


class Command(BaseCommand):
    """One process group, stopped cleanly by Ctrl-C: the request and the task at hand are finished first."""

    help = "Migrate, fill a demo marketplace on the first start, and serve with an embedded worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-demo", action="store_true", help="start with an empty marketplace")

    def handle(self, *args: Any, host: str, port: int, no_demo: bool, **options: Any) -> None:
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
