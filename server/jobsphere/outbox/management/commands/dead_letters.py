"""List, replay and drop dead letters from a shell."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import DomainError
from jobsphere.outbox import selectors, services


class Command(BaseCommand):
    """`dead_letters list`, `dead_letters replay <id>…|--all`, `dead_letters drop <id>…|--all`."""

    help = "Tasks that failed for the last time: list them, run them again, or drop them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["list", "replay", "drop"])
        parser.add_argument("ids", nargs="*", type=UUID)
        parser.add_argument("--all", action="store_true", help="every open dead letter")
        parser.add_argument("--handler", default="", help="only those of this handler or job")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "list":
            self._list(options["handler"])
            return
        ids = options["ids"] or (self._all_ids(options["handler"]) if options["all"] else [])
        if not ids and not options["all"]:
            raise CommandError("name the ids, or say --all")
        for dead_letter_id in ids:
            self._settle(options["action"], dead_letter_id)
        self.stdout.write(f"{options['action']}: {len(ids)}")

    def _list(self, handler: str) -> None:
        for letter in selectors.dead_letters(SYSTEM, handler=handler, limit=1000):
            self.stdout.write(
                f"{letter.id}  {letter.last_failed_at:%Y-%m-%d %H:%M:%S}  x{letter.attempts}  "
                f"{letter.handler}  {letter.error}"
            )

    def _all_ids(self, handler: str) -> list[UUID]:
        ids: list[UUID] = []
        while page := selectors.dead_letters(SYSTEM, handler=handler, before=ids[-1] if ids else None, limit=500):
            ids += [letter.id for letter in page]
        return ids

    def _settle(self, action: str, dead_letter_id: UUID) -> None:
        try:
            with edge_transaction():
                if action == "replay":
                    services.replay_dead_letter(dead_letter_id, actor=SYSTEM)
                else:
                    services.drop_dead_letter(dead_letter_id, actor=SYSTEM)
        except DomainError as error:
            raise CommandError(f"{dead_letter_id}: {error.detail}") from error
