"""Two constraints that Django lacks. As Meta.constraints they survive SQLite's table remakes like any other."""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BooleanField, Func


class IsInteger(Func):
    """Holds when the stored value is a whole number: SQLite's column types are only advice."""

    output_field = BooleanField()
    conditional = True

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="typeof(%(expressions)s) = 'integer'", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="%(expressions)s IS NOT NULL", **context)


class CompositeForeignKey(models.BaseConstraint):
    """A foreign key over several columns, checked when the transaction commits.

    `columns` of this table must be found together as `to_columns` (which a UniqueConstraint covers) of `to_table`.
    As in all SQL, nothing is checked while one of the columns is NULL.
    """

    def __init__(
        self, *, columns: tuple[str, ...], to_table: str, to_columns: tuple[str, ...], name: str, **kwargs: Any
    ) -> None:
        super().__init__(name=name, **kwargs)
        self.columns = tuple(columns)
        self.to_table = to_table
        self.to_columns = tuple(to_columns)

    def constraint_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert schema_editor is not None
        quote = schema_editor.quote_name
        columns, to_columns = (", ".join(map(quote, names)) for names in (self.columns, self.to_columns))
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({columns})"
            f" REFERENCES {quote(self.to_table)} ({to_columns}) DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert schema_editor is not None
        if schema_editor.connection.vendor == "sqlite":
            schema_editor._remake_table(model)  # type: ignore[attr-defined]
            return ""
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert schema_editor is not None
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Leave it to the database, which looks when the transaction commits."""

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"columns": self.columns, "to_table": self.to_table, "to_columns": self.to_columns}
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CompositeForeignKey):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.columns, self.to_table, self.to_columns))
