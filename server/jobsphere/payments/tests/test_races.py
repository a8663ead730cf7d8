"""Two at once: exactly one wins, on both databases, over twenty rounds."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from jobsphere.kit.errors import DomainError
from jobsphere.ledger.types import AccountKind
from jobsphere.payments.models import GatewayEvent, GatewayOperation, Payment, Payout
from jobsphere.payments.operations.engine import attempt
from jobsphere.payments.tests.builders import (
    assert_sound_books,
    balance,
    captured,
    connected,
    later,
    look,
    operation,
    pay,
    usd,
    withdraw,
)
from jobsphere.payments.tests.test_webhooks import catch

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 20


def at_once(*verbs: Callable[[], object]) -> list[Any]:
    """Run the verbs in threads that start together; return their results, or the refusals."""
    gate = threading.Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> object:
        try:
            gate.wait()
            return verb()
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def test_of_two_withdrawals_of_the_full_balance_exactly_one_is_made(sandbox, casey, pat):
    connected(sandbox, pat)
    for number in range(1, ROUNDS + 1):
        captured(casey, pat)
        results = at_once(*[lambda: withdraw(pat, usd(100_00))] * 2)
        assert sum(isinstance(each, DomainError) for each in results) == 1
        assert Payout.objects.count() == number
        assert balance(AccountKind.WALLET, pat.id) == 0
    assert len(sandbox.objects("transfer")) == ROUNDS
    assert_sound_books()


def test_the_same_webhook_ten_times_at_once_is_stored_and_handled_once(sandbox, casey, pat, run_worker):
    for number in range(1, 4):
        pay(casey, pat)
        body, headers = catch(sandbox)[-1]
        assert at_once(*[lambda body=body, headers=headers: sandbox.post(body, headers)] * 10) == [200] * 10
        assert GatewayEvent.objects.count() == number
    run_worker()
    assert set(GatewayEvent.objects.values_list("attempts", flat=True)) == {1}
    assert_sound_books()


def test_the_same_idempotency_key_eight_times_at_once_withdraws_once(sandbox, casey, pat, client_for):
    connected(sandbox, pat)
    clients = [client_for(pat) for _ in range(8)]
    for number in range(1, 4):
        captured(casey, pat)
        key = str(uuid4())
        body = {"amount": {"amount": 100_00, "currency": "USD"}}

        def post(client, key=key, body=body):
            headers = {"Idempotency-Key": key}
            return client.post("/api/payouts/withdraw", body, format="json", headers=headers)

        answers = at_once(*[lambda client=client: post(client) for client in clients])
        assert {each.status_code for each in answers} <= {201, 202}
        assert len({each.json()["id"] for each in answers}) == 1
        assert Payout.objects.count() == number
    assert len(sandbox.objects("transfer")) == 3
    assert_sound_books()


def test_two_workers_that_attempt_at_once_make_one_object(sandbox, casey, pat):
    for number in range(1, 6):
        sandbox.go_down()
        payment = pay(casey, pat)
        sandbox.come_back()
        row = operation(payment.id, "authorize")
        at_once(*[lambda pk=row.pk: attempt(pk)] * 4)
        assert look(payment.id).detail == "authorized"
        assert len(sandbox.objects("payment_intent")) == number


def test_an_attempt_that_outlives_its_lease_changes_nothing_twice(sandbox, casey, pat):
    """Its process was killed after the gateway did the work: the next attempt sends the same key."""
    payment = pay(casey, pat)
    row = operation(payment.id, "authorize")
    Payment.objects.filter(pk=payment.id).update(detail="created", gateway_id="")
    GatewayOperation.objects.filter(pk=row.pk).update(status="in_flight", leased_until=row.first_sent_at)
    later(1)
    attempt(row.pk)
    assert look(payment.id).detail == "authorized"
    assert len(sandbox.objects("payment_intent")) == 1
