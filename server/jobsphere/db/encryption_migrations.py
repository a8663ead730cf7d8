"""For a migration that makes an existing column an encrypted one: `seal_existing("payments", "Payment", "action")`.

It comes after the AlterField. Values that are sealed already are left alone, so it may be repeated.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from jobsphere.db.encryption import MARK, seal, unseal


def seal_existing(app_label: str, model_name: str, field_name: str) -> RunPython:
    """Return the operation that seals what stands in the column in clear; backwards it is opened again."""

    def forwards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        field = apps.get_model(app_label, model_name)._meta.get_field(field_name)
        _rewrite(schema_editor, field, lambda text, context: seal(text, context=context), sealed=False)

    def backwards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        field = apps.get_model(app_label, model_name)._meta.get_field(field_name)
        _rewrite(schema_editor, field, lambda text, context: unseal(text, context=context), sealed=True)

    return RunPython(forwards, backwards)


def _rewrite(schema_editor: BaseDatabaseSchemaEditor, field: Any, change: Any, *, sealed: bool) -> None:
    connection = schema_editor.connection
    table, column, key = field.model._meta.db_table, field.column, field.model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key.column}, {column} FROM {table} WHERE {column} IS NOT NULL")  # noqa: S608  our words
        rows = [row for row in cursor.fetchall() if row[1].startswith(f"{MARK}.") is sealed]
        for row_id, text in rows:
            context = field.context(key.to_python(row_id))
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key.column} = %s", [change(text, context), row_id])  # noqa: S608  our words
