from django.db import migrations

from jobsphere.db.append_only import create_statements, drop_statements

TABLE = "audit_auditentry"


def forget_names(apps, schema_editor):
    """Entries name people by id from now on, so that a person can be forgotten without changing an entry."""
    vendor = schema_editor.connection.vendor
    for statement in drop_statements(vendor, TABLE):
        schema_editor.execute(statement)
    schema_editor.execute(f"UPDATE {TABLE} SET actor_name = '' WHERE actor_id IS NOT NULL")
    for statement in create_statements(vendor, TABLE):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(forget_names, migrations.RunPython.noop),
    ]
