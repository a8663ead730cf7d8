"""The chart of accounts and the words for naming accounts: pure."""

from uuid import UUID, uuid4

import pytest

from jobsphere.kit.money import Money
from jobsphere.ledger.rules import NATURES, AccountKind, Side, natural
from jobsphere.ledger.types import AccountKey, account, credit, debit


def test_every_kind_has_a_nature() -> None:
    assert set(NATURES) == set(AccountKind)


@pytest.mark.parametrize("kind", AccountKind)
def test_a_limit_is_only_promised_where_a_balance_is_kept(kind: AccountKind) -> None:
    nature = NATURES[kind]
    assert nature.tracked != nature.may_go_negative
    assert nature.tracked == (nature.owner_type not in ("", "gateway"))


@pytest.mark.parametrize("kind", AccountKind)
def test_natural_amounts_are_positive_on_the_normal_side(kind: AccountKind) -> None:
    increase = 100 if NATURES[kind].normal_side is Side.DEBIT else -100
    assert natural(kind, increase) == 100
    assert natural(kind, natural(kind, 7)) == 7


@pytest.mark.parametrize("kind", AccountKind)
def test_an_account_is_named_with_an_owner_exactly_when_its_kind_has_one(kind: AccountKind) -> None:
    has_owner = bool(NATURES[kind].owner_type)
    key = account(kind, "USD", *(["somebody"] if has_owner else []))
    assert key == AccountKey(kind, NATURES[kind].owner_type, "somebody" if has_owner else "", "USD")
    with pytest.raises(ValueError, match="account"):
        account(kind, "USD", *([] if has_owner else ["somebody"]))


def test_an_account_id_is_a_function_of_its_key() -> None:
    owner = uuid4()
    key = account(AccountKind.WALLET, "USD", owner)
    others = [
        account(AccountKind.WALLET, "EUR", owner),
        account(AccountKind.RECEIVABLE, "USD", owner),
        account(AccountKind.WALLET, "USD", uuid4()),
    ]
    assert key.id == account(AccountKind.WALLET, "USD", str(owner)).id
    assert len({key.id, *(other.id for other in others)}) == 4
    # Stored in every database: this must never change.
    assert account(AccountKind.GATEWAY, "USD", "stripe").id == UUID("075894d5-504c-5cb1-83c5-262b89c7f470")


def test_debit_and_credit_are_opposite_signs() -> None:
    key = account(AccountKind.WRITEOFF, "USD")
    assert debit(key, Money(5, "USD")).amount == Money(5, "USD")
    assert credit(key, Money(5, "USD")).amount == Money(-5, "USD")
