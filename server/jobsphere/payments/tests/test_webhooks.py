"""The inbox: only what the gateway signed, once, in any order."""

import itertools
import json

import pytest
from rest_framework.test import APIClient

from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import selectors
from jobsphere.payments.models import GatewayEvent, Payment, Payout
from jobsphere.payments.tests.builders import (
    assert_sound_books,
    captured,
    connected,
    gateway_id,
    later,
    look,
    pay,
    usd,
    withdraw,
)

pytestmark = pytest.mark.django_db(transaction=True)


def catch(sandbox):
    """Take the waiting events from the sandbox instead of delivering them."""
    caught = []

    def keep(body, headers):
        caught.append((body, dict(headers)))
        return 200

    sandbox.controls.deliver(keep)
    return caught


def test_an_event_is_stored_once_however_often_it_comes(sandbox, casey, pat, run_worker):
    pay(casey, pat)
    events = len(sandbox.events())
    sandbox.deliver_webhooks(copies=10)
    assert set(sandbox.statuses) == {200}
    assert GatewayEvent.objects.count() == events
    run_worker()
    assert not GatewayEvent.objects.filter(handled_at=None).exists()
    assert set(GatewayEvent.objects.values_list("attempts", flat=True)) == {1}


def test_a_forged_event_is_refused_and_not_stored(sandbox, casey, pat):
    pay(casey, pat)
    body, headers = catch(sandbox)[0]
    other = json.dumps(json.loads(body), indent=1).encode()
    stale = dict(headers) | {"Stripe-Signature": headers["Stripe-Signature"].replace("t=1", "t=0", 1)}
    assert sandbox.post(body.replace(b"evt_", b"evt_x", 1), headers) == 400
    assert sandbox.post(other, headers) == 400
    assert sandbox.post(body, stale) == 400
    assert sandbox.post(body, {"Content-Type": "application/json"}) == 400
    assert not GatewayEvent.objects.exists()
    assert sandbox.post(body, headers) == 200


def test_an_old_event_is_refused(sandbox, casey, pat):
    pay(casey, pat)
    body, headers = catch(sandbox)[0]
    later(3600)
    assert sandbox.post(body, headers) == 400
    assert not GatewayEvent.objects.exists()


def test_a_gateway_that_is_not_in_use_is_a_problem_that_says_so(sandbox, settings):
    settings.GATEWAY = "stripe"
    answer = APIClient().post("/api/webhooks/paystack", b"{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (404, "gateway-not-configured")
    assert not GatewayEvent.objects.exists()


def test_three_d_secure_is_noticed_without_a_call(sandbox, casey, pat, settle):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    sandbox.answer_challenge(gateway_id(payment.id))
    settle()
    assert look(payment.id).detail == "authorized"


def state():
    """Everything that matters, without ids and times."""
    return (
        list(Payment.objects.order_by("pk").values_list("status", "detail", "captured_amount", "refunded_amount")),
        list(Payout.objects.order_by("pk").values_list("status", "transferred", "returning", "bounced")),
        sorted(StoredEvent.objects.values_list("name", flat=True)),
    )


@pytest.mark.parametrize("order", ["as they came", "reversed", "shuffled", "twice"])
def test_any_order_of_the_same_events_ends_in_the_same_state(sandbox, casey, pat, run_worker, order):
    """The webhooks of a whole life are kept back and come at the end, in every order, after the facts."""
    sandbox.withhold()
    captured(casey, pat)
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    sandbox.answer_challenge(gateway_id(payment.id))
    connected(sandbox, pat)
    paid = withdraw(pat, usd(40_00))
    failing = withdraw(pat, usd(30_00))
    later(60)
    sandbox.tick()
    sandbox.fail_payout(Payout.objects.get(pk=failing.id).gateway_id)
    sandbox.release()
    caught = catch(sandbox)
    arrangement = {
        "as they came": caught,
        "reversed": caught[::-1],
        "shuffled": sorted(caught, key=lambda each: hash(each[0])),
        "twice": list(itertools.chain(caught[::-1], caught)),
    }[order]
    for body, headers in arrangement:
        assert sandbox.post(body, headers) == 200
        run_worker()
    assert selectors.payout(pat, paid.id).status == "paid"
    assert selectors.payout(pat, failing.id).status == "failed"
    assert look(payment.id).detail == "authorized"
    before = state()
    for body, headers in caught:
        sandbox.post(body, headers)
    run_worker()
    assert state() == before
    assert_sound_books()


def test_an_event_waits_in_the_queue_while_the_gateway_is_down(sandbox, casey, pat, run_worker):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    sandbox.answer_challenge(gateway_id(payment.id))
    sandbox.deliver_webhooks()
    sandbox.go_down()
    run_worker()
    assert look(payment.id).detail == "action_required"
    assert GatewayEvent.objects.filter(handled_at=None).exists()
    sandbox.come_back()
    later(120)
    run_worker()
    assert look(payment.id).detail == "authorized"
    assert not GatewayEvent.objects.filter(handled_at=None).exists()


def test_a_chargeback_is_flagged_and_cleared(sandbox, casey, pat, settle):
    payment = captured(casey, pat)
    dispute = sandbox.open_dispute(gateway_id(payment.id))
    settle()
    assert look(payment.id).disputed
    sandbox.close_dispute(dispute, won=True)
    settle()
    assert not look(payment.id).disputed
    assert [event.payload["open"] for event in StoredEvent.objects.filter(name="payment.disputed")] == [True, False]


def test_an_event_about_something_that_is_not_ours_is_put_aside(sandbox, casey, pat, run_worker):
    payment = pay(casey, pat)
    Payment.objects.filter(pk=payment.id).update(gateway_id="pi_of_somebody_else")
    sandbox.deliver_webhooks()
    run_worker()
    assert not GatewayEvent.objects.filter(handled_at=None).exists()
    assert look(payment.id).detail == "authorized"
