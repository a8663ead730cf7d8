"""Fixtures for every test: the database, the cast, the worker."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from jobsphere.kit import clock

pytest_plugins = ["tests.cast", "tests.marketplace", "tests.sandbox"]


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
def _flush_that_append_only_tables_allow() -> Iterator[None]:
    """Empty all tables between transactional tests, which our append-only triggers would refuse on SQLite.

    The triggers are dropped for the flush and put back from SQLite's own catalogue.
    """
    case_class: Any = TransactionTestCase
    original = case_class._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with without_triggers():
            original(case)

    case_class._fixture_teardown = teardown
    yield
    case_class._fixture_teardown = original


class without_triggers:  # noqa: N801  reads as a statement
    """Run a block on a SQLite database whose triggers are put aside; does nothing on PostgreSQL."""

    def __enter__(self) -> None:
        self.statements: list[str] = []
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            rows = cursor.fetchall()
            self.statements = [sql for _, sql in rows]
            for name, _ in rows:
                cursor.execute(f'DROP TRIGGER "{name}"')

    def __exit__(self, *error: object) -> None:
        if self.statements:
            with connection.cursor() as cursor:
                # An app may have put its own back already, after the flush's post_migrate.
                cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
                there = {row[0] for row in cursor.fetchall()}
                for statement in self.statements:
                    if statement not in there:
                        cursor.execute(statement)
