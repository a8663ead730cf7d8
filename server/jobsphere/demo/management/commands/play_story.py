"""Play the story of the thousand dollars over HTTP, and show the books at its end (`make demo`)."""

import secrets
from argparse import ArgumentParser
from contextlib import ExitStack
from typing import Any

import httpx
from django.conf import settings
from django.core.management import BaseCommand, CommandError

from jobsphere.demo import logins
from jobsphere.demo.story.host import answers, make_admin, temporary_server
from jobsphere.demo.story.people import Person, StoryError
from jobsphere.demo.story.play import play
from jobsphere.demo.story.statement import expected, lines_of, verify

GATEWAYS = ("sandbox",)


class Command(BaseCommand):
    """Three people, one job, every cent; exits with 1 when anything is not as it should be."""

    help = "Play a job of $1000 from posting to payout over HTTP, against the running or a temporary server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="", help="a running server; by default the local one, or a temporary one")
        parser.add_argument("--temporary", action="store_true", help="play on a temporary server in any case")
        parser.add_argument("--gateway", default="sandbox", help=f"one of: {', '.join(GATEWAYS)}")
        parser.add_argument("--admin", default=logins.ADA.email, help="who reads the books at the end")
        parser.add_argument("--admin-password", default=logins.PASSWORD)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["gateway"] not in GATEWAYS:
            raise CommandError(
                f"The story is told in dollars, with a 3-D Secure card and a bank page of {', '.join(GATEWAYS)}: it is"
                f" not told on {options['gateway']!r}. Paystack pays to banks in NGN, GHS, KES and ZAR only; try it"
                " with GATEWAY=sandbox_paystack make run. Its stories: payments/tests/test_paystack_payouts.py."
            )
        self.number = 0
        try:
            with ExitStack() as stack:
                self.perform(stack, options)
        except (StoryError, httpx.HTTPError) as error:
            raise CommandError(str(error)) from error

    def perform(self, stack: ExitStack, options: dict[str, Any]) -> None:
        """Find the stage, play, and show the statement."""
        url, admin, password = options["url"].rstrip("/"), options["admin"], options["admin_password"]
        local = f"http://localhost:{settings.PORT}"
        if not url and not options["temporary"] and answers(local):
            url = local
        if not url:
            self.stdout.write("No server is running here: starting a temporary one …")
            url, environment = stack.enter_context(temporary_server())
            admin, password = f"ada.{secrets.token_hex(4)}@story.example", secrets.token_urlsafe(16)
            make_admin(admin, password, environment)
        self.stdout.write(f"Playing against {url}\n")
        tale = play(url, self.say)
        self.stdout.write("\nThe books of this contract\n")
        ada = Person("Ada Admin", url)
        ada.sign_in(admin, password)
        statement = ada.get(f"/api/admin/contracts/{tale.contract}/statement/")
        for line in [*lines_of(statement), "", *verify(statement, expected(tale.fees))]:
            self.stdout.write(line)

    def say(self, step: str, outcome: str) -> None:
        """Print one step and its status."""
        self.number += 1
        self.stdout.write(f"  {self.number:>2}. {step:<58} {outcome}")
