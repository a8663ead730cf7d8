"""Tables whose rows are written once: the database itself refuses UPDATE and DELETE, on both engines.

In a migration, after the table is made: `AppendOnly("audit_auditentry")`.

What stays possible, knowingly: TRUNCATE on PostgreSQL (tests flush with it; only the table's owner may), a superuser
who sets `session_replication_role`, and `INSERT OR REPLACE` on SQLite, which Django never writes.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION jobsphere_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


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


def drop_statements(vendor: str, table: str) -> list[str]:
    """Return the SQL that makes a table an ordinary one again."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER {table}_append_only ON {table}"]
    return [f"DROP TRIGGER {table}_append_only_{verb}" for verb in ("update", "delete")]
