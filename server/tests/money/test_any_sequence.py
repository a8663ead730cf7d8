"""Hypothesis posts whatever it can think of; a dictionary of sums says what must come of it."""

from collections import Counter
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors, services
from jobsphere.ledger.errors import InsufficientBalance, InvalidTransferError, TransferReferenceReused
from jobsphere.ledger.reconcile import verify_books
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, account

pytestmark = pytest.mark.django_db(transaction=True)

#: Kind, and whether the account must never fall below zero, said here once more and independently.
CAST = [
    (AccountKind.WALLET, -1),
    (AccountKind.WALLET, -1),
    (AccountKind.ESCROW, -1),
    (AccountKind.RECEIVABLE, 1),
    (AccountKind.GATEWAY, 0),
    (AccountKind.GATEWAY_PAYEE, 0),
]

amounts = st.integers(-300, 300)
legs = st.lists(st.tuples(st.integers(0, len(CAST) - 1), amounts), min_size=1, max_size=4)
#: Who balances the legs (or nobody does: an offset of the balance), and one of a few references.
postings = st.tuples(legs, st.integers(0, len(CAST) - 1), st.sampled_from([0] * 9 + [1]), st.integers(0, 12))


class Oracle:
    """What the books must say, in plain sums."""

    def __init__(self) -> None:
        self.keys = [account(kind, "USD", str(uuid4())) for kind, _ in CAST]
        self.limits = {key: side for key, (_, side) in zip(self.keys, CAST, strict=True)}
        self.balances: Counter[AccountKey] = Counter()
        self.posted: dict[str, dict[AccountKey, int]] = {}
        self.run = str(uuid4())

    def expect(self, reference: str, moved: dict[AccountKey, int]) -> type[Exception] | str:
        """Say how a posting must end, and note it when it is a new one."""
        if sum(moved.values()) or len(moved) < 2:
            return InvalidTransferError
        if reference in self.posted:
            return "replayed" if self.posted[reference] == moved else TransferReferenceReused
        after = {key: self.balances[key] + amount for key, amount in moved.items()}
        if any(balance * self.limits[key] < 0 for key, balance in after.items()):
            return InsufficientBalance
        self.posted[reference] = moved
        self.balances.update(moved)
        return "posted"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(postings, min_size=1, max_size=25))
def test_any_sequence_of_posts_keeps_every_invariant(sequence: list) -> None:
    oracle = Oracle()
    for parts, balancer, error, number in sequence:
        parts = [*parts, (balancer, error - sum(amount for _, amount in parts))]
        posting = [Leg(oracle.keys[place], Money(amount, "USD")) for place, amount in parts]
        moved: Counter[AccountKey] = Counter()
        for leg in posting:
            moved[leg.account] += leg.amount.amount
        reference = f"{oracle.run}/{number}"
        expected = oracle.expect(reference, {key: amount for key, amount in moved.items() if amount})
        assert post(reference, posting) == expected
        assert {key: signed(key) for key in oracle.keys} == {key: oracle.balances[key] for key in oracle.keys}
    assert verify_books() == []
    for key in oracle.keys:
        lines = selectors.statement(key, limit=200).lines
        assert sum(line.amount.amount for line in lines) == selectors.balance_of(key).amount
        assert not key.nature.tracked or not lines or lines[0].balance_after == selectors.balance_of(key)


def post(reference: str, posting: list[Leg]) -> type[Exception] | str:
    try:
        with edge_transaction():
            posted = services.post(code="any", reference=reference, legs=posting, source_type="test", source_id="1")
    except (InvalidTransferError, InsufficientBalance, TransferReferenceReused) as refusal:
        return type(refusal)
    return "replayed" if posted.replayed else "posted"


def signed(key: AccountKey) -> int:
    """Return the balance, debit positive."""
    natural = selectors.balance_of(key).amount
    return natural if key.kind in (AccountKind.RECEIVABLE, AccountKind.GATEWAY, AccountKind.GATEWAY_PAYEE) else -natural
