"""The triggers with which the database guards the books, the same rules on PostgreSQL and SQLite (README.md).

They are installed after every migrate, because Django remakes tables on SQLite and drops their triggers with them;
a system check names what is missing.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

from jobsphere.ledger import triggers_postgresql, triggers_sqlite

ACCOUNT, TRANSFER, ENTRY = "ledger_ledgeraccount", "ledger_transfer", "ledger_entry"
SEALED = ("ledger_dailystatement", "ledger_dailyline", "ledger_sealedtransfer")


def expected_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers that this engine must have."""
    return set(_engine(connection).TRIGGERS)


def installed_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of our triggers that are there and switched on."""
    with connection.cursor() as cursor:
        cursor.execute(_engine(connection).INSTALLED)
        return {row[0] for row in cursor.fetchall()}


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that should be there and are not."""
    return sorted(expected_triggers(connection) - installed_triggers(connection))


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return what should guard the books and does not: triggers and the models' constraints, in words."""
    missing = [f"the trigger {name}" for name in missing_triggers(connection)]
    with connection.cursor() as cursor:
        for model in apps.get_app_config("ledger").get_models():
            there = _constraints(connection, cursor, model._meta.db_table)
            missing += [
                f"the constraint {each.name}" for each in model._meta.constraints if f'"{each.name}"' not in there
            ]
    return missing


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place. Running it again changes nothing."""
    engine = _engine(connection)
    with connection.cursor() as cursor:
        for statement in engine.FUNCTIONS:
            cursor.execute(statement)
        for name in engine.TRIGGERS:
            for statement in engine.install(name):
                cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away: only for a migration on SQLite, which could not rename a table that they mention."""
    engine = _engine(connection)
    with connection.cursor() as cursor:
        for name in engine.TRIGGERS:
            cursor.execute(engine.drop(name))


def tables_exist(connection: BaseDatabaseWrapper, *more: str) -> bool:
    """Say whether the ledger has been migrated here; with SEALED, all of it."""
    return {ACCOUNT, TRANSFER, ENTRY, *more} <= set(connection.introspection.table_names())


def connect_signals(config: AppConfig) -> None:
    """Have the triggers put aside before a migration that needs it, and back after every one."""
    pre_migrate.connect(_before_migrate, sender=config, dispatch_uid="ledger.triggers")
    post_migrate.connect(_after_migrate, sender=config, dispatch_uid="ledger.triggers")


def _before_migrate(*, using: str, plan: Iterable[Any] = (), **_: Any) -> None:
    connection = connections[using]
    if connection.vendor == "sqlite" and plan and tables_exist(connection):
        drop_triggers(connection)


def _after_migrate(*, using: str, plan: Iterable[Any] | None = None, **_: Any) -> None:
    """Install what is new or missing; `flush` says so too, but without a plan and thus without anything new."""
    connection = connections[using]
    if tables_exist(connection, *SEALED) and (plan is not None or missing_triggers(connection)):
        install_triggers(connection)


@register(Tags.database)
def check_triggers(databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Fail `manage.py check --database default` when the books are not guarded."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if not router.allow_migrate(alias, "ledger") or not tables_exist(connection, *SEALED):
            continue
        errors += [
            Error(
                f"The database does not have the ledger's trigger '{name}'.",
                hint="Run `manage.py migrate`, which puts it back, then `manage.py reconcile`.",
                id="ledger.E001",
            )
            for name in missing_triggers(connection)
        ]
    return errors


def _constraints(connection: BaseDatabaseWrapper, cursor: Any, table: str) -> str:
    """Return a text with the quoted name of each constraint and index of a table.

    On SQLite what made the table and its indexes: foreign keys have no names elsewhere, and Django's introspection
    parses all of it, which takes a hundred times as long.
    """
    if connection.vendor == "sqlite":
        cursor.execute("SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND tbl_name = %s", [table])
        return "\n".join(sql for (sql,) in cursor.fetchall() if sql)
    return " ".join(f'"{name}"' for name in connection.introspection.get_constraints(cursor, table))


def _engine(connection: BaseDatabaseWrapper) -> Any:
    return triggers_postgresql if connection.vendor == "postgresql" else triggers_sqlite
