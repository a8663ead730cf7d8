"""A database of the benchmarks' own, beside the one that DATABASE_URL names, gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


@contextmanager
def bench_database() -> Iterator[str]:
    """Make the database, migrate it and set Django up on it; raises SystemExit without a PostgreSQL."""
    origin = os.environ.get("DATABASE_URL", "")
    if not origin.startswith("postgres"):
        raise SystemExit("The benchmarks compare with PostgreSQL: set DATABASE_URL, or run `make bench`.")
    parts = urlsplit(origin)
    name = f"{parts.path.strip('/')}_bench"
    _administer(origin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _administer(origin, "CREATE DATABASE {}", name)
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    try:
        set_up_django()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield os.environ["DATABASE_URL"]
    finally:
        os.environ["DATABASE_URL"] = origin
        _administer(origin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def set_up_django() -> None:
    """Set Django up in this process, on the database that DATABASE_URL names by now."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def _administer(url: str, statement: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
