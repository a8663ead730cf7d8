"""Events: signed, verified on the raw body, and delivered as badly as the operator likes."""

import json
from datetime import timedelta

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import ObjectKind, WebhookRejectedError
from jobsphere.payments.gateways.sandbox.events import sign
from jobsphere.payments.gateways.stripe import contract
from jobsphere.payments.gateways.tests.bench import done, only


def test_every_change_makes_an_event_about_our_object(bench):
    payment = bench.captured()
    events = bench.events()
    assert {event.object_id for event in events} == {payment}
    assert {event.object_kind for event in events} == {ObjectKind.PAYMENT}
    assert len({event.event_key for event in events}) == len(events)
    assert all(event.created == bench.clock.now() for event in events)
    assert bench.events() == []


@only(connected_payouts=True)
def test_events_at_a_payees_account_name_the_payee(bench):
    bench.captured()
    payee = bench.open_payee()
    bench.transfer(payee, bench.all)
    payout = done(bench.pay_out(payee, bench.all)).gateway_id
    bench.controls.advance(timedelta(minutes=1))
    events = bench.events()
    paid = [event for event in events if event.object_kind is ObjectKind.PAYOUT]
    assert {(event.object_id, event.payee_id) for event in paid} == {(payout, payee)}
    assert [event.type for event in paid][-1] == "payout.paid"
    gate = [event for event in events if event.object_kind is ObjectKind.PAYEE]
    assert {event.object_id for event in gate} == {payee}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body, headers: (body.replace(b'"amount":100000', b'"amount":900000'), headers),
        lambda body, headers: (body + b" ", headers),
        lambda body, headers: (body, {}),
        lambda body, headers: (body, {"Stripe-Signature": ""}),
        lambda body, headers: (body, {"Stripe-Signature": "t=1,v1="}),
        lambda body, headers: (body, {"Stripe-Signature": "nonsense"}),
        lambda body, headers: (body, {"Stripe-Signature": sign(body, "whsec_forged", 1_772_366_400)}),
        lambda body, headers: (body, {"Stripe-Signature": headers["Stripe-Signature"].replace("v1=", "v0=")}),
        lambda body, headers: (b"\xff\xfe", headers),
    ],
)
def test_a_forged_or_altered_webhook_is_refused(stripe_bench, spoil):
    stripe_bench.captured()
    body, headers = _first(stripe_bench)
    spoiled, altered = spoil(body, headers)
    with pytest.raises(WebhookRejectedError):
        stripe_bench.gateway.verify_and_parse_webhook(body=spoiled, headers=altered)
    assert stripe_bench.gateway.verify_and_parse_webhook(body=body, headers=headers)


def test_an_old_webhook_is_refused_even_with_a_newer_time_appended(stripe_bench):
    stripe_bench.captured()
    body, headers = _first(stripe_bench)
    stripe_bench.clock.advance(timedelta(minutes=5))
    assert stripe_bench.gateway.verify_and_parse_webhook(body=body, headers=headers)
    stripe_bench.clock.advance(timedelta(seconds=1))
    newer = int(stripe_bench.clock.now().timestamp())
    signature = headers["Stripe-Signature"]
    for header in (signature, f"{signature},t={newer}"):
        with pytest.raises(WebhookRejectedError, match="old"):
            stripe_bench.gateway.verify_and_parse_webhook(body=body, headers={"Stripe-Signature": header})


def test_header_names_are_read_in_any_case(stripe_bench):
    stripe_bench.captured()
    body, headers = _first(stripe_bench)
    lowered = {"stripe-signature": headers["Stripe-Signature"]}
    assert stripe_bench.gateway.verify_and_parse_webhook(body=body, headers=lowered)


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{}", b'{"object":"event"}', b'{"data":{"object":7}}'])
def test_a_signed_body_that_is_no_event_is_refused(stripe_bench, text):
    now = int(stripe_bench.clock.now().timestamp())
    header = sign(text, stripe_bench.server.state.webhook_secret, now)
    with pytest.raises(WebhookRejectedError):
        stripe_bench.gateway.verify_and_parse_webhook(body=text, headers={"Stripe-Signature": header})


