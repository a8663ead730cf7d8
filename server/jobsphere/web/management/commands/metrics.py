"""Print what Prometheus would read: for a look without a token, and for node_exporter's textfile folder."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jobsphere.watch import scraping


class Command(BaseCommand):
    """The same text as /metrics: what all processes of this machine have counted, and how things stand."""

    help = "Print the metrics of this machine; --only shows those whose name begins so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", help="for example jobsphere_queue")

    def handle(self, *args: Any, only: str, **options: Any) -> None:
        for line in scraping.exposition().decode().splitlines():
            if not only or line.removeprefix("# HELP ").removeprefix("# TYPE ").startswith(only):
                self.stdout.write(line)
