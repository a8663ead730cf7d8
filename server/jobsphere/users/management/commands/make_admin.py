"""`manage.py make_admin ada@example.com`: the operator makes the first administrator."""

import getpass
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import DomainError
from jobsphere.users import passwords, selectors, services


class Command(BaseCommand):
    help = "Make a person an administrator; makes the login too, where there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Administrator", help="for a new login")
        parser.add_argument("--password", default="", help="for a new login; asked for when it is not given")

    def handle(self, *args: Any, email: str, name: str, password: str, **options: Any) -> None:
        person = selectors.find_person(email=email)
        hashed = "" if person else self._hash(password, name=name, email=email)
        with edge_transaction():
            user_id = person.id if person else self._create(name, email, hashed)
            services.make_admin(actor=SYSTEM, user_id=user_id)
        self.stdout.write(f"{email} is an administrator.")

    def _hash(self, password: str, *, name: str, email: str) -> str:
        try:
            return passwords.hash_password(password or getpass.getpass("Password: "), name=name, email=email)
        except DomainError as error:
            raise CommandError(error.detail) from error

    def _create(self, name: str, email: str, password_hash: str) -> UUID:
        user_id = services.create_person(name=name, email=email, password_hash=password_hash, roles=[], verified=True)
        if user_id is None:
            raise CommandError(f"{email} has a closed account; use another address.")
        return user_id
