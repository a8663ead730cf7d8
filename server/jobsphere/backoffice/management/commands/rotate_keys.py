"""Seal again, with the first key of ENCRYPTION_KEYS, whatever an older key sealed."""

from argparse import ArgumentParser
from itertools import accumulate
from typing import Any

from django.core.management import BaseCommand

from jobsphere.db import encryption
from jobsphere.db.encryption_rotation import Store, stores


class Command(BaseCommand):
    """May be stopped and started again at any moment, and beside the running marketplace; it goes on where it was."""

    help = "Seal documents and secrets again with the first key of ENCRYPTION_KEYS. --check only counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=200, help="values a transaction (200)")
        parser.add_argument("--check", action="store_true", help="count what an older key seals, and change nothing")
        parser.add_argument("--new-key", action="store_true", help="print a fresh key and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self.stdout.write(encryption.new_key())
            return
        self.stdout.write(f"The current key is {encryption.key_ring().current}.")
        left = sum(self._one(store, options) for store in stores())
        if options["check"]:
            self.stdout.write(f"{left} values are sealed with an older key.")
        else:
            self.stdout.write("Everything is sealed with the current key; older ones may leave ENCRYPTION_KEYS.")

    def _one(self, store: Store, options: dict[str, Any]) -> int:
        total = store.outdated()
        if options["check"] or not total:
            self.stdout.write(f"{store.name}: {total} outdated")
            return total
        for done in accumulate(store.rotate(options["batch"])):
            self.stdout.write(f"{store.name}: {done} of {total}")
        return 0
