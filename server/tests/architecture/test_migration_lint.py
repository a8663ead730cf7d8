"""Migrations that the release before could not live with are refused, each with what to do instead."""

import sys
import types
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from jobsphere.db.concurrently import AddIndexBesideWriters
from tools.migration_lint.__main__ import FROZEN, check, ours

BY_NAME = models.Index(fields=["name"], name="thing_name")
POSITIVE = models.CheckConstraint(condition=models.Q(size__gt=0), name="thing_size")
#: What was there before: in the first release.
BEFORE = migrations.CreateModel(
    "Thing",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=40)),
        ("size", models.IntegerField(null=True)),
    ],
)


def migration(name: str, *operations: Operation, **attributes: Any) -> Any:
    """Make a migration in a module of its own, as on disk; what is in capitals belongs to the module."""
    module = types.ModuleType(f"jobsphere.made_up.migrations.{name}")
    for key in [each for each in attributes if each.isupper()]:
        setattr(module, key, attributes.pop(key))
    sys.modules[module.__name__] = module
    kind = type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})
    kind.__module__ = module.__name__
    return kind(name, "made_up")


def found(*operations: Operation, **attributes: Any) -> list[str]:
    """Return the keys of what is found in a migration of the second release."""
    made = [migration("0001_initial", BEFORE), migration("0002_more", *operations, **attributes)]
    return [line.split(": ")[1] for line in check(made, {"made_up.0001_initial"})]


@pytest.mark.parametrize(
    ("operation", "key"),
    [
        (migrations.DeleteModel("Thing"), "delete made_up.thing"),
        (migrations.RenameModel("Thing", "Object"), "rename made_up.thing"),
        (migrations.AlterModelTable("Thing", "things"), "rename made_up.thing"),
        (migrations.RemoveField("Thing", "size"), "remove made_up.thing.size"),
        (migrations.RenameField("Thing", "size", "width"), "rename made_up.thing.size"),
        (migrations.AddField("Thing", "colour", models.TextField(default="red")), "require made_up.thing.colour"),
        (migrations.AlterField("Thing", "size", models.IntegerField()), "require made_up.thing.size"),
        (migrations.AlterField("Thing", "size", models.TextField(null=True)), "retype made_up.thing.size"),
        (migrations.AlterField("Thing", "name", models.CharField(max_length=9)), "shorten made_up.thing.name"),
        (
            migrations.AlterField("Thing", "name", models.CharField(max_length=40, unique=True)),
            "unique made_up.thing.name",
        ),
        (migrations.AddIndex("Thing", BY_NAME), "index made_up.thing.thing_name"),
        (migrations.AddConstraint("Thing", POSITIVE), "constrain made_up.thing.thing_size"),
        (migrations.RunSQL("DROP TABLE thing"), "run made_up.0002_more.sql"),
    ],
)
def test_what_the_release_before_cannot_live_with_is_found(operation: Operation, key: str) -> None:
    assert found(operation) == [key]
    hidden = migrations.SeparateDatabaseAndState(database_operations=[operation])
    assert found(hidden) == [key]


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("Thing", "colour", models.TextField(null=True)),
        migrations.AddField("Thing", "colour", models.TextField(db_default="red")),
        migrations.AlterField("Thing", "name", models.CharField(max_length=90)),
        migrations.AlterField("Thing", "name", models.CharField(max_length=40, null=True)),
        migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RemoveIndex("Thing", "thing_name"),
    ],
)
def test_what_only_adds_is_let_through(operation: Operation) -> None:
    assert found(operation) == []


def test_an_index_that_is_built_beside_writers_is_let_through_outside_of_a_transaction_only() -> None:
    assert found(AddIndexBesideWriters("Thing", BY_NAME), atomic=False) == []
    assert found(AddIndexBesideWriters("Thing", BY_NAME)) == ["index made_up.thing.thing_name"]


def test_a_new_table_may_have_what_it_likes() -> None:
    other = migrations.CreateModel(
        "Other", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
    )
    assert found(other, migrations.AddIndex("Other", BY_NAME), migrations.RemoveField("Other", "name")) == []


def test_an_exception_needs_a_reason_and_something_to_be_excepted() -> None:
    gone = migrations.RemoveField("Thing", "size")
    key = "remove made_up.thing.size"
    assert found(gone, SAFE_BECAUSE={key: "Release 2 does not use it."}) == []
    assert found(gone, SAFE_BECAUSE={key: " "}) == [key]
    assert found(SAFE_BECAUSE={key: "Release 2 does not use it."}) != []


def test_our_own_migrations_pass_and_everything_that_is_frozen_exists() -> None:
    names = {f"{each.app_label}.{each.name}" for each in ours()}
    frozen = set(FROZEN.read_text().split())
    assert frozen <= names
    assert list(check(ours(), frozen)) == []
