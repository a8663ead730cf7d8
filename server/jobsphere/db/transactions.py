"""The transaction edge: who opens a transaction, and who only asserts that one is open (DESIGN §4)."""

from contextlib import AbstractContextManager

from django.db import connection, transaction


class NoTransactionError(RuntimeError):
    """A service that writes was called outside a transaction: a bug of ours, never a person's."""


class GatewayInsideTransactionError(RuntimeError):
    """A gateway was called inside a transaction: a bug of ours, never a person's."""


def edge_transaction() -> AbstractContextManager[None]:
    """Open the one durable transaction of an edge: an HTTP command, the outbox relay, a periodic task.

    Durable means it refuses to be nested, so when it ends everything is committed.
    """
    return transaction.atomic(durable=True)


def savepoint() -> AbstractContextManager[None]:
    """Open a savepoint inside the edge's transaction, for a write that may be refused by a constraint."""
    require_transaction()
    return transaction.atomic()


def require_transaction() -> None:
    """Refuse to write outside a transaction, where half of a verb could be kept."""
    if not connection.in_atomic_block:
        raise NoTransactionError("open an edge_transaction() before calling a service")


def refuse_transaction() -> None:
    """Refuse to call a gateway inside a transaction, where a slow answer would hold locks."""
    if connection.in_atomic_block:
        raise GatewayInsideTransactionError("commit the intent before calling a gateway")
