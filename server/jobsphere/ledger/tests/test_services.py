"""Posting, its refusals, and corrections."""

from uuid import uuid4

import pytest
from django.db import connection

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import NoTransactionError
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors, services
from jobsphere.ledger.errors import InsufficientBalance, InvalidTransferError, TransferReferenceReused
from jobsphere.ledger.models import Entry, LedgerAccount, Transfer
from jobsphere.ledger.tests.books import GATEWAY, PLATFORM_FEE, balance, escrow, post, usd, wallet
from jobsphere.ledger.types import AccountKind, Leg, account, credit, debit

pytestmark = pytest.mark.django_db


def rows() -> tuple[int, int, int]:
    return LedgerAccount.objects.count(), Transfer.objects.count(), Entry.objects.count()


def test_a_transfer_moves_its_accounts_and_says_what_it_did() -> None:
    hold = escrow(uuid4())
    posted = services.post(
        code="escrow.fund",
        reference="offer-1",
        legs=[debit(GATEWAY, usd(100_000)), credit(hold, usd(90_000)), credit(PLATFORM_FEE, usd(10_000))],
        source_type="offer",
        source_id="1",
        memo="captured",
    )
    assert (balance(GATEWAY), balance(hold), balance(PLATFORM_FEE)) == (100_000, 90_000, 10_000)
    assert [leg.balance_after for leg in posted.legs] == [None, usd(90_000), None]
    assert posted.amount_on(AccountKind.REVENUE_PLATFORM_FEE) == usd(10_000)
    assert not posted.replayed
    assert selectors.get_transfer(posted.id) == posted
    assert selectors.find_transfer(code="escrow.fund", reference="offer-1") == posted
    assert selectors.transfers_of("offer", "1") == [posted]


def test_legs_on_one_account_are_merged_and_zero_legs_left_out() -> None:
    pat = wallet(uuid4())
    posted = services.post(
        code="test",
        reference="merged",
        legs=[debit(GATEWAY, usd(70)), debit(GATEWAY, usd(30)), credit(pat, usd(100)), credit(PLATFORM_FEE, usd(0))],
        source_type="test",
        source_id="1",
    )
    assert [(leg.account, leg.amount) for leg in posted.legs] == [(GATEWAY, usd(100)), (pat, usd(-100))]
    assert Entry.objects.count() == 2
    assert not LedgerAccount.objects.filter(id=PLATFORM_FEE.id).exists()


@pytest.mark.parametrize(
    "legs",
    [
        [],
        [debit(GATEWAY, usd(100))],
        [debit(GATEWAY, usd(100)), credit(PLATFORM_FEE, usd(99))],
        [debit(GATEWAY, usd(100)), credit(GATEWAY, usd(100))],
        [debit(GATEWAY, usd(0)), credit(PLATFORM_FEE, usd(0))],
        [debit(GATEWAY, usd(100)), credit(account(AccountKind.WRITEOFF, "EUR"), Money(100, "EUR"))],
        [debit(GATEWAY, Money(100, "EUR")), credit(PLATFORM_FEE, usd(100))],
        [debit(GATEWAY, usd(10**16)), credit(PLATFORM_FEE, usd(10**16))],
        [debit(account(AccountKind.WRITEOFF, "XXZ"), Money(1, "XXZ")),
         credit(account(AccountKind.GATEWAY, "XXZ", "stripe"), Money(1, "XXZ"))],
    ],
)  # fmt: skip
def test_legs_that_are_no_transfer_are_refused_and_nothing_is_written(legs: list[Leg]) -> None:
    with pytest.raises(InvalidTransferError):
        services.post(code="test", reference="1", legs=legs, source_type="test", source_id="1")
    assert rows() == (0, 0, 0)


@pytest.mark.parametrize("missing", ["code", "reference", "source_type"])
def test_a_transfer_without_its_names_is_refused_and_nothing_is_written(missing: str) -> None:
    names = {"code": "test", "reference": "1", "source_type": "test", missing: ""}
    with pytest.raises(InvalidTransferError):
        services.post(legs=[debit(GATEWAY, usd(1)), credit(PLATFORM_FEE, usd(1))], source_id="1", **names)
    assert rows() == (0, 0, 0)


def test_a_wallet_cannot_pay_more_than_it_holds_and_nothing_changes() -> None:
    pat, sam, transit = wallet(uuid4()), wallet(uuid4()), account(AccountKind.IN_TRANSIT, "USD", uuid4())
    post({GATEWAY: 800, pat: -500, sam: -300})
    before = rows()
    with pytest.raises(InsufficientBalance) as refusal:
        post({pat: 501, sam: 200, transit: -701})
    assert refusal.value.fields == {"available": usd(500).to_json(), "needed": usd(501).to_json()}
    assert refusal.value.status == 409
    assert (balance(pat), balance(sam), balance(transit)) == (500, 300, 0)
    assert rows() == (before[0] + 1, *before[1:])  # an empty account was opened
    post({pat: 500, transit: -500})
    assert (balance(pat), balance(transit)) == (0, 500)


