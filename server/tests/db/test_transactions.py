"""Who may write, and who may not."""

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from jobsphere.db.guarded import JoinedGuardError, move, update_where
from jobsphere.db.transactions import (
    GatewayInsideTransactionError,
    NoTransactionError,
    edge_transaction,
    refuse_transaction,
    require_transaction,
    savepoint,
)
from jobsphere.kit.actor import Actor
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


@pytest.mark.django_db(transaction=True)
def test_a_guard_on_another_table_is_refused_and_nothing_changes(casey: Actor) -> None:
    with edge_transaction(), pytest.raises(JoinedGuardError, match="user__is_active"):
        update_where(EmailAddress, {"pk": 1, "user__is_active": True}, verified=True)
    assert not EmailAddress.objects.filter(verified=True).exists()