def test_the_sandboxs_events_satisfy_the_sdks_types(stripe_bench):
    _a_long_story(stripe_bench)
    events = stripe_bench.controls.events()
    assert len({event["type"] for event in events}) >= 20
    problems = [problem for event in events for problem in contract.check_event(event)]
    assert problems == []


def test_events_can_be_duplicated_and_shuffled(stripe_bench):
    _a_long_story(stripe_bench)
    ordered = [event["id"] for event in stripe_bench.controls.events()]
    arrived = _deliver(stripe_bench, copies=3, shuffle=11)
    assert sorted(arrived) == sorted(ordered * 3)
    assert list(dict.fromkeys(arrived)) != ordered


def test_what_the_endpoint_does_not_take_stays_and_comes_again(stripe_bench):
    stripe_bench.captured()
    count = len(stripe_bench.controls.events())
    assert stripe_bench.controls.deliver(lambda body, headers: 500) == 0
    assert len(stripe_bench.controls.events("pending")) == count
    assert stripe_bench.controls.deliver(lambda body, headers: 200, limit=1) == 1
    assert len(stripe_bench.controls.events("pending")) == count - 1


def test_events_can_be_withheld_and_released(stripe_bench):
    stripe_bench.authorized()
    stripe_bench.controls.withhold("payment_intent.*")
    stripe_bench.authorized()
    assert {event.type for event in stripe_bench.events()} == {"charge.succeeded"}
    assert stripe_bench.controls.release() == len(stripe_bench.controls.events("pending")) == 4
    assert {event.type for event in stripe_bench.events()} == {
        "payment_intent.created",
        "payment_intent.amount_capturable_updated",
    }


def test_delivered_events_can_come_again_with_the_same_key_and_a_fresh_signature(stripe_bench):
    stripe_bench.captured()
    first = [event.event_key for event in stripe_bench.events()]
    stripe_bench.clock.advance(timedelta(days=3))
    assert stripe_bench.controls.redeliver(first[0]) == 1
    assert [event.event_key for event in stripe_bench.events()] == first[:1]
    assert stripe_bench.controls.redeliver() == len(first)


def test_an_endpoint_may_have_several_secrets(stripe_bench):
    stripe_bench.captured()
    body, headers = _first(stripe_bench)
    stripe_bench.gateway._webhook_secrets = ("whsec_other", stripe_bench.server.state.webhook_secret)
    assert stripe_bench.gateway.verify_and_parse_webhook(body=body, headers=headers)
    stripe_bench.gateway._webhook_secrets = ()
    with pytest.raises(WebhookRejectedError):
        stripe_bench.gateway.verify_and_parse_webhook(body=body, headers=headers)


def _first(bench) -> tuple[bytes, dict[str, str]]:
    """Return the first waiting event as it would be posted, without taking it."""
    posted: list[tuple[bytes, dict[str, str]]] = []

    def refuse(body: bytes, headers) -> int:
        posted.append((body, dict(headers)))
        return 500

    bench.controls.deliver(refuse)
    return posted[0]


def _deliver(bench, **how) -> list[str]:
    arrived: list[str] = []

    def take(body: bytes, headers) -> int:
        arrived.append(json.loads(body)["id"])
        return 200

    bench.controls.deliver(take, **how)
    return arrived


def _a_long_story(bench) -> None:
    """Let nearly everything happen that makes an event."""
    bench.captured("disputes")
    bench.controls.close_dispute(bench.controls.objects("dispute")[0]["id"], won=True)
    refunded = bench.captured("refund fails")
    bench.refund(refunded, Money(500, bench.currency))
    late = bench.captured("refund takes a day")
    bench.refund(late, Money(500, bench.currency))
    bench.authorize("declines")
    bench.authorize("asks")
    bench.gateway.void(gateway_id=bench.authorized(), idempotency_key="void")
    bench.authorized()
    payee = bench.open_payee("000999999991")
    transfer = done(bench.transfer(payee, Money(2000, bench.currency))).gateway_id
    bench.gateway.reverse_transfer(
        transfer_id=transfer, amount=Money(100, bench.currency), idempotency_key="back", operation_id="back"
    )
    bench.pay_out(payee, Money(1000, bench.currency))
    bench.controls.restrict_payee(payee)
    bench.controls.advance(timedelta(days=8))