def test_a_debit_normal_account_cannot_fall_below_zero_either() -> None:
    owed = account(AccountKind.RECEIVABLE, "USD", uuid4())
    post({owed: 400, GATEWAY: -400})
    with pytest.raises(InsufficientBalance) as refusal:
        post({owed: -401, GATEWAY: 401})
    assert refusal.value.fields["available"] == usd(400).to_json()
    assert (balance(owed), balance(GATEWAY)) == (400, -400)


def test_posting_the_same_again_returns_the_transfer_that_is_there() -> None:
    pat = wallet(uuid4())
    first = post({GATEWAY: 500, pat: -500}, reference="same")
    again = post({pat: -500, GATEWAY: 500}, reference="same")
    assert again.replayed
    assert again.id == first.id
    assert again.legs == first.legs
    assert balance(pat) == 500
    assert Transfer.objects.count() == 1


def test_the_same_reference_with_other_legs_is_refused_and_nothing_changes() -> None:
    pat, sam = wallet(uuid4()), wallet(uuid4())
    post({GATEWAY: 500, pat: -500}, reference="same")
    for legs in ({GATEWAY: 501, pat: -501}, {GATEWAY: 500, sam: -500}, {PLATFORM_FEE: 500, pat: -500}):
        with pytest.raises(TransferReferenceReused):
            post(legs, reference="same")
    assert (balance(pat), balance(sam), balance(GATEWAY), balance(PLATFORM_FEE)) == (500, 0, 500, 0)
    assert Transfer.objects.count() == 1
    post({GATEWAY: 7, pat: -7}, reference="same", code="another.code")
    assert balance(pat) == 507


def test_currencies_are_separate_accounts() -> None:
    user = uuid4()
    yen_gateway = account(AccountKind.GATEWAY, "JPY", "stripe")
    post({GATEWAY: 500, wallet(user): -500})
    post({yen_gateway: 90, wallet(user, "JPY"): -90})
    assert [(str(each.account), each.balance) for each in selectors.balances_of("user", user)] == [
        (f"wallet:{user} JPY", Money(90, "JPY")),
        (f"wallet:{user} USD", usd(500)),
    ]


def test_a_correction_takes_a_transfer_back_once_and_leaves_an_audit_entry() -> None:
    hold = escrow(uuid4())
    wrong = post({GATEWAY: 1000, hold: -900, PLATFORM_FEE: -100})
    ada = Actor(uuid4(), roles=frozenset({"admin"}), name="Ada")
    first = services.correct(actor=ada, transfer_id=wrong.id, memo="booked on the wrong hold")
    again = services.correct(actor=ada, transfer_id=wrong.id, memo="once more")
    assert (first.id, again.replayed) == (again.id, True)
    assert (balance(GATEWAY), balance(hold), balance(PLATFORM_FEE)) == (0, 0, 0)
    assert first.memo == "booked on the wrong hold"
    assert Entry.objects.count() == 6
    assert [(e.verb, e.actor_id, e.target_id) for e in AuditEntry.objects.all()] == [
        ("ledger.correct", ada.id, wrong.id)
    ]


def test_a_correction_of_money_that_has_moved_on_is_refused_and_nothing_changes() -> None:
    pat = wallet(uuid4())
    paid = post({GATEWAY: 1000, pat: -1000})
    post({pat: 600, GATEWAY: -600})
    with pytest.raises(InsufficientBalance):
        services.correct(actor=SYSTEM, transfer_id=paid.id, memo="too late")
    assert balance(pat) == 400
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("roles", [frozenset[str](), frozenset({"customer", "contractor"})])
def test_only_those_who_account_for_the_money_may_correct(roles: frozenset[str]) -> None:
    paid = post({GATEWAY: 1000, PLATFORM_FEE: -1000})
    with pytest.raises(Forbidden):
        services.correct(actor=Actor(uuid4(), roles=roles), transfer_id=paid.id, memo="please")
    assert balance(PLATFORM_FEE) == 1000
    finance = Actor(uuid4(), rights=frozenset({"finance"}))
    assert services.correct(actor=finance, transfer_id=paid.id, memo="error").code == "ledger.correct"


def test_an_unknown_transfer_cannot_be_corrected() -> None:
    with pytest.raises(NotFound):
        services.correct(actor=SYSTEM, transfer_id=uuid4(), memo="?")
    assert rows() == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_posting_outside_a_transaction_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(NoTransactionError):
        post({GATEWAY: 500, PLATFORM_FEE: -500})
    assert rows() == (0, 0, 0)


def test_the_cost_of_a_post_is_pinned(django_assert_num_queries) -> None:
    one_call = connection.vendor == "postgresql"  # on SQLite: look, balances, entries, seal
    pat, hold = wallet(uuid4()), escrow(uuid4())
    with django_assert_num_queries(3 if one_call else 6):  # look, open accounts, again
        post({GATEWAY: 1000, hold: -900, PLATFORM_FEE: -100})
    with django_assert_num_queries(3 if one_call else 6):
        post({hold: 900, pat: -700, PLATFORM_FEE: -200})
    with django_assert_num_queries(1 if one_call else 4):
        post({pat: 300, GATEWAY: -300}, reference="known")
    with django_assert_num_queries(1 if one_call else 3):  # untracked accounts have no balance to move
        post({GATEWAY: 1, PLATFORM_FEE: -1})
    with django_assert_num_queries(3):  # look, the transfer, its entries
        post({pat: 300, GATEWAY: -300}, reference="known")
