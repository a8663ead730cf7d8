"""Movements of our balance: fetched from a cursor, kept for good, booked once, compared both ways, and proved."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import Forbidden
from jobsphere.ledger import checks, services
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.models import Transfer
from jobsphere.ledger.tests.raw import run, stored, unguarded
from jobsphere.ledger.types import AccountKind, Discrepancy, account, credit, debit
from jobsphere.payments.gateways.registry import get_sandbox
from jobsphere.payments.gateways.sandbox import operator
from jobsphere.payments.models import GatewayMovement, Payment
from jobsphere.payments.movements import booking, importing, proof, tasks
from jobsphere.payments.tests.builders import (
    assert_sound_books,
    balance,
    captured,
    connected,
    gateway_id,
    later,
    pay,
    usd,
    withdraw,
)

pytestmark = pytest.mark.django_db(transaction=True)

Settle = Callable[[], None]
GATEWAY = account(AccountKind.GATEWAY, "USD", "sandbox")


@pytest.fixture
def state(sandbox: Any) -> Any:
    """The sandbox's state, for what no request of ours makes."""
    return get_sandbox().state


@pytest.fixture
def fees(sandbox: Any) -> None:
    """The gateway charges 2.9 % and 30 cents."""
    sandbox.set(fee_basis_points=290, fee_fixed=30)


def found(name: str = "payments.gateway") -> list[Discrepancy]:
    return checks.run_one(name)


def at_gateway(sandbox: Any) -> int:
    return int(sandbox.balance("USD"))


def in_state(state: Any, verb: Callable[..., Any], *values: Any) -> Any:
    with state.transaction():
        return verb(state, *values)


def test_fees_are_booked_once_and_our_account_is_the_gateways_balance(sandbox, fees, casey, pat) -> None:
    captured(casey, pat, usd(100_00))
    captured(casey, pat, usd(50_00))
    assert balance(AccountKind.GATEWAY, "sandbox") == 150_00
    assert importing.fetch_and_book() == 2
    assert balance(AccountKind.GATEWAY_FEE, "sandbox") == 290 + 30 + 145 + 30
    assert balance(AccountKind.GATEWAY, "sandbox") == at_gateway(sandbox) == 150_00 - 495
    before = (stored(GatewayMovement), Transfer.objects.count())
    assert importing.fetch_and_book() == 0
    tasks.import_movements()
    tasks.import_late_movements()
    assert (stored(GatewayMovement), Transfer.objects.count()) == before
    assert_sound_books()


def test_only_what_is_new_is_asked_for(sandbox, casey, pat) -> None:
    captured(casey, pat)
    importing.fetch_and_book()
    first = GatewayMovement.objects.get()
    assert importing.cursor("sandbox") == first.happened_at - importing.OVERLAP
    later(40 * 24 * 3600)
    captured(casey, pat)
    asked = len(sandbox.requests("GET /v1/balance_transactions*"))
    assert importing.fetch_and_book() == 1
    assert len(sandbox.requests("GET /v1/balance_transactions*")) - asked == 2, "two windows of 31 days, nothing more"
    assert importing.cursor("sandbox") > first.happened_at + timedelta(days=39)
    assert_sound_books()


def test_the_operators_payouts_top_ups_and_account_fees_are_booked(sandbox, state, casey, pat) -> None:
    captured(casey, pat, usd(100_00))
    payout = in_state(state, operator.pay_out, 60_00, "usd")
    in_state(state, operator.top_up, 500_00, "usd")
    in_state(state, operator.charge, 2_00, "usd")
    in_state(state, operator.charge, -50, "usd")
    importing.fetch_and_book()
    assert balance(AccountKind.BANK, "sandbox") == 60_00 - 500_00
    assert balance(AccountKind.GATEWAY_FEE, "sandbox") == 1_50
    assert balance(AccountKind.GATEWAY, "sandbox") == at_gateway(sandbox)
    in_state(state, operator.return_pay_out, payout, 60_00, "usd")
    importing.fetch_and_book()
    assert balance(AccountKind.BANK, "sandbox") == -500_00
    assert_sound_books()


def test_a_withdrawal_is_not_taken_for_the_operators_payout(sandbox, fees, casey, pat, settle: Settle) -> None:
    captured(casey, pat, usd(100_00))
    connected(sandbox, pat)
    withdraw(pat, usd(40_00))
    settle()
    importing.fetch_and_book()
    assert balance(AccountKind.BANK, "sandbox") == 0
    assert balance(AccountKind.GATEWAY, "sandbox") == at_gateway(sandbox)
    assert_sound_books()


