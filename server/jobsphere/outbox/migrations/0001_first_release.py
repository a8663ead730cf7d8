from datetime import timedelta
from jobsphere.db.append_only import AppendOnly, Door
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.outbox.models
from django.db import migrations, models


# The task library asks for running tasks again and again and has no index for it.
RUNNING = "CREATE INDEX outbox_running_tasks ON django_tasks_database_dbtaskresult (started_at) WHERE status = 'RUNNING'"


def create_log_sequence(apps, schema_editor):
    """The positions of the log; see NextPosition."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE SEQUENCE outbox_storedevent_sequence OWNED BY outbox_storedevent.sequence")


def drop_log_sequence(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP SEQUENCE outbox_storedevent_sequence")


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("outbox", "0001_initial"),
        ("outbox", "0002_events_leave_through_a_door"),
    ]

    dependencies = [
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.CreateModel(
            name='PeriodicRun',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('next_run_at', models.DateTimeField()),
                ('last_run_at', models.DateTimeField(null=True)),
                ('task_id', models.UUIDField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WorkerLease',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('worker', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeadLetter',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('task_path', models.CharField(max_length=200)),
                ('handler', models.CharField(max_length=200)),
                ('args', models.JSONField()),
                ('kwargs', models.JSONField()),
                ('error', models.TextField()),
                ('traceback', models.TextField()),
                ('attempts', models.PositiveIntegerField()),
                ('first_failed_at', models.DateTimeField()),
                ('last_failed_at', models.DateTimeField()),
                ('replayed_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('dropped_at', None), ('replayed_at', None)), fields=['handler'], name='outbox_open_dead_letters')],
            },
        ),
        migrations.CreateModel(
            name='StoredEvent',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('sequence', jobsphere.outbox.models.PositionField(editable=False, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('aggregate_type', models.CharField(max_length=50)),
                ('aggregate_id', models.UUIDField()),
                ('actor_id', models.UUIDField(null=True)),
                ('payload', models.JSONField()),
            ],
            options={
                'indexes': [models.Index(fields=['aggregate_type', 'aggregate_id', 'sequence'], name='outbox_event_history')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('handler', models.CharField(max_length=200)),
                ('aggregate_id', models.UUIDField()),
                ('sequence', models.BigIntegerField()),
                ('task_id', models.UUIDField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('handler', 'aggregate_id', 'sequence'), name='outbox_one_turn')],
            },
        ),
        migrations.RunPython(create_log_sequence, drop_log_sequence),
        AppendOnly("outbox_storedevent"),
        migrations.RunSQL(RUNNING, "DROP INDEX outbox_running_tasks"),
        Door("outbox_storedevent", at_least=timedelta(days=30)),
    ]
