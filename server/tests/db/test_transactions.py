"""Who may write, and who may not."""

import pytest
from django.db import transaction

from jobsphere.db.guarded import move
from jobsphere.db.transactions import (
    GatewayInsideTransactionError,
    NoTransactionError,
    edge_transaction,
    refuse_transaction,
    require_transaction,
    savepoint,
)
from jobsphere.kit.ids import uuid7
from jobsphere.web.models import IdempotencyRecord


@pytest.mark.django_db(transaction=True)
def test_a_write_outside_a_transaction_is_refused() -> None:
    for write in (
        require_transaction,
        savepoint,
        lambda: move(IdempotencyRecord, uuid7(), from_status="a", to_status="b"),
    ):
        with pytest.raises(NoTransactionError):
            write()


@pytest.mark.django_db(transaction=True)
def test_a_gateway_inside_a_transaction_is_refused() -> None:
    refuse_transaction()
    with edge_transaction(), pytest.raises(GatewayInsideTransactionError):
        refuse_transaction()


@pytest.mark.django_db(transaction=True)
def test_an_edge_inside_an_edge_is_refused() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), edge_transaction():
        pass
