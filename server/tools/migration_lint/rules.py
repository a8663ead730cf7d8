"""What an operation of a migration would do to the processes of the release before, which still run beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.postgres.operations import NotInTransactionMixin
from django.db.migrations import operations as ops
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.models import Field
from django.db.models.fields import NOT_PROVIDED

#: In a migration's module: findings that are right there, each with its reason.
ALLOWED = "SAFE_BECAUSE"


@dataclass(frozen=True, order=True)
class Finding:
    """One operation that the release before, or a big table, would not survive."""

    #: How SAFE_BECAUSE names it: "remove jobs.job.colour".
    key: str
    trouble: str
    instead: str


class State:
    """What was there before: the tables made by earlier migrations, and the fields of each."""

    def __init__(self) -> None:
        self.fields: dict[tuple[str, str], Field] = {}
        self.tables: set[str] = set()

    def learn(self, app: str, operation: Operation) -> None:
        """Take in what an operation makes."""
        if isinstance(operation, ops.CreateModel):
            self.tables.add(f"{app}.{operation.name_lower}")
            for name, field in operation.fields:
                self.fields[f"{app}.{operation.name_lower}", name] = field
        elif isinstance(operation, (ops.AddField, ops.AlterField)):
            self.fields[f"{app}.{operation.model_name_lower}", operation.name] = operation.field


def findings(migration: Migration, state: State) -> Iterator[Finding]:
    """Look at each operation of a migration, in order; `state` learns them."""
    app = migration.app_label
    old_tables = frozenset(state.tables)
    for operation in flat(migration.operations):
        table = f"{app}.{getattr(operation, 'model_name_lower', getattr(operation, 'name_lower', ''))}"
        if isinstance(operation, (ops.RunSQL, ops.RunPython)):
            yield from by_hand(app, migration, operation)
        elif table in old_tables:
            yield from on_a_table(table, operation, state)
            yield from held_up(table, operation, atomic=migration.atomic)
        state.learn(app, operation)


def flat(operations: Sequence[Operation]) -> Iterator[Operation]:
    """What SeparateDatabaseAndState does to the database; its other half is about Python alone."""
    for operation in operations:
        if isinstance(operation, ops.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def on_a_table(table: str, operation: Operation, state: State) -> Iterator[Finding]:
    """What the running release would trip over."""
    match operation:
        case ops.DeleteModel():
            yield Finding(f"delete {table}", "the release before still reads this table", LATER)
        case ops.RenameModel() | ops.AlterModelTable():
            yield Finding(f"rename {table}", "the release before knows the old name alone", "keep db_table as it is")
        case ops.RemoveField():
            yield Finding(f"remove {table}.{operation.name}", "the release before still names this column", LATER)
        case ops.RenameField():
            key = f"rename {table}.{operation.old_name}"
            yield Finding(key, "the release before knows the old name alone", "rename in Python, keep db_column")
        case ops.AddField() if must_be_given(operation.field):
            key = f"require {table}.{operation.name}"
            yield Finding(key, "the release before inserts rows without this column", "null=True, or db_default=…")
        case ops.AlterField():
            yield from changed(table, operation, state.fields.get((table, operation.name)))


LATER = "first a release whose code does not use it; remove it in the one after, and say so in SAFE_BECAUSE"


def must_be_given(field: Field) -> bool:
    """Say whether an INSERT that does not name the column fails: Django's own default is not the database's."""
    if field.many_to_many or field.null or getattr(field, "generated", False):
        return False
    return field.db_default is NOT_PROVIDED


def changed(table: str, operation: ops.AlterField, before: Field | None) -> Iterator[Finding]:
    """A column that takes less than it took, or is written anew."""
    after, name = operation.field, f"{table}.{operation.name}"
    if before is None:
        return
    if before.null and not after.null:
        yield Finding(
            f"require {name}", "the release before may write NULL", "fill it first; require it a release later"
        )
    if after.unique and not before.unique:
        yield Finding(
            f"unique {name}", "the whole table is read under a lock, and the release before may repeat", LATER
        )
    if type(before) is not type(after):
        yield Finding(
            f"retype {name}", "the table is written anew under a lock", "a new column, filled beside the old one"
        )
    elif (after.max_length or 0) < (before.max_length or 0):
        yield Finding(
            f"shorten {name}", "the release before may write more", "keep the length, and check it in rules.py"
        )


def held_up(table: str, operation: Operation, *, atomic: bool) -> Iterator[Finding]:
    """What keeps everybody from writing to a big table while PostgreSQL reads all of it."""
    concurrently = isinstance(operation, NotInTransactionMixin) and not atomic
    if isinstance(operation, ops.AddIndex) and not concurrently:
        yield Finding(
            f"index {table}.{operation.index.name}",
            "nobody can write to the table while PostgreSQL builds the index",
            "AddIndexBesideWriters (jobsphere.db.concurrently), with atomic = False",
        )
    if isinstance(operation, ops.AddConstraint):
        yield Finding(
            f"constrain {table}.{operation.constraint.name}",
            "the whole table is checked under a lock, and the release before may break it",
            "add it NOT VALID, clean up, validate in a migration after it; or say why the table is small",
        )


def by_hand(app: str, migration: Migration, operation: ops.RunSQL | ops.RunPython) -> Iterator[Finding]:
    """Nobody but a person can tell what code or SQL does."""
    kind = "sql" if isinstance(operation, ops.RunSQL) else getattr(operation.code, "__name__", "code")
    key = f"run {app}.{migration.name}.{kind}"
    yield Finding(
        key, "a machine cannot tell what this does", "say in SAFE_BECAUSE why the release before lives with it"
    )
