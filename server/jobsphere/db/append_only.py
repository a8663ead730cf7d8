"""Tables whose rows are written once: the database itself refuses UPDATE and DELETE, on both engines.

In a migration, after the table is made: `AppendOnly("audit_auditentry")`.

**The door** (ADR 0017). Rows that are kept for a period and not for good leave through `door(table, before=…)`, if a
migration has given the table one: `Door("audit_auditentry", at_least=timedelta(days=30))`. The database then lets a
DELETE pass when the open transaction has opened the door, the row is older than what the door says, *and* it is older
than `at_least` by the database's own clock, whatever anybody says. An opened door is a row that is gone before the
commit, so no other connection ever sees one. `accounts.cleaning` alone opens it, with an audit entry each time.

What stays possible, knowingly: TRUNCATE on PostgreSQL (tests flush with it; only the table's owner may), a superuser
who sets `session_replication_role`, and `INSERT OR REPLACE` on SQLite, which Django never writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from jobsphere.db.transactions import require_transaction

#: The tables whose door is open in this transaction; always empty for everybody else.
DOORS = "append_only_door"

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION jobsphere_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


_DOOR_FUNCTION = """
CREATE OR REPLACE FUNCTION jobsphere_refuse_young() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.created_at < now() - make_interval(days => TG_ARGV[0]::int) AND EXISTS (
        SELECT 1 FROM append_only_door WHERE table_name = TG_TABLE_NAME AND OLD.created_at < before
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


@contextmanager
def door(table: str, *, before: datetime) -> Iterator[None]:
    """Let this transaction delete rows of a table with a door that are older than `before`, for as long as the block.

    Raises what the database raises for a younger row (IntegrityError); then the transaction is over, and the door too.
    """
    require_transaction()
    moment = connection.ops.adapt_datetimefield_value(before)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {DOORS} (table_name, before) VALUES (%s, %s)", [table, moment])  # noqa: S608  ours
        yield
        cursor.execute(f"DELETE FROM {DOORS} WHERE table_name = %s", [table])  # noqa: S608  ours


class AppendOnly(Operation):
    """Refuse UPDATE and DELETE on a table; they raise django.db.IntegrityError."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that the models know of."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the triggers."""
        for statement in create_statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the triggers."""
        for statement in drop_statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Refuse UPDATE and DELETE on {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_append_only"


class Door(Operation):
    """Give an append-only table a door for rows that are older than `at_least`."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, at_least: timedelta) -> None:
        self.table = table
        self.at_least = at_least

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that the models know of."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Put triggers with a door in the place of those without."""
        vendor = schema_editor.connection.vendor
        for statement in [
            *drop_statements(vendor, self.table),
            *door_statements(vendor, self.table, days=self.at_least.days),
        ]:
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Close it for good."""
        vendor = schema_editor.connection.vendor
        for statement in [*drop_statements(vendor, self.table), *create_statements(vendor, self.table)]:
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Let rows of {self.table} that are older than {self.at_least.days} days leave through a door"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_door"


def create_statements(vendor: str, table: str) -> list[str]:
    """Return the SQL that makes a table append-only; raises NotImplementedError for another engine."""
    if vendor == "postgresql":
        return [
            _POSTGRESQL_FUNCTION,
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION jobsphere_refuse_change()",
        ]
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_append_only_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'append-only: {verb} on {table} is refused'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    raise NotImplementedError(f"append-only tables are not written for {vendor}")


def door_statements(vendor: str, table: str, *, days: int) -> list[str]:
    """Return the SQL that makes a table append-only except for its door; raises NotImplementedError as above."""
    if vendor == "postgresql":
        return [
            f"CREATE TABLE IF NOT EXISTS {DOORS} (table_name varchar(64) PRIMARY KEY, before timestamptz NOT NULL)",
            _DOOR_FUNCTION,
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION jobsphere_refuse_young('{days}')",
        ]
    if vendor == "sqlite":
        update, _ = create_statements(vendor, table)
        opened = f"SELECT 1 FROM {DOORS} WHERE table_name = '{table}' AND OLD.created_at < before"  # noqa: S608  ours
        return [
            f"CREATE TABLE IF NOT EXISTS {DOORS} (table_name varchar(64) PRIMARY KEY, before datetime NOT NULL)",
            update,
            f"CREATE TRIGGER {table}_append_only_delete BEFORE DELETE ON {table}"
            f" WHEN OLD.created_at >= datetime('now', '-{days} days') OR NOT EXISTS ({opened})"
            f" BEGIN SELECT RAISE(ABORT, 'append-only: DELETE on {table} is refused'); END",
        ]
    raise NotImplementedError(f"doors are not written for {vendor}")


def drop_statements(vendor: str, table: str) -> list[str]:
    """Return the SQL that makes a table an ordinary one again."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER {table}_append_only ON {table}"]
    return [f"DROP TRIGGER {table}_append_only_{verb}" for verb in ("update", "delete")]
