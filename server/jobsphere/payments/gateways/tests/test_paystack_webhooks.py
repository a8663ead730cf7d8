"""Paystack's webhooks: one signature over the raw body, no id and no time."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from jobsphere.payments.gateways.base import ObjectKind, WebhookRejectedError
from jobsphere.payments.gateways.paystack import PaystackGateway
from jobsphere.payments.gateways.paystack.webhooks import SIGNATURE_HEADER, sign
from jobsphere.payments.gateways.tests.test_webhooks import _first

SIGNED = SIGNATURE_HEADER


def _other(body: bytes, key: str = "sk_test_other") -> str:
    return sign(body, key)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body, headers: (body.replace(b'"amount":100000', b'"amount":900000'), headers),
        lambda body, headers: (body + b" ", headers),
        lambda body, headers: (json.dumps(json.loads(body), indent=1).encode(), headers),
        lambda body, headers: (body, {}),
        lambda body, headers: (body, {SIGNED: ""}),
        lambda body, headers: (body, {SIGNED: headers[SIGNED].upper()}),
        lambda body, headers: (body, {SIGNED: headers[SIGNED][:-1]}),
        lambda body, headers: (body, {SIGNED: "å" * 128}),
        lambda body, headers: (body, {SIGNED: _other(body)}),
        lambda body, headers: (body, {SIGNED: _other(body, "")}),
        lambda body, headers: (body, {SIGNED: hashlib.sha512(body).hexdigest()}),
        lambda body, headers: (b"\xff\xfe", headers),
    ],
)
def test_a_forged_altered_or_rewritten_webhook_is_refused(paystack_bench, spoil):
    paystack_bench.captured()
    body, headers = _first(paystack_bench)
    spoiled, altered = spoil(body, headers)
    with pytest.raises(WebhookRejectedError):
        paystack_bench.gateway.verify_and_parse_webhook(body=spoiled, headers=altered)
    assert paystack_bench.gateway.verify_and_parse_webhook(body=body, headers=headers)


def test_the_signature_is_what_paystack_documents(paystack_bench):
    paystack_bench.captured()
    body, headers = _first(paystack_bench)
    key = paystack_bench.server.state.secret_key.encode()
    assert headers["x-paystack-signature"] == hmac.new(key, body, hashlib.sha512).hexdigest()


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{}", b'{"event":"x"}', b'{"event":1,"data":{}}', b"nonsense"])
def test_a_signed_body_that_is_no_event_is_refused(paystack_bench, text):
    headers = {SIGNED: sign(text, paystack_bench.server.state.secret_key)}
    with pytest.raises(WebhookRejectedError):
        paystack_bench.gateway.verify_and_parse_webhook(body=text, headers=headers)


def test_without_a_key_nothing_is_believed():
    gateway = PaystackGateway(secret_key="", guard=lambda: None)
    body = b'{"event":"charge.success","data":{"reference":"js-x"}}'
    with pytest.raises(WebhookRejectedError):
        gateway.verify_and_parse_webhook(body=body, headers={SIGNED: sign(body, "")})


def test_the_same_event_has_the_same_key_and_another_has_another(paystack_bench):
    paystack_bench.captured()
    first = paystack_bench.events()
    paystack_bench.clock.advance(timedelta(days=3))
    paystack_bench.controls.redeliver()
    assert [event.event_key for event in paystack_bench.events()] == [event.event_key for event in first]
    paystack_bench.captured()
    assert paystack_bench.events()[0].event_key != first[0].event_key


@pytest.mark.parametrize(
    "kind, data, expected",
    [
        ("charge.success", {"reference": "js-op"}, (ObjectKind.PAYMENT, "js-op", "")),
        ("charge.dispute.create", {"id": 7, "reference": "x"}, (ObjectKind.DISPUTE, "7", "")),
        (
            "transfer.reversed",
            {"transfer_code": "TRF_1", "recipient": {"recipient_code": "RCP_1"}},
            (ObjectKind.PAYOUT, "TRF_1", "RCP_1"),
        ),
        ("refund.processed", {"id": "9"}, (ObjectKind.REFUND, "9", "")),
        ("refund.failed", {"transaction_reference": "js-op"}, (ObjectKind.REFUND, "newest-of:js-op", "")),
        ("subscription.create", {"id": 1}, (ObjectKind.OTHER, "", "")),
    ],
)
def test_an_event_names_its_object(paystack_bench, kind, data, expected):
    body = json.dumps({"event": kind, "data": data | {"created_at": "not a date"}}).encode()
    headers = {"X-Paystack-Signature": sign(body, paystack_bench.server.state.secret_key)}
    event = paystack_bench.gateway.verify_and_parse_webhook(body=body, headers=headers)
    assert (event.object_kind, event.object_id, event.payee_id) == expected
    assert event.created == paystack_bench.clock.now()
