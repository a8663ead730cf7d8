"""The triggers are put back after every migration, and missed when they are gone."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models
from django.db.models.signals import post_migrate, pre_migrate

from jobsphere.ledger import triggers
from jobsphere.ledger.models import Difference, Entry, LedgerAccount, Transfer
from jobsphere.ledger.reconcile import verify_books
from jobsphere.ledger.tests.books import GATEWAY, PLATFORM_FEE, commit, fill, wallet
from jobsphere.ledger.tests.raw import everything, run

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(*changes) -> None:
    """Do what `manage.py migrate` does around a migration of ours."""
    from django.apps import apps

    config = apps.get_app_config("ledger")
    about = {"using": "default", "plan": [("a migration", False)], "verbosity": 0, "interactive": False, "apps": apps}
    pre_migrate.send(sender=config, app_config=config, **about)
    with connection.schema_editor() as editor:
        for change in changes:
            change(editor)
    post_migrate.send(sender=config, app_config=config, **about)


def test_installing_again_changes_nothing() -> None:
    before = triggers.installed_triggers(connection)
    triggers.install_triggers(connection)
    triggers.install_triggers(connection)
    assert triggers.installed_triggers(connection) == before == triggers.expected_triggers(connection)
    assert triggers.missing_guards(connection) == []


@pytest.mark.parametrize("model", [LedgerAccount, Transfer, Entry])
def test_a_later_migration_that_remakes_a_table_leaves_it_guarded(model: type[models.Model]) -> None:
    """On SQLite Django copies the table, and the copy has no triggers; and it cannot rename what a trigger mentions."""
    fill(wallet("pat"), 500)
    before = everything()
    extra = models.CheckConstraint(condition=models.Q(id__isnull=False), name="ledger_test_remake")
    migrate(lambda editor: editor.add_constraint(model, extra))
    try:
        assert triggers.missing_guards(connection) == []
        assert everything() == before
        with pytest.raises(IntegrityError):
            run(f"DELETE FROM {model._meta.db_table}")
        assert everything() == before
        commit({wallet("pat"): 200, GATEWAY: -200})
        assert verify_books() == []
    finally:
        migrate(lambda editor: editor.remove_constraint(model, extra))
    assert triggers.missing_guards(connection) == []


@pytest.mark.parametrize("name", ["one_open_difference_per_code_and_subject"])
def test_a_missing_constraint_is_named(name: str) -> None:
    constraint = next(each for each in Difference._meta.constraints if each.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Difference, constraint)
    try:
        assert triggers.missing_guards(connection) == [f"the constraint {name}"]
    finally:
        with connection.schema_editor() as editor:
            editor.add_constraint(Difference, constraint)
    assert triggers.missing_guards(connection) == []


@pytest.mark.parametrize("name", sorted(triggers.expected_triggers(connection)))
def test_a_missing_trigger_fails_the_system_check_and_migrate_puts_it_back(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(triggers._engine(connection).drop(name))
    try:
        with pytest.raises(CommandError, match=name):
            call_command("check", databases=["default"])
    finally:
        migrate()
    call_command("check", databases=["default"])


@pytest.mark.postgresql_only
def test_a_trigger_that_is_switched_off_is_missing() -> None:
    run("ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_transfer_is_checked")
    try:
        assert triggers.missing_triggers(connection) == ["ledger_transfer_is_checked"]
    finally:
        run("ALTER TABLE ledger_transfer ENABLE TRIGGER ledger_transfer_is_checked")
    commit({GATEWAY: 1, PLATFORM_FEE: -1})
    assert verify_books() == []
