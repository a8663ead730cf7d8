"""Fixtures for every test: the database, the cast, the worker."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase

from jobsphere.kit import clock

pytest_plugins = ["tests.by_the_clock", "tests.cast", "tests.marketplace", "tests.sandbox"]


def pytest_configure(config: pytest.Config) -> None:
    """On SQLite, test against a file: an in-memory database cannot be shared by the threads of a race."""
    from django.conf import settings

    entry = settings.DATABASES["default"]
    if entry["ENGINE"].endswith("sqlite3"):
        worker = getattr(config, "workerinput", {}).get("workerid", "main")
        # Not a new dictionary: Django may have filled in its defaults already.
        name = f"test-{worker}-{id(config)}.sqlite3"
        # A tool may have prepared one, to be used with --reuse-db.
        prepared = os.environ.get("JOBSPHERE_TEST_DATABASE")
        entry.setdefault("TEST", {})["NAME"] = prepared or str(Path(settings.DATA_DIR) / name)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


@pytest.fixture(autouse=True)
def _clean_slate() -> Iterator[None]:
    """Throttles, caches and the clock start afresh in each test."""
    cache.clear()
    yield
    cache.clear()
    clock.set_offset(timedelta(0))


@pytest.fixture(scope="session", autouse=True)
def _flush_by_our_own_means() -> Iterator[None]:
    """Empty the tables between transactional tests with `empty_tables`.

    Django's flush would be refused by our append-only triggers on SQLite; on PostgreSQL it truncates a hundred empty
    tables, which takes seconds where deleting what is there takes milliseconds.
    """
    case_class: Any = TransactionTestCase
    original = case_class._fixture_teardown
    case_class._fixture_teardown = lambda case: empty_tables()
    yield
    case_class._fixture_teardown = original


#: What migrations fill, and the framework's tests rely on.
KEPT = {"django_content_type", "auth_permission"}


def empty_tables() -> None:
    """Delete every row there is, in one transaction. Append-only triggers look away meanwhile.

    Triggers that keep a search index in step still fire on SQLite: a word left there would name a person to the next
    test. On PostgreSQL that needs a superuser, as making a test database nearly always does.
    """
    tables = [name for name in connection.introspection.django_table_names() if name not in KEPT]
    some_row = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(some_row)
        filled = [name for (name,) in cursor.fetchall()]
        triggers = drop_refusals(cursor, filled) if connection.vendor == "sqlite" else []
        for name in filled:
            cursor.execute(f"DELETE FROM {name}")
        for statement in triggers:
            cursor.execute(statement)


def drop_refusals(cursor: Any, tables: list[str]) -> list[str]:
    """Drop the refusing triggers of these tables of SQLite; returns the statements that put them back."""
    cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'")
    found = [(name, sql) for name, sql, table in cursor.fetchall() if table in tables]
    for name, _ in found:
        cursor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]
