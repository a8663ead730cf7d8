"""Whatever is broken in the books, the reconciliation names it. All guards are taken away to break them."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from jobsphere.db.transactions import edge_transaction
from jobsphere.ledger import checks, services, triggers
from jobsphere.ledger.reconcile import OWN_CHECKS, verify_books
from jobsphere.ledger.tests.books import GATEWAY, PLATFORM_FEE, commit, escrow, fill, wallet
from jobsphere.ledger.tests.raw import run, unguarded
from jobsphere.ledger.types import Discrepancy

pytestmark = pytest.mark.django_db(transaction=True)

PAT = wallet(uuid4())
OWN = [f"ledger.{name}" for name in OWN_CHECKS]
ON_PAT = "(SELECT id FROM ledger_entry WHERE account_id = %s AND sequence = 2)"

DAMAGE = {
    "an entry's amount": (
        f"UPDATE ledger_entry SET amount = amount - 1 WHERE id = {ON_PAT}",
        {"transfers", "chains", "balances"},
    ),
    "a lost entry": (f"DELETE FROM ledger_entry WHERE id = {ON_PAT}", {"transfers", "chains", "balances"}),
    "a lost transfer": (
        "DELETE FROM ledger_transfer WHERE id = (SELECT transfer_id FROM ledger_entry WHERE account_id = %s"
        " AND sequence = 2)",
        {"entries"},
    ),
    "a lost account": ("DELETE FROM ledger_ledgeraccount WHERE id = %s", {"entries", "zero-sum"}),
    "a stored balance": (
        "UPDATE ledger_ledgeraccount SET balance = balance - 1 WHERE id = %s",
        {"balances", "zero-sum"},
    ),
    "a balance below zero": (
        "UPDATE ledger_ledgeraccount SET balance = 1 WHERE id = %s",
        {"balances", "zero-sum"},
    ),
    "a forgotten sequence": ("UPDATE ledger_ledgeraccount SET sequence = 2 WHERE id = %s", {"balances"}),
    "a running balance": (f"UPDATE ledger_entry SET balance_after = 0 WHERE id = {ON_PAT}", {"chains"}),
    "a limit taken away": ("UPDATE ledger_ledgeraccount SET may_go_negative = true WHERE id = %s", {"accounts"}),
    "another owner": ("UPDATE ledger_ledgeraccount SET owner_id = 'mallory' WHERE id = %s", {"accounts"}),
    "an unknown kind": ("UPDATE ledger_ledgeraccount SET kind = 'slush' WHERE id = %s", {"accounts"}),
    "another currency": ("UPDATE ledger_ledgeraccount SET currency = 'EUR' WHERE id = %s", {"transfers", "accounts"}),
    "a number of legs": (
        "UPDATE ledger_transfer SET legs = 5 WHERE id = (SELECT transfer_id FROM ledger_entry WHERE account_id = %s"
        " AND sequence = 2)",
        {"transfers"},
    ),
}


@pytest.fixture
def books() -> None:
    """Pat's wallet has three entries, the platform's accounts a snapshot."""
    for amount in (100, 200, 300):
        fill(PAT, amount)
    commit({GATEWAY: 1000, escrow(uuid4()): -900, PLATFORM_FEE: -100})


@pytest.mark.usefixtures("books")
def test_sound_books_agree() -> None:
    assert verify_books() == []
    output = StringIO()
    call_command("reconcile", *OWN, stdout=output)
    assert "The books agree." in output.getvalue()


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_named(what: str) -> None:
    statement, expected = DAMAGE[what]
    with unguarded():
        run(statement, [PAT.id])
    found = verify_books()
    assert {each.check for each in found} >= {f"ledger.{name}" for name in expected}
    with pytest.raises(CommandError, match="found") as failure:
        call_command("reconcile", *OWN, stdout=(output := StringIO()))
    assert failure.value.returncode == 1
    for difference in found:
        assert difference.subject in output.getvalue()
        assert difference.detail in output.getvalue()


@pytest.mark.usefixtures("books")
def test_a_difference_is_told_in_an_operators_words() -> None:
    with unguarded():
        run("UPDATE ledger_ledgeraccount SET balance = -50000 WHERE id = %s", [PAT.id])
    assert [str(each) for each in verify_books() if each.check == "ledger.balances"] == [
        f"ledger.balances: account wallet:{PAT.owner_id} USD: holds -$500.00, but its entries sum to -$6.00 (signed)."
    ]


@pytest.mark.usefixtures("books")
def test_a_wrong_snapshot_is_named_and_deleting_it_is_the_cure() -> None:
    with edge_transaction():
        services.take_snapshots(at_least=1, margin=timedelta(0))
    run("UPDATE ledger_balancesnapshot SET balance = balance + 1 WHERE account_id = %s", [GATEWAY.id])
    assert {each.check for each in verify_books()} == {"ledger.snapshots", "ledger.zero-sum"}
    run("DELETE FROM ledger_balancesnapshot WHERE account_id = %s", [GATEWAY.id])
    assert verify_books() == []


@pytest.mark.usefixtures("books")
def test_missing_guards_are_named() -> None:
    triggers.drop_triggers(connection)
    try:
        found = verify_books()
    finally:
        triggers.install_triggers(connection)
    assert {each.subject for each in found} == {
        f"the trigger {name}" for name in triggers.expected_triggers(connection)
    }
    assert verify_books() == []


@pytest.mark.usefixtures("books")
def test_a_higher_app_adds_its_check_and_the_command_runs_it() -> None:
    def holds_are_empty():
        """Holds of finished work are empty."""
        yield Discrepancy("escrow.test", "hold 7", "is released, but $9.00 are left.")

    checks.register("escrow.test", holds_are_empty)
    try:
        checks.register("escrow.test", holds_are_empty)
        with pytest.raises(ValueError, match="already"):
            checks.register("escrow.test", list)
        with pytest.raises(CommandError) as failure:
            call_command("reconcile", *OWN, "escrow.test", stdout=(output := StringIO()))
        assert failure.value.returncode == 1
        assert "hold 7 is released, but $9.00 are left." in output.getvalue()
        call_command("reconcile", "ledger.transfers", stdout=(output := StringIO()))
        assert "hold 7" not in output.getvalue()
        call_command("reconcile", list=True, stdout=(output := StringIO()))
        assert "Holds of finished work are empty." in output.getvalue()
    finally:
        del checks._checks["escrow.test"]


def test_a_check_that_breaks_down_is_a_difference_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    def broken():
        """Never ends well."""
        yield Discrepancy("escrow.test", "hold 7", "is odd.")
        raise ZeroDivisionError("no hold at all")

    checks.register("escrow.test", broken)
    try:
        found = checks.run(["escrow.test", "ledger.transfers"])
    finally:
        del checks._checks["escrow.test"]
    assert found["ledger.transfers"] == []
    assert [each.detail for each in found["escrow.test"]] == ["could not be finished: no hold at all."]
    assert "escrow.test broke down" in caplog.text


def test_an_unknown_check_is_refused() -> None:
    with pytest.raises(CommandError, match=r"no check called ledger\.nonsense") as failure:
        call_command("reconcile", "ledger.nonsense")
    assert failure.value.returncode == 2
