"""Cards that people keep: nothing of a number here, nobody else's, and what is removed pays nothing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.ids import uuid7
from jobsphere.payments import selectors, services
from jobsphere.payments.models import GatewayOperation, Payment, SavedMethod
from jobsphere.payments.tests.builders import do, later, look, usd

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ask(client_for, sandbox) -> Callable[..., Any]:
    """Return a function that asks as somebody."""

    def send(actor: Any, method: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency-Key": str(uuid4())}
        return getattr(client_for(actor), method)(f"/api/payments/{path}", body, format="json", headers=headers)

    return send


def keep(ask, actor, card="pm_card_visa"):
    made = ask(actor, "post", "methods/", {"payment_method": card})
    assert made.status_code == 201, made.json()
    return made.json()


def charge(casey, pat, method, *, away=True):
    """Charge a saved card; returns the payment."""
    started = do(
        services.start_payment,
        actor=casey,
        payer_id=casey.id,
        payee_id=pat.id,
        amount=usd(5_000),
        purpose_type="test",
        purpose_id=uuid7(),
        payment_method=str(method),
        off_session=away,
    )
    return look(started.id)


def test_a_card_is_kept_shown_and_charged_while_its_owner_is_away(ask, casey, pat):
    first = keep(ask, casey)
    assert (first["status"], first["brand"], first["last4"], first["is_default"]) == ("saved", "visa", "4242", True)
    second = keep(ask, casey, "pm_card_mastercard")
    assert (second["is_default"], len(SavedMethod.objects.values_list("customer_ref").distinct())) == (False, 1)
    assert charge(casey, pat, second["id"]).detail == "authorized"
    listed = ask(casey, "post", f"methods/{second['id']}/default/", {}).json()
    assert [(each["last4"], each["is_default"]) for each in listed["methods"]] == [("4444", True), ("4242", False)]
    assert listed["possible"]


def test_a_bank_that_asks_when_it_is_kept_asks_not_again(ask, casey, pat, sandbox):
    waiting = keep(ask, casey, "pm_card_authenticationRequiredOnSetup")
    assert (waiting["status"], bool(waiting["action_url"])) == ("action_required", True)
    with pytest.raises(InvalidInput):
        charge(casey, pat, waiting["id"])
    assert not Payment.objects.exists()
    sandbox.answer_challenge(SavedMethod.objects.get().gateway_id)
    done = ask(casey, "post", f"methods/{waiting['id']}/confirm/", {}).json()
    assert (done["status"], done["action_url"]) == ("saved", "")
    assert charge(casey, pat, done["id"]).detail == "authorized"


@pytest.mark.parametrize(("passed", "ends"), [(True, "saved"), (False, "failed")])
def test_who_never_comes_back_from_their_bank_has_kept_the_card_or_not(ask, casey, sandbox, settle, passed, ends):
    keep(ask, casey, "pm_card_authenticationRequiredOnSetup")
    settle()
    assert SavedMethod.objects.get().status == "action_required"
    sandbox.answer_challenge(SavedMethod.objects.get().gateway_id, passed=passed)
    settle()
    row = SavedMethod.objects.get()
    assert (row.status, row.action, row.is_default) == (ends, None, passed)
    sandbox.deliver_webhooks(copies=3)
    settle()
    assert SavedMethod.objects.get().status == ends


def test_a_bank_that_wants_to_see_the_owner_declines_and_the_owner_can_pay(ask, casey, pat, sandbox):
    waiting = keep(ask, casey, "pm_card_threeDSecure2Required")
    sandbox.answer_challenge(SavedMethod.objects.get().gateway_id)
    ask(casey, "post", f"methods/{waiting['id']}/confirm/", {})
    away = charge(casey, pat, waiting["id"])
    assert (away.detail, away.failure_code) == ("declined", "authentication_failed")
    assert charge(casey, pat, waiting["id"], away=False).detail == "action_required"


def test_a_card_that_was_refused_is_not_kept(ask, casey, pat):
    refused = keep(ask, casey, "pm_card_chargeDeclined")
    assert (refused["status"], refused["failure_message"]) == ("failed", "Your card was declined.")
    assert ask(casey, "get", "methods/").json()["methods"] == []
    with pytest.raises(InvalidInput):
        charge(casey, pat, refused["id"])


def test_a_removed_card_pays_nothing_and_the_next_is_the_usual_one(ask, casey, pat, sandbox):
    first, second = keep(ask, casey), keep(ask, casey, "pm_card_mastercard")
    left = ask(casey, "delete", f"methods/{first['id']}/").json()
    assert [(each["id"], each["is_default"]) for each in left["methods"]] == [(second["id"], True)]
    assert GatewayOperation.objects.get(kind="forget_method").status == "succeeded"
    with pytest.raises(InvalidInput):
        charge(casey, pat, first["id"])
    assert not Payment.objects.exists()
    usual = selectors.usual_method(casey.known_id(), SavedMethod.objects.get(pk=first["id"]).pk)
    assert usual is not None
    assert usual.last4 == "4444"


def test_it_is_nobody_elses(ask, casey, pat, omar, ada):
    mine = keep(ask, casey)
    before = list(SavedMethod.objects.values())
    for actor in (omar, pat, ada):
        for method, path in (
            ("get", f"methods/{mine['id']}/"),
            ("delete", f"methods/{mine['id']}/"),
            ("post", f"methods/{mine['id']}/confirm/"),
            ("post", f"methods/{mine['id']}/default/"),
        ):
            assert ask(actor, method, path, {} if method == "post" else None).status_code == 404
        assert ask(actor, "get", "methods/").json()["methods"] == []
    with pytest.raises(InvalidInput):
        charge(omar, pat, mine["id"])
    assert list(SavedMethod.objects.values()) == before
    assert not Payment.objects.exists()


def test_an_answer_that_is_lost_is_not_a_refusal(ask, casey, sandbox, run_worker):
    sandbox.lose_response("POST /v1/setup_intents")
    made = ask(casey, "post", "methods/", {"payment_method": "pm_card_visa"})
    assert (made.status_code, made.json()["status"]) == (202, "saving")
    later(120)
    run_worker()
    assert ask(casey, "get", f"methods/{made.json()['id']}/").json()["status"] == "saved"


def test_a_gateway_that_keeps_no_cards_refuses_by_name(ask, casey, settings):
    settings.GATEWAY, settings.GATEWAYS = "sandbox_paystack", ["sandbox_paystack"]
    refused = ask(casey, "post", "methods/", {"payment_method": "AUTH_pays"})
    assert refused.status_code == 400
    assert "sandbox_paystack" in refused.json()["errors"][0]["detail"]
    assert not SavedMethod.objects.exists()
    assert ask(casey, "get", "methods/").json() == {"possible": False, "methods": []}
