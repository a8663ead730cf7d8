"""Reading the books: statements, pages, the trial balance, and who may see what."""

from uuid import uuid4

import pytest

from jobsphere.kit.actor import SYSTEM, VISITOR, Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors
from jobsphere.ledger.selectors import TransferFilter
from jobsphere.ledger.tests.books import GATEWAY, PLATFORM_FEE, escrow, post, usd, wallet
from jobsphere.ledger.types import AccountKey, AccountKind, account

pytestmark = pytest.mark.django_db


def amounts(key: AccountKey, page_size: int) -> list[list[int]]:
    """Walk an account's statement page by page."""
    pages, before = [], None
    while True:
        page = selectors.statement(key, before=before, limit=page_size)
        pages.append([line.amount.amount for line in page.lines])
        before = page.next
        if before is None:
            return pages


def test_a_wallet_statement_runs_backwards_with_the_balance_behind_each_line() -> None:
    pat = Actor(uuid4())
    key = wallet(pat.known_id())
    for amount in (100, 200, -50, 30):
        post({GATEWAY: amount, key: -amount})
    page = selectors.wallet_statement(pat, user_id=pat.known_id(), currency="USD")
    assert [(line.amount, line.balance_after) for line in page.lines] == [
        (usd(30), usd(280)),
        (usd(-50), usd(250)),
        (usd(200), usd(300)),
        (usd(100), usd(100)),
    ]
    assert page.next is None


@pytest.mark.parametrize("key", [wallet("walker"), GATEWAY], ids=["tracked", "untracked"])
def test_a_statement_pages_without_gaps_or_repeats(key: AccountKey) -> None:
    other = GATEWAY if key is not GATEWAY else PLATFORM_FEE
    for amount in range(1, 8):
        post({key: -amount, other: amount})
    sign = -1 if key is GATEWAY else 1
    assert amounts(key, 3) == [[7 * sign, 6 * sign, 5 * sign], [4 * sign, 3 * sign, 2 * sign], [sign]]
    assert amounts(key, 7) == [[each * sign for each in range(7, 0, -1)]]


def test_an_account_that_was_never_used_is_empty() -> None:
    assert selectors.balance_of(wallet(uuid4())) == usd(0)
    assert selectors.balance_of(account(AccountKind.WRITEOFF, "JPY")) == Money(0, "JPY")
    assert selectors.statement(wallet(uuid4())).lines == ()
    assert selectors.trial_balance().lines == ()
    assert selectors.trial_balance().is_zero


def test_the_trial_balance_sums_every_kind_per_currency_to_zero() -> None:
    post({GATEWAY: 1000, escrow(uuid4()): -600, escrow(uuid4()): -300, PLATFORM_FEE: -100})
    post({account(AccountKind.GATEWAY, "JPY", "stripe"): 50, wallet(uuid4(), "JPY"): -50})
    books = selectors.trial_balance()
    assert [(line.kind.value, line.accounts, line.balance) for line in books.lines] == [
        ("gateway", 1, Money(50, "JPY")),
        ("wallet", 1, Money(50, "JPY")),
        ("gateway", 1, usd(1000)),
        ("escrow", 2, usd(900)),
        ("revenue_platform_fee", 1, usd(100)),
    ]
    assert books.is_zero


def test_a_stranger_finds_no_wallet_and_the_books_are_forbidden() -> None:
    pat = uuid4()
    post({GATEWAY: 100, wallet(pat): -100})
    for stranger in (Actor(uuid4(), roles=frozenset({"customer"})), VISITOR):
        with pytest.raises(NotFound):
            selectors.wallet_statement(stranger, user_id=pat, currency="USD")
        with pytest.raises(Forbidden):
            selectors.list_transfers(stranger)
        with pytest.raises(Forbidden):
            selectors.account_statement(stranger, GATEWAY)
    for insider in (SYSTEM, Actor(uuid4(), roles=frozenset({"admin"})), Actor(uuid4(), rights=frozenset({"finance"}))):
        assert len(selectors.wallet_statement(insider, user_id=pat, currency="USD").lines) == 1
        assert len(selectors.list_transfers(insider).transfers) == 1
        assert len(selectors.account_statement(insider, GATEWAY).lines) == 1


def test_transfers_are_listed_newest_first_and_narrowed() -> None:
    posted = [post({GATEWAY: each, PLATFORM_FEE: -each}, code=f"code.{each % 2}") for each in range(1, 6)]
    first = selectors.list_transfers(SYSTEM, limit=2)
    second = selectors.list_transfers(SYSTEM, limit=3, before=first.next)
    assert [each.id for each in (*first.transfers, *second.transfers)] == [each.id for each in reversed(posted)]
    assert second.next is None
    odd = selectors.list_transfers(SYSTEM, TransferFilter(code="code.1", currency="USD"))
    assert [each.legs[0].amount.amount for each in odd.transfers] == [5, 3, 1]
    assert selectors.list_transfers(SYSTEM, TransferFilter(source_id="nothing")).transfers == ()


def test_reading_costs_the_same_however_much_there_is(django_assert_num_queries) -> None:
    pat = wallet(uuid4())
    for _ in range(12):
        post({GATEWAY: 10, pat: -9, PLATFORM_FEE: -1})
    for limit in (1, 10):
        with django_assert_num_queries(1):
            selectors.statement(pat, limit=limit)
        with django_assert_num_queries(3):
            selectors.list_transfers(SYSTEM, limit=limit)
    with django_assert_num_queries(1):
        selectors.trial_balance()
    for key in (pat, GATEWAY):
        with django_assert_num_queries(1):
            selectors.balance_of(key)