def test_what_is_kept_is_never_changed(sandbox, casey, pat) -> None:
    captured(casey, pat)
    importing.fetch_and_book()
    before = stored(GatewayMovement)
    for statement in ("UPDATE payments_gatewaymovement SET net = 0", "DELETE FROM payments_gatewaymovement"):
        with pytest.raises(IntegrityError), edge_transaction():
            run(statement)
    assert stored(GatewayMovement) == before


def test_a_movement_of_an_unknown_kind_is_never_swallowed(sandbox, state, casey, pat) -> None:
    captured(casey, pat)
    in_state(state, operator.move_strangely, -7_00, "usd")
    for _ in range(2):
        (difference,) = found()
        assert (difference.code, difference.amount, difference.pending) == (
            "payments.gateway.unknown-kind", usd(-7_00), False,
        )  # fmt: skip
        importing.fetch_and_book()
    assert "teach" not in difference.detail
    (line,) = proof.proofs(SYSTEM)
    assert line.difference == usd(-7_00)


def test_another_currency_is_named_on_its_own(sandbox, state, casey, pat) -> None:
    captured(casey, pat)
    in_state(state, operator.charge, 3_00, "eur")
    importing.fetch_and_book()
    assert balance(AccountKind.GATEWAY, "sandbox", "EUR") == -3_00
    assert [(each.currency, each.difference.amount) for each in proof.proofs(SYSTEM)] == [("EUR", 0), ("USD", 0)]
    assert_sound_books()


def test_a_movement_that_is_not_fetched_yet_is_a_matter_of_time(sandbox, fees, casey, pat) -> None:
    captured(casey, pat)
    (waiting,) = found()
    assert (waiting.pending, waiting.code) == (True, "payments.gateway.missing-in-books")
    output = StringIO()
    call_command("reconcile", "payments.gateway", "--offline", stdout=output)
    assert "under way" in output.getvalue()
    call_command("reconcile", stdout=(output := StringIO()))
    assert "The books agree." in output.getvalue()
    assert "under way" not in output.getvalue()


def test_the_gateway_does_not_answer(sandbox, casey, pat) -> None:
    captured(casey, pat)
    sandbox.set(down=1)
    (difference,) = found()
    assert difference.code == "payments.gateway.not-asked"
    with pytest.raises(importing.FetchError):
        importing.fetch_and_book()
    sandbox.set(down=0)
    assert_sound_books()


#: What a hand in the database does, and the code under which reconciliation names it.
BY_HAND = {
    "a payment's amount": (
        "UPDATE payments_payment SET captured_amount = captured_amount - 100", "payments.gateway.amount"),
    "a payment that never was": (
        "UPDATE payments_payment SET gateway_id = 'pi_made_up'", "payments.gateway.missing-at-gateway"),
    "a payment made to vanish": (
        "UPDATE payments_payment SET captured_amount = 0, earned_amount = 0", "payments.gateway.missing-in-books"),
    "a kept movement": (
        "UPDATE payments_gatewaymovement SET amount = amount + 1, net = net + 1", "payments.gateway.edited"),
    "a booked fee": (
        "UPDATE ledger_entry SET amount = 2 * amount WHERE transfer_id = (SELECT id FROM ledger_transfer"
        " WHERE code = 'gateway.fee')", "payments.gateway.amount"),
    "a lost fee": (
        "DELETE FROM ledger_entry WHERE transfer_id = (SELECT id FROM ledger_transfer WHERE code = 'gateway.fee')",
        "payments.gateway.missing-in-books"),
}  # fmt: skip


def _guards(on: bool) -> None:
    """Take the guard of the movements away as the owner of the table can, or put it back."""
    from django.db import connection

    from jobsphere.db.append_only import create_statements, drop_statements

    statements = create_statements if on else drop_statements
    for statement in statements(connection.vendor, "payments_gatewaymovement"):
        run(statement)


@pytest.mark.parametrize("what", BY_HAND)
def test_a_row_that_was_edited_by_hand_is_named(sandbox, fees, casey, pat, what: str) -> None:
    captured(casey, pat, usd(100_00))
    importing.fetch_and_book()
    statement, code = BY_HAND[what]
    _guards(on=False)
    try:
        with unguarded():
            run(statement)
    finally:
        _guards(on=True)
    named = {each.code: each for each in found()}
    assert code in named, named
    assert not named[code].pending
    with pytest.raises(CommandError) as failure:
        call_command("reconcile", "payments.gateway", stdout=(output := StringIO()))
    assert failure.value.returncode == 1
    assert named[code].subject in output.getvalue()
    assert checks.explanation(code).cure in output.getvalue()


