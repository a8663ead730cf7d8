"""`manage.py rehearse`: the exercises of the rehearsal, from the command line."""

import logging
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from jobsphere.backoffice.rehearsal import selectors, services, tour
from jobsphere.backoffice.rehearsal.exercises import EXERCISES, GROUPS
from jobsphere.backoffice.rehearsal.gate import is_available
from jobsphere.backoffice.rehearsal.tour import Played
from jobsphere.backoffice.rehearsal.types import Exercise, Parameter, Proof
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import DomainError


class Command(BaseCommand):
    """Lists the exercises, plays one, shows the stage, or plays all of them one after another."""

    help = "Rehearse disaster in sandbox mode: list, state, <exercise> [name=value …], or tour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("exercise", nargs="?", default="list", help="an exercise, or: list, state, tour")
        parser.add_argument("values", nargs="*", metavar="name=value", help="see the list for what it takes")
        parser.add_argument("--here", action="store_true", help="tour: on this marketplace instead of an empty one")

    def handle(self, *args: Any, exercise: str, values: list[str], here: bool, **options: Any) -> None:
        if not is_available():
            raise CommandError(
                "There is no rehearsal here: it needs the sandbox gateway, and never runs in production."
            )
        with quiet():
            self.run_one(exercise, values, here=here)

    def run_one(self, exercise: str, values: list[str], *, here: bool) -> None:
        """Do what was asked."""
        match exercise:
            case "list":
                self.show_list()
            case "state":
                self.show_state()
            case "tour" if here:
                self.tour()
            case "tour":
                self.tour_elsewhere()
            case _:
                self.play(exercise, values)

    def show_list(self) -> None:
        """Print every exercise with what it takes."""
        for group, title in GROUPS.items():
            self.stdout.write(f"\n{title}")
            for each in (one for one in EXERCISES if one.group == group):
                self.stdout.write(f"  {each.name:<16} {each.title}{_takes(each)}")
        self.stdout.write("\n  tour             All of them, one after another, on an empty marketplace (or --here)")

    def show_state(self) -> None:
        """Print the stage as it stands."""
        shown = selectors.state(SYSTEM)
        for gateway in shown.gateways:
            faults = ", ".join(f"{each.kind} on {each.target}" for each in gateway.faults) or "none"
            self.stdout.write(
                f"gateway   {gateway.name}: {'down' if gateway.down else 'up'}; faults that wait: {faults}"
            )
            self.stdout.write(f"events    {gateway.events_pending} pending, {gateway.events_withheld} kept back")
        days, seconds = divmod(shown.clock.ahead_seconds, 86_400)
        ahead = f"{days} days and {seconds // 3600} hours ahead" if shown.clock.ahead_seconds else "the machine's"
        self.stdout.write(f"clock     {shown.clock.now:%Y-%m-%d %H:%M} UTC, {ahead}")
        queue = shown.queue
        self.stdout.write(f"queue     {queue.due} due, {queue.scheduled} later, {queue.dead_letters} given up")
        if shown.last_mail:
            self.stdout.write(f"mail      {shown.last_mail.subject} (to {shown.last_mail.to})")

    def play(self, name: str, given: list[str]) -> None:
        """Play one exercise, print what happened, and fail when the books do not balance."""
        try:
            with edge_transaction():
                act = services.prepare(actor=SYSTEM, name=name, values=_values(given))
            outcome = services.play(name, act)
        except DomainError as refusal:
            raise CommandError(f"{refusal.detail}\nSee: manage.py rehearse list") from refusal
        for line in outcome.happened:
            self.stdout.write(line)
        self.stdout.write(f"Watch: {outcome.watch}")
        self.stdout.write(_verdict(outcome.books))
        self.complain(outcome.books)

    def tour(self) -> None:
        """Play the tour here and print its table."""
        self.stdout.write(f"{'':>3}  {'scene':<34} {'the books balance':<18} what happened")
        self.number = 0
        if not tour.play(self.tell):
            raise CommandError("The books did not balance all the time.", returncode=1)
        self.stdout.write(self.style.SUCCESS(f"{self.number} scenes; the books balanced after each of them."))

    def tell(self, played: Played) -> None:
        """Print one row of the table, and everything that was wrong."""
        self.number += 1
        verdict = "yes" if played.books.sound else "NO"
        told = played.happened[-1] if played.happened else ""
        self.stdout.write(f"{self.number:>3}  {played.scene.title:<34} {verdict:<18} {told}")
        for line in played.books.differences:
            self.stdout.write(self.style.ERROR(f"     {line}"))

    def tour_elsewhere(self) -> None:
        """Play the tour on an empty marketplace of its own, and leave nothing behind."""
        with tempfile.TemporaryDirectory(prefix="jobsphere-tour-") as folder:
            environment = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": ""}
            for arguments in (["bootstrap"], ["rehearse", "tour", "--here"]):
                self.stdout.flush()
                command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
                if subprocess.run(command, env=environment, check=False).returncode:
                    raise CommandError("The tour did not go as it should; see above.", returncode=1)

    def complain(self, books: Proof) -> None:
        """Exit with 1 when the books do not balance."""
        if not books.sound:
            raise CommandError("\n".join(books.differences), returncode=1)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep letters without printing them, and log errors only: what is printed here is the rehearsal."""
    logger, backend = logging.getLogger("jobsphere"), settings.EMAIL_BACKEND
    level, logger.level = logger.level, logging.ERROR
    if backend.endswith("KeepingMailBackend"):
        settings.EMAIL_BACKEND = backend.replace("KeepingMailBackend", "QuietMailBackend")
    try:
        yield
    finally:
        logger.level, settings.EMAIL_BACKEND = level, backend


def _values(given: list[str]) -> dict[str, str]:
    """Read name=value; raises CommandError for anything else."""
    pairs = [each.partition("=") for each in given]
    if any(not separator for _, separator, _ in pairs):
        raise CommandError("Write values as name=value, for example: days=3")
    return {name: value for name, _, value in pairs}


def _verdict(books: Proof) -> str:
    if not books.sound:
        return "The books balance: NO"
    return "The books balance: yes" if books.gateway_asked else "The books balance: yes (the gateway is down)"


def _takes(each: Exercise) -> str:
    return f"  [{' '.join(_shown(parameter) for parameter in each.parameters)}]" if each.parameters else ""


def _shown(parameter: Parameter) -> str:
    return f"{parameter.name}={parameter.default or '…'}"
