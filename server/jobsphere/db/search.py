# ruff: noqa: S608  table and column names come from migrations, never from people
"""Full text search from one declaration: a tsvector column with GIN on PostgreSQL, an FTS5 table on SQLite.

In a migration: `TextSearch("jobs_job", ["title", "description"])`; in a query: `matches("jobs_job", "kitchen tap")`.
Words are stemmed as English on both, the beginning of a word is enough, and all words must be there. The database
keeps the index itself (generated column; triggers), so no write can forget it. On SQLite a migration that rebuilds
the table drops its triggers: such a migration must end with `TextSearch` again (a test of the app notices).
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

MAX_WORDS = 12


class TextSearch(Operation):
    """Index the words of some columns of a table."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        self.table = table
        self.columns = list(columns)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that the models know of."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the index."""
        for statement in create_statements(schema_editor.connection.vendor, self.table, self.columns):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the index."""
        for statement in drop_statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Index the words of {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_text_search"


def create_statements(vendor: str, table: str, columns: Sequence[str]) -> list[str]:
    """Return the SQL that makes the index and fills it with the rows there are."""
    if vendor == "postgresql":
        vector = "to_tsvector('english', " + " || ' ' || ".join(columns) + ")"
        return [
            f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({vector}) STORED",
            f"CREATE INDEX {table}_words ON {table} USING gin (words)",
        ]
    names, old, new = (", ".join(f"{prefix}{name}" for name in columns) for prefix in ("", "old.", "new."))
    changes = ", ".join(f"{name} = new.{name}" for name in columns)
    return [
        *drop_statements(vendor, table),
        f"CREATE VIRTUAL TABLE {table}_words USING fts5(id UNINDEXED, {names}, tokenize = 'porter unicode61')",
        f"INSERT INTO {table}_words (id, {names}) SELECT id, {names} FROM {table}",
        f"CREATE TRIGGER {table}_words_insert AFTER INSERT ON {table}"
        f" BEGIN INSERT INTO {table}_words (id, {names}) VALUES (new.id, {new}); END",
        f"CREATE TRIGGER {table}_words_update AFTER UPDATE OF {names} ON {table}"
        f" WHEN ({old}) IS NOT ({new})"
        f" BEGIN UPDATE {table}_words SET {changes} WHERE id = new.id; END",
        f"CREATE TRIGGER {table}_words_delete AFTER DELETE ON {table}"
        f" BEGIN DELETE FROM {table}_words WHERE id = old.id; END",
    ]


def drop_statements(vendor: str, table: str) -> list[str]:
    """Return the SQL that takes the index away."""
    if vendor == "postgresql":
        return [f"ALTER TABLE {table} DROP COLUMN words"]
    triggers = [f"DROP TRIGGER IF EXISTS {table}_words_{verb}" for verb in ("insert", "update", "delete")]
    return [*triggers, f"DROP TABLE IF EXISTS {table}_words"]


def words_query(text: str, vendor: str | None = None) -> str:
    """Return what people typed in the engine's own query language; nothing they type is syntax.

    Without any word the result is empty, and so is what it matches.
    """
    words = re.findall(r"\w+", text.lower())[:MAX_WORDS]
    if (vendor or connection.vendor) == "postgresql":
        return " & ".join(f"{word}:*" for word in words)
    return " ".join(f'"{word}"*' for word in words)


class Matches(Func):
    """True for rows whose indexed words begin with all the words searched for."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, table: str, text: str) -> None:
        self.table, self.text = table, text
        super().__init__(F("pk"))

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        column: Any = self.source_expressions[0]
        query = words_query(self.text, "postgresql")
        return f'"{column.alias}"."words" @@ to_tsquery(\'english\', %s)', [query]

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        column, _ = compiler.compile(self.source_expressions[0])
        query = words_query(self.text, "sqlite")
        if not query:
            return "1 = 0", []
        words = f"{self.table}_words"
        return f"{column} IN (SELECT id FROM {words} WHERE {words} MATCH %s)", [query]


def matches(table: str, text: str) -> Matches:
    """Return the condition that a row of the table holds all these words."""
    return Matches(table, text)
