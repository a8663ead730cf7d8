"""Words for the ledger's tests: accounts, amounts, and a post that names itself."""

from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors, services
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, PostedTransfer, account

GATEWAY = account(AccountKind.GATEWAY, "USD", "stripe")
PLATFORM_FEE = account(AccountKind.REVENUE_PLATFORM_FEE, "USD")


def usd(amount: int) -> Money:
    return Money(amount, "USD")


def wallet(user_id: UUID | str, currency: str = "USD") -> AccountKey:
    return account(AccountKind.WALLET, currency, user_id)


def escrow(hold_id: UUID | str) -> AccountKey:
    return account(AccountKind.ESCROW, "USD", hold_id)


def post(legs: dict[AccountKey, int], *, code: str = "test.move", reference: str = "") -> PostedTransfer:
    """Post signed amounts inside the transaction that is open."""
    return services.post(
        code=code,
        reference=reference or str(uuid7()),
        legs=[Leg(key, Money(amount, key.currency)) for key, amount in legs.items()],
        source_type="test",
        source_id="1",
    )


def commit(legs: dict[AccountKey, int], *, code: str = "test.move", reference: str = "") -> PostedTransfer:
    """Post signed amounts in a transaction of their own, as an edge does."""
    with edge_transaction():
        return post(legs, code=code, reference=reference)


def fill(key: AccountKey, amount: int) -> PostedTransfer:
    """Give a credit-normal account some money from the gateway, in a transaction of its own."""
    return commit({GATEWAY: amount, key: -amount})


def balance(key: AccountKey) -> int:
    return selectors.balance_of(key).amount
