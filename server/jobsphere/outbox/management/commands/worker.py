"""Run the worker as a process of its own."""

import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jobsphere.outbox.worker import Worker, drain


class Command(BaseCommand):
    """Runs queued tasks until SIGTERM or SIGINT, then finishes those in hand."""

    help = "Run queued events and jobs. On SQLite run one worker; on PostgreSQL as many as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--threads", type=int, default=settings.WORKER_THREADS, help="tasks at once (SQLite: always 1)"
        )
        parser.add_argument("--drain", action="store_true", help="run what is due now, then end")
        parser.add_argument(
            "--grace",
            type=float,
            default=settings.DRAIN_SECONDS,
            help="seconds to finish tasks in hand when stopped; what is not finished then, another worker runs again",
        )
        parser.add_argument("--alive", default="", help="a file that is touched while the lease is renewed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["drain"]:
            self.stdout.write(f"{drain(max_seconds=3600)} tasks ran")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        alive = Path(options["alive"]) if options["alive"] else None
        worker = Worker(threads=options["threads"], when_renewed=alive.touch if alive else None)
        worker.start()
        stop.wait()
        if not worker.stop(options["grace"]):
            raise SystemExit("tasks in hand were not finished; they will be run again")
