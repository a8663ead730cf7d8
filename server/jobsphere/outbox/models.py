"""The log of events, what was given up, and the small tables the worker coordinates through."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from jobsphere.db.models import Record

LOG_SEQUENCE = "outbox_storedevent_sequence"


class NextPosition(models.Expression):
    """The next position in the log, drawn inside the INSERT itself, so that publishing stays one statement.

    PostgreSQL draws from a sequence and never waits for a rival; SQLite has one writer at a time anyway.
    """

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor == "postgresql":
            return f"nextval('{LOG_SEQUENCE}')", ()
        return "(SELECT COALESCE(MAX(sequence), 0) + 1 FROM outbox_storedevent)", ()


class PositionField(models.BigIntegerField):
    """A number that the database gives each new row, and that the INSERT returns."""

    db_returning = True

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return NextPosition(output_field=self) if add else super().pre_save(model_instance, add)


class StoredEvent(Record):
    """One fact of the log; append-only. `created_at` is when it happened."""

    sequence = PositionField(unique=True, editable=False)
    name = models.CharField(max_length=100)
    aggregate_type = models.CharField(max_length=50)
    aggregate_id = models.UUIDField()
    actor_id = models.UUIDField(null=True)
    payload = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["aggregate_type", "aggregate_id", "sequence"], name="outbox_event_history")]


class Turn(Record):
    """An event that an ordered subscriber has not finished yet; the lowest sequence of an aggregate goes first."""

    handler = models.CharField(max_length=200)
    aggregate_id = models.UUIDField()
    sequence = models.BigIntegerField()
    task_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handler", "aggregate_id", "sequence"], name="outbox_one_turn")]


class DeadLetter(Record):
    """A task that failed for the last time, with all that is needed to run it again."""

    task_path = models.CharField(max_length=200)
    handler = models.CharField(max_length=200)
    args = models.JSONField()
    kwargs = models.JSONField()
    error = models.TextField()
    traceback = models.TextField()
    attempts = models.PositiveIntegerField()
    first_failed_at = models.DateTimeField()
    last_failed_at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["handler"],
                condition=models.Q(replayed_at=None, dropped_at=None),
                name="outbox_open_dead_letters",
            )
        ]


class PeriodicRun(Record):
    """When a periodic task is due next, and the task of its last run."""

    name = models.CharField(max_length=200, unique=True)
    next_run_at = models.DateTimeField()
    last_run_at = models.DateTimeField(null=True)
    task_id = models.UUIDField(null=True)


class WorkerLease(Record):
    """A worker that says it is alive until then, by the machines' clock."""

    worker = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
