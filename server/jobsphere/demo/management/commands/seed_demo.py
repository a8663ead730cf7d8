"""Fill an empty marketplace with the demo city."""

import logging
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from jobsphere.demo import logins, unfinished
from jobsphere.demo.city import build
from jobsphere.users import selectors as users


class Command(BaseCommand):
    """Everything goes through the same verbs as a real marketplace, with the clock moved through a year."""

    help = "Fill an empty marketplace with a demo city (sandbox only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing, silently, when somebody is there")
        parser.add_argument("--discard-unfinished", action="store_true", help="only throw away a half-built city")

    def handle(self, *args: Any, if_empty: bool, discard_unfinished: bool, **options: Any) -> None:
        if discard_unfinished:
            self.discard()
            return
        if settings.GATEWAY != "sandbox":
            raise CommandError("The demo city is for the sandbox; this marketplace has a real gateway.")
        if users.anybody():
            if if_empty:
                return
            raise CommandError("Somebody lives here already. The demo city needs an empty marketplace.")
        self.stdout.write("Building the demo city: a year of work, told through the real verbs. Once only.")
        self.tenths = 0
        quiet = logging.getLogger("jobsphere")
        level, quiet.level = quiet.level, logging.ERROR
        # `serve` builds the city in its own process, which sends real letters afterwards.
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        try:
            with unfinished.building():
                jobs = build(self.show)
        except KeyboardInterrupt as interrupt:
            raise CommandError("Stopped before the demo city was whole. The next start builds it anew.") from interrupt
        finally:
            quiet.setLevel(level)
            settings.EMAIL_BACKEND = backend
        (settings.DATA_DIR / "demo-logins.txt").write_text(logins.notes(), encoding="utf-8")
        self.stdout.write(f"\rBuilt: {jobs} jobs.{' ' * 50}")

    def discard(self) -> None:
        """Throw away what an interrupted start has left, so that the demo is whole or not there."""
        try:
            if unfinished.discard():
                self.stdout.write("The demo city was interrupted while it was built: building it anew.")
        except unfinished.Inhabited as error:
            raise CommandError(str(error)) from error

    def show(self, share: float) -> None:
        """Show how far it is; on a terminal in place, elsewhere a line for each tenth."""
        bar = "█" * round(share * 30)
        if sys.stdout.isatty():
            self.stdout.write(f"\r  {bar:<30} {share:4.0%}", ending="")
            self.stdout.flush()
        elif int(share * 10) > self.tenths:
            self.tenths = int(share * 10)
            self.stdout.write(f"  {share:4.0%}")
