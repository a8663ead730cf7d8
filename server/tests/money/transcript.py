"""Transcripts of the books, in words that a bookkeeper can read and a machine can play.

    post escrow.fund offer-1: gateway:stripe +1000 / escrow:h1 -900 / revenue_platform_fee -100
    balances: gateway:stripe 1000 / escrow:h1 900 / revenue_platform_fee 100

In a posting, amounts are signed: + is a debit, - a credit. In `balances`, they are as they read on the account:
positive on its normal side; an account that is not named must be empty. Amounts are in dollars unless they name a
currency.

    post <code> <reference>: <legs>                 must be posted
    again <code> <reference>: <legs>                must be found posted already, and change nothing
    refuse <problem> <code> <reference>: <legs>     must be refused with that problem code, and change nothing
    correct <code> <reference>                      takes a posted transfer back
    balances: <account> <amount> / ...

Each line is one transaction. Lines that begin with # are remarks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import DomainError
from jobsphere.kit.money import Money, minor_digits
from jobsphere.ledger import selectors, services
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, PostedTransfer, account

Result = TypeVar("Result")


@dataclass
class Play:
    """A transcript being played: the accounts and transfers it has named so far."""

    accounts: set[AccountKey] = field(default_factory=set)
    posted: dict[tuple[str, str], PostedTransfer] = field(default_factory=dict)


def play(text: str) -> Play:
    """Play a transcript; raises AssertionError at the first line that does not come true."""
    state = Play()
    for number, line in _lines(text):
        try:
            _play_line(state, line)
            assert selectors.trial_balance().is_zero, "the books do not sum to zero"
        except AssertionError as error:
            raise AssertionError(f"line {number}: {line}\n{error}") from error
    return state


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def _play_line(state: Play, line: str) -> None:
    head, _, tail = line.partition(": ")
    match head.removesuffix(":").split():
        case ["post", code, reference]:
            posted = _post(state, code, reference, tail)
            assert not posted.replayed, "it was posted before"
            state.posted[code, reference] = posted
        case ["again", code, reference]:
            posted = _unchanged(state, lambda: _post(state, code, reference, tail))
            assert posted.replayed, "it was not posted before"
            assert posted.id == state.posted[code, reference].id
        case ["refuse", problem, code, reference]:
            assert _unchanged(state, lambda: _refusal(state, code, reference, tail)) == problem
        case ["correct", code, reference]:
            with edge_transaction():
                services.correct(actor=SYSTEM, transfer_id=state.posted[code, reference].id, memo="in a transcript")
        case ["balances"]:
            expected = dict(_amount(part) for part in tail.split(" / "))
            found = {key: balance for key, balance in _balances(state).items() if balance or key in expected}
            assert found == expected, _difference(found, expected)
        case _:
            raise ValueError(f"a transcript has no line such as {line!r}")


def _post(state: Play, code: str, reference: str, legs: str) -> PostedTransfer:
    parsed = [Leg(*_amount(part)) for part in legs.split(" / ")]
    state.accounts |= {leg.account for leg in parsed}
    with edge_transaction():
        return services.post(code=code, reference=reference, legs=parsed, source_type="transcript", source_id=reference)


def _refusal(state: Play, code: str, reference: str, legs: str) -> str:
    try:
        _post(state, code, reference, legs)
    except DomainError as refusal:
        return refusal.code
    return "nothing: it was posted"


def _unchanged(state: Play, verb: Callable[[], Result]) -> Result:
    """Run something that must not move any money."""
    before = _balances(state)
    result = verb()
    assert {key: balance for key, balance in _balances(state).items() if key in before} == before, "balances moved"
    return result


def _balances(state: Play) -> dict[AccountKey, Money]:
    return {key: selectors.balance_of(key) for key in state.accounts}


def _amount(text: str) -> tuple[AccountKey, Money]:
    """Read "wallet:pat -700", "gateway:stripe +5000 JPY"."""
    name, number, *currency = text.split()
    money = _money(number, currency[0] if currency else "USD")
    kind, _, owner = name.partition(":")
    return account(AccountKind(kind), money.currency, owner), money


def _money(number: str, currency: str) -> Money:
    minor = Decimal(number) * 10 ** minor_digits(currency)
    assert minor == int(minor), f"{number} {currency} has a fraction of a cent"
    return Money(int(minor), currency)


def _difference(found: dict[AccountKey, Money], expected: dict[AccountKey, Money]) -> str:
    keys = sorted(set(found) | set(expected))
    rows = [f"  {key!s:<40} {found.get(key)!s:>14}   should be {expected.get(key)!s:>14}" for key in keys]
    return "\n".join(["the balances are:", *rows])
