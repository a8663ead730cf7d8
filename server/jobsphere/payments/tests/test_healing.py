"""What a dead process, a lost job, a lost webhook or a hand in the database leaves behind is found."""

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from jobsphere.kit.errors import Forbidden, NotFound, WrongStatus
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import checks
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import services, tasks
from jobsphere.payments.models import GatewayEvent, GatewayOperation, Payment, Payout
from jobsphere.payments.tests.builders import (
    WANTED,
    assert_sound_books,
    captured,
    connected,
    do,
    gateway_id,
    later,
    look,
    operation,
    pay,
    usd,
    withdraw,
)

pytestmark = pytest.mark.django_db(transaction=True)


class ProcessDied(BaseException):
    """As if the process had been killed here: nothing catches it."""


def die(*_):
    raise ProcessDied


@pytest.mark.parametrize("moment", ["before the call", "after the call"])
def test_a_process_that_dies_around_the_call_is_healed_by_the_queue(
    sandbox, casey, pat, run_worker, monkeypatch, moment
):
    """Killed between commit and call, or between answer and record: the job asks again with the same key."""
    target = {"before the call": "_ask", "after the call": "settle"}[moment]
    with monkeypatch.context() as patched:
        patched.setattr(f"jobsphere.payments.operations.engine.{target}", lambda *_, **__: die())
        with pytest.raises(ProcessDied):
            pay(casey, pat)
    payment = Payment.objects.get()
    assert (payment.detail, operation(payment.pk, "authorize").status) == ("created", "in_flight")
    later(60)
    run_worker()
    assert look(payment.pk).detail == "authorized"
    assert len(sandbox.objects("payment_intent")) == 1
    assert operation(payment.pk, "authorize").status == "succeeded"


@pytest.mark.parametrize("step", ["transfer", "pay_out", "reverse_transfer", "refund", "capture"])
def test_an_answer_that_was_never_recorded_is_recorded_once(sandbox, casey, pat, settle, monkeypatch, step):
    from jobsphere.payments.operations import engine, settling

    settle_for_real = settling.settle

    def die_once(found, outcome):
        if found.kind == step and found.attempt == 1:
            die()
        return settle_for_real(found, outcome)

    monkeypatch.setattr(engine, "settle", die_once)

    def carefully(run):
        try:
            run()
        except ProcessDied:
            connection.run_on_commit = []

    if step in ("capture", "refund"):
        carefully(lambda: captured(casey, pat, purpose=WANTED if step == "capture" else "test.unwanted"))
    else:
        captured(casey, pat)
        connected(sandbox, pat, bank="000111111116" if step == "reverse_transfer" else "000123456789")
        carefully(lambda: withdraw(pat, usd(100_00)))
    for _ in range(5):
        later(60)
        sandbox.tick()
        carefully(settle)
    if step in ("capture", "refund"):
        assert Payment.objects.get().status == ("released" if step == "capture" else "refunded")
    else:
        assert Payout.objects.get().status == ("failed" if step == "reverse_transfer" else "paid")
    assert set(GatewayOperation.objects.values_list("status", flat=True)) == {"succeeded"}
    assert_sound_books()


def test_an_operation_whose_job_was_lost_is_queued_again(sandbox, casey, pat, run_worker):
    sandbox.go_down()
    payment = pay(casey, pat)
    DBTaskResult.objects.all().delete()
    sandbox.come_back()
    later(3600)
    run_worker()
    assert look(payment.id).detail == "authorized"


def test_an_object_whose_webhook_was_lost_is_looked_at(sandbox, casey, pat, run_worker):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    sandbox.answer_challenge(gateway_id(payment.id))
    later(3600)
    tasks.look_at_waiting_objects()
    run_worker()
    assert look(payment.id).detail == "authorized"


def test_a_payout_whose_webhook_was_lost_is_looked_at(sandbox, casey, pat, run_worker):
    captured(casey, pat)
    connected(sandbox, pat)
    withdraw(pat, usd(100_00))
    later(7200)
    tasks.look_at_waiting_objects()
    run_worker()
    assert Payout.objects.get().status == "paid"


def test_an_event_that_the_queue_gave_up_is_queued_again(sandbox, casey, pat, run_worker):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    sandbox.answer_challenge(gateway_id(payment.id))
    sandbox.deliver_webhooks()
    DBTaskResult.objects.all().delete()
    later(5 * 3600)
    tasks.resume_events()
    run_worker()
    assert look(payment.id).detail == "authorized"
    assert not GatewayEvent.objects.filter(handled_at=None).exists()


def test_the_pump_delivers_the_sandboxs_events_to_our_inbox(sandbox, casey, pat, run_worker):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    sandbox.answer_challenge(gateway_id(payment.id))
    tasks.deliver_sandbox_events()
    run_worker()
    assert look(payment.id).detail == "authorized"
    assert not sandbox.events("pending")


def test_finance_sends_a_refused_reversal_again(sandbox, casey, pat, ada, settle):
    captured(casey, pat)
    connected(sandbox, pat, bank="000111111116")
    sandbox.decline("parameter_unknown", "POST /v1/transfers/*/reversals")
    payout = withdraw(pat, usd(100_00))
    later(60)
    sandbox.tick()
    settle()
    row = operation(payout.id, "reverse_transfer")
    assert row.status == "rejected"
    assert Payout.objects.get().returning
    assert StoredEvent.objects.filter(name="operation.rejected").count() == 1
    assert [str(payout.id) in each for each in found("payments.operations")] == [True]
    for stranger in (casey, pat):
        with pytest.raises(Forbidden):
            do(services.retry_operation, actor=stranger, operation_id=row.pk)
    assert operation(payout.id, "reverse_transfer").status == "rejected"
    do(services.retry_operation, actor=ada, operation_id=row.pk)
    settle()
    assert Payout.objects.get().status == "failed"
    with pytest.raises(WrongStatus):
        do(services.retry_operation, actor=ada, operation_id=row.pk)
    with pytest.raises(NotFound):
        do(services.retry_operation, actor=ada, operation_id=uuid7())
    assert_sound_books()


def found(name):
    return [str(each) for each in checks.run([name])[name]]


def test_a_payment_edited_by_hand_is_named(sandbox, casey, pat):
    payment = captured(casey, pat)
    Payment.objects.filter(pk=payment.id).update(captured_amount=99_00, earned_amount=0)
    assert any("gateway" in each for each in found("payments.accounts"))
    assert any(gateway_id(payment.id) in each for each in found("payments.gateway"))


def test_a_payment_that_we_never_heard_of_is_named(sandbox, casey, pat):
    payment = captured(casey, pat)
    object_id = gateway_id(payment.id)
    Payment.objects.filter(pk=payment.id).update(gateway_id="pi_lost")
    named = found("payments.gateway")
    assert any(object_id in each and "booked nothing" in each for each in named)
    assert any("pi_lost" in each and "moved nothing" in each for each in named)


def test_a_payout_edited_by_hand_is_named(sandbox, casey, pat):
    captured(casey, pat)
    connected(sandbox, pat)
    payout = withdraw(pat, usd(100_00))
    Payout.objects.filter(pk=payout.id).update(status="paid")
    assert any("in_transit" in each for each in found("payments.accounts"))


def test_a_gateway_that_does_not_answer_is_said_and_not_taken_for_a_difference(sandbox, casey, pat):
    captured(casey, pat)
    sandbox.go_down()
    (only,) = found("payments.gateway")
    assert "could not be asked" in only
