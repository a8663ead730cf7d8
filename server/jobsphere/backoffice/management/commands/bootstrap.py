"""Bring a database to where the marketplace can start: migrated, with its reference data."""

from typing import Any

from django.core.management import BaseCommand, call_command

from jobsphere.db.transactions import edge_transaction
from jobsphere.profiles.services import load_taxonomy


class Command(BaseCommand):
    """Safe to run at every start; the second time it changes nothing."""

    help = "Migrate the database and load categories and skills."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        with edge_transaction():
            load_taxonomy()
        self.stdout.write("The database is up to date.")
