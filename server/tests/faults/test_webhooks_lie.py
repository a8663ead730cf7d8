"""A webhook is a hint: what it says may be old by the time it is read, so the object itself is looked at."""

from datetime import timedelta

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments.gateways.base import Rejected, RejectedCode
from jobsphere.payments.models import GatewayOperation, PayeeAccount
from jobsphere.payments.operations.settling import settle, snapshot_of
from tests.faults.people import contractor
from tests.faults.world import World


@pytest.mark.parametrize("order", range(6))
def test_events_about_a_payee_in_any_order_leave_the_gate_as_it_is(world: World, order: int):
    pat = contractor(world.power)
    pat.post("payouts/connect")
    account = PayeeAccount.objects.get(user_id=pat.id)
    world.wait(timedelta(minutes=1))
    world.settle()
    world.gateway.complete_onboarding(account.gateway_id)
    world.gateway.restrict_payee(account.gateway_id)
    world.gateway.unrestrict_payee(account.gateway_id)
    world.gateway.restrict_payee(account.gateway_id)
    world.post(copies=2, shuffle=order)
    world.settle()
    account.refresh_from_db()
    assert (account.payouts_enabled, account.currently_due) == (False, ["individual.verification.document"])
    assert pat.post("payouts/withdraw", {"amount": {"amount": 100, "currency": "USD"}}) == {}


def test_an_outcome_is_recorded_once_whoever_brings_it(world: World):
    world.gateway.go_down()
    contractor(world.power).post("payouts/connect")
    row = GatewayOperation.objects.get()
    refusal = Rejected(message="No such country.", code=RejectedCode.INVALID_REQUEST)
    with edge_transaction():
        assert settle(snapshot_of(row), refusal)
    row.refresh_from_db()
    with edge_transaction():
        assert not settle(snapshot_of(row), refusal)
    assert GatewayOperation.objects.filter(settled_at=row.settled_at, status="rejected").count() == 1
    assert StoredEvent.objects.filter(name="operation.rejected").count() == 1