def test_a_fee_that_no_movement_explains_is_named(sandbox, fees, casey, pat) -> None:
    captured(casey, pat, usd(100_00))
    importing.fetch_and_book()
    legs = [debit(account(AccountKind.GATEWAY_FEE, "USD", "sandbox"), usd(5)), credit(GATEWAY, usd(5))]
    with edge_transaction():
        services.post(
            code=booking.FEE, reference="sandbox:made-up", legs=legs, source_type=booking.SOURCE, source_id="made-up"
        )
    (difference,) = found()
    assert (difference.code, difference.amount) == ("payments.gateway.missing-at-gateway", usd(5))
    assert difference.subject == "gateway.fee sandbox:made-up"


def test_what_is_booked_twice_or_for_nothing_is_named(sandbox, casey, pat) -> None:
    payment = captured(casey, pat, usd(100_00))
    legs = [debit(GATEWAY, usd(100_00)), credit(account(AccountKind.BANK, "USD", "sandbox"), usd(100_00))]
    with edge_transaction():
        services.post(code="oops", reference="1", legs=legs, source_type="payment", source_id=payment.id)
        services.post(code="oops", reference="2", legs=legs, source_type="payment", source_id=Payment().pk)
    named = {each.code: each for each in found("payments.booked")}
    assert named["payments.booked.twice"].subject == f"payment {payment.id}"
    assert named["payments.booked.twice"].amount == usd(100_00)
    assert "payments.booked.unexplained" in named
    assert found("payments.accounts")


def test_a_captured_payment_that_is_not_booked_is_named(sandbox, casey, pat) -> None:
    payment = pay(casey, pat)
    Payment.objects.filter(pk=payment.id).update(captured_amount=100_00)
    (difference,) = found("payments.booked")
    assert (difference.code, difference.amount) == ("payments.booked.missing", usd(-100_00))
    assert [each.code for each in found()] == ["payments.gateway.missing-at-gateway"]


def test_chargebacks_are_booked_by_their_own_books(sandbox, fees, casey, pat, settle: Settle) -> None:
    """Their amounts and fees are compared here, and booked there: nothing twice."""
    payment = captured(casey, pat, usd(100_00))
    sandbox.open_dispute(gateway_id(payment.id))
    settle()
    importing.fetch_and_book()
    assert balance(AccountKind.GATEWAY, "sandbox") == at_gateway(sandbox)
    assert_sound_books()
    assert [each.difference.amount for each in proof.proofs(SYSTEM)] == [0]


def test_the_proof_shows_both_sides_and_a_difference_of_zero(sandbox, fees, casey, pat, omar: Actor) -> None:
    captured(casey, pat, usd(100_00))
    importing.fetch_and_book()
    later(24 * 3600)
    middle = clock.now()
    later(60)
    captured(casey, pat, usd(50_00))
    importing.fetch_and_book()
    (line,) = proof.proofs(SYSTEM, since=middle)
    assert (line.theirs.opening, line.ours.opening) == (usd(96_80), usd(96_80))
    assert [(each.kind, each.count, each.amount, each.fee) for each in line.theirs.lines] == [
        ("charge", 1, usd(50_00), usd(1_75))
    ]
    assert {each.kind: each.net for each in line.ours.lines} == {"test.applied": usd(50_00), booking.FEE: usd(-1_75)}
    assert (line.theirs.closing, line.difference) == (usd(145_05), usd(0))
    assert proof.proofs(SYSTEM, gateway="elsewhere") == []
    with pytest.raises(Forbidden):
        proof.proofs(omar)


def test_two_imports_at_once_book_once(sandbox, fees, casey, pat) -> None:
    """The second stored nothing, for the first was faster; it still books, and that is idempotent."""
    captured(casey, pat, usd(100_00))
    (movements,) = importing.fetch("sandbox", importing.cursor("sandbox"))
    importing.fetch_and_book()
    rows = GatewayMovement.objects.all()
    with edge_transaction():
        assert importing.keep("sandbox", movements) == []
        assert booking.book(list(rows)) == 0
    assert ledger.posted_references(booking.FEE, [booking.reference_of(rows[0])])
    assert balance(AccountKind.GATEWAY_FEE, "sandbox") == 3_20
