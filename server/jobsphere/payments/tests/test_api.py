"""Payments, payouts and wallets over HTTP."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.ledger.types import AccountKind
from jobsphere.payments import purposes, services
from jobsphere.payments.models import GatewayOperation, Payment, Payout
from jobsphere.payments.tests.builders import (
    WANTED,
    assert_sound_books,
    balance,
    captured,
    connected,
    gateway_id,
    later,
    pay,
    usd,
    withdraw,
)

pytestmark = pytest.mark.django_db(transaction=True)

USD100 = {"amount": 100_00, "currency": "USD"}


@pytest.fixture
def wish(casey, pat):
    """A thing that only casey can pay for, and pat is paid for: registered as higher apps do."""
    wish_id = uuid4()

    def create_intent(actor: Actor, purpose_id, payment_method, gateway):
        if purpose_id != wish_id or actor.id != casey.id:
            raise NotFound("There is no such wish.")
        return services.start_payment(
            actor=actor,
            payer_id=actor.id,
            payee_id=pat.id,
            amount=usd(100_00),
            purpose_type=WANTED,
            purpose_id=purpose_id,
            payment_method=payment_method,
        ).id

    def not_found(actor, request):
        raise NotFound("There is no such milestone.")

    before = dict(purposes._purposes)
    purposes._purposes.clear()
    purposes.register(WANTED, purposes.Purpose(create_intent, not_found, not_found))
    yield {"purpose": {"type": WANTED, "id": str(wish_id)}, "payment_method": "pm_card_visa"}
    purposes._purposes.clear()
    purposes._purposes.update(before)


def key(text=None):
    return {"Idempotency-Key": text or str(uuid4())}


def post(client, path, body, idempotency=None):
    return client.post(path, body, format="json", headers=key(idempotency))


def test_pay_and_see_the_outcome_in_the_same_answer(sandbox, casey, pat, client_for, wish):
    answer = post(client_for(casey), "/api/payments/create-intent", wish)
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert (body["status"], body["detail"]) == ("pending", "authorized")
    assert body["customer"] == {"id": str(casey.id), "name": casey.name}
    assert body["contractor"] == {"id": str(pat.id), "name": pat.name}
    assert body["amount"] == USD100
    assert body["action"] is None
    assert body["flags"] == {"disputed": False, "partially_refunded": False, "prepaid": False}
    assert body["allowed_actions"] == []


@pytest.mark.parametrize("path", ["/api/payments/initiate/", "/api/payments/initiate", "/api/payments/create-intent/"])
def test_every_spelling_of_the_seeds_answers(sandbox, casey, client_for, wish, path):
    assert post(client_for(casey), path, wish).status_code == 201


def test_three_d_secure_over_http(sandbox, casey, pat, client_for, wish):
    client = client_for(casey)
    body = post(client, "/api/payments/create-intent", wish | {"payment_method": "pm_card_threeDSecureRequired"}).json()
    assert body["action"]["url"]
    assert body["allowed_actions"] == ["confirm"]
    assert client_for(pat).get(f"/api/payments/{body['id']}/").json()["action"] is None
    sandbox.answer_challenge(gateway_id(body["id"]))
    confirmed = post(client, "/api/payments/confirm", {"payment": body["id"]})
    assert confirmed.status_code == 200
    assert confirmed.json()["detail"] == "authorized"


def test_a_gateway_that_is_down_answers_202_and_finishes_later(sandbox, casey, client_for, wish, run_worker):
    sandbox.go_down()
    client = client_for(casey)
    answer = post(client, "/api/payments/create-intent", wish)
    assert answer.status_code == 202
    assert answer.json()["detail"] == "created"
    sandbox.come_back()
    later(30)
    run_worker()
    assert client.get(f"/api/payments/{answer.json()['id']}/").json()["detail"] == "authorized"


def test_a_declined_card_is_an_answer_and_not_an_error(sandbox, casey, client_for, wish):
    answer = post(client_for(casey), "/api/payments/create-intent", wish | {"payment_method": "pm_card_chargeDeclined"})
    assert answer.status_code == 201
    assert answer.json()["status"] == "failed"
    assert answer.json()["failure"]["code"] == "card_declined"


def test_the_same_key_pays_once_and_gets_the_same_answer(sandbox, casey, client_for, wish):
    client = client_for(casey)
    first = post(client, "/api/payments/create-intent", wish, "one")
    again = post(client, "/api/payments/create-intent", wish, "one")
    assert first.json() == again.json()
    assert Payment.objects.count() == 1
    assert len(sandbox.objects("payment_intent")) == 1
    other = post(client, "/api/payments/create-intent", wish | {"payment_method": "pm_card_mastercard"}, "one")
    assert other.status_code == 400
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    ["payments/create-intent", "payments/confirm", "payments/release/", "payments/refund/", "payouts/connect",
     "payouts/withdraw"],
)  # fmt: skip
def test_every_money_verb_needs_a_key_and_a_sign_in(sandbox, casey, client_for, wish, path):
    bodies = {
        "payments/create-intent": wish,
        "payments/confirm": {"payment": str(uuid4())},
        "payments/release/": {"milestone": str(uuid4())},
        "payments/refund/": {"milestone": str(uuid4()), "reason": "because"},
        "payouts/connect": {},
        "payouts/withdraw": {"amount": USD100},
    }
    answer = client_for(casey).post(f"/api/{path}", bodies[path], format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-required")
    assert post(client_for(), f"/api/{path}", bodies[path]).status_code == 401
    assert not Payment.objects.exists()
    assert not sandbox.requests()


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("payments/create-intent", {}, "/purpose"),
        ("payments/create-intent", {"purpose": {"type": "nothing", "id": str(uuid4())}}, "/purpose/type"),
        ("payments/create-intent", {"purpose": {"type": WANTED, "id": "x"}}, "/purpose/id"),
        ("payments/confirm", {"payment": str(uuid4()), "card": "4242"}, "/card"),
        ("payments/refund/", {"milestone": str(uuid4())}, "/reason"),
        ("payouts/withdraw", {"amount": {"amount": 1.5, "currency": "USD"}}, "/amount"),
        ("payouts/withdraw", {"amount": {"amount": -5, "currency": "USD"}}, "/amount"),
        ("payouts/withdraw", {"amount": {"amount": 5, "currency": "XXQ"}}, "/amount"),
        ("payouts/withdraw", {"amount": "100"}, "/amount"),
    ],
)
def test_wrong_input_names_the_field_and_changes_nothing(sandbox, casey, client_for, wish, path, body, pointer):
    answer = post(client_for(casey), f"/api/{path}", body)
    assert answer.status_code == 400
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert not Payment.objects.exists()
    assert not Payout.objects.exists()


@pytest.mark.parametrize("body", [{}, {"milestone": str(uuid4()), "contract": str(uuid4())}])
def test_release_names_a_milestone_or_a_contract(sandbox, casey, client_for, wish, body):
    assert post(client_for(casey), "/api/payments/release/", body).status_code == 400


def test_a_stranger_sees_and_changes_nothing(sandbox, casey, pat, omar, client_for, wish):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    stranger = client_for(omar)
    before = GatewayOperation.objects.count(), len(sandbox.requests())
    assert stranger.get(f"/api/payments/{payment.id}/").status_code == 404
    assert post(stranger, "/api/payments/confirm", {"payment": str(payment.id)}).status_code == 404
    assert post(stranger, "/api/payments/create-intent", wish).status_code == 404
    assert post(stranger, "/api/payments/release/", {"milestone": str(uuid4())}).status_code == 404
    assert stranger.get("/api/payments/history/").json()["results"] == []
    assert (GatewayOperation.objects.count(), len(sandbox.requests())) == before
    assert Payment.objects.count() == 1


def test_an_administrator_sees_a_payment_without_the_payers_secret(sandbox, casey, pat, ada, client_for):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    body = client_for(ada).get(f"/api/payments/{payment.id}/").json()
    assert body["detail"] == "action_required"
    assert body["action"] is None


def test_both_parties_find_the_payment_in_their_history(sandbox, casey, pat, client_for):
    payment = captured(casey, pat)
    for person in (casey, pat):
        page = client_for(person).get("/api/payments/history").json()
        assert [row["id"] for row in page["results"]] == [str(payment.id)]


def test_the_whole_way_to_the_bank_over_http(sandbox, casey, pat, client_for, settle):
    captured(casey, pat)
    client = client_for(pat)
    link = post(client, "/api/payouts/connect", {})
    assert link.status_code == 200
    assert link.json()["onboarding_url"]
    assert link.json()["currently_due"]
    refused = post(client, "/api/payouts/withdraw", {"amount": USD100})
    assert (refused.status_code, refused.json()["code"]) == (409, "payouts-not-enabled")
    sandbox.complete_onboarding(sandbox.objects("account")[0]["id"])
    assert client.post("/api/payouts/refresh", {}, format="json").json()["can_withdraw"] is True
    paid = post(client, "/api/payouts/withdraw", {"amount": USD100})
    assert (paid.status_code, paid.json()["status"]) == (201, "paying")
    wallet = client.get("/api/wallet/").json()
    (balance,) = wallet["balances"]
    nothing = {"amount": 0, "currency": "USD"}
    assert {name: balance[name] for name in ("available", "clearing", "in_transit", "owed")} == {
        "available": nothing,
        "clearing": nothing,
        "in_transit": USD100,
        "owed": nothing,
    }
    assert [each["id"] for each in balance["payouts"]] == [paid.json()["id"]]
    later(60)
    sandbox.tick()
    settle()
    assert client.get("/api/payouts/history").json()["results"][0]["status"] == "paid"
    balance_now = client.get("/api/payouts/balance").json()
    assert balance_now["payee"]["can_withdraw"] is True
    assert balance_now["balances"][0]["in_transit"]["amount"] == 0
    entries = client.get("/api/wallet/entries/").json()["results"]
    assert [(line["code"], line["amount"]["amount"], line["balance_after"]["amount"]) for line in entries] == [
        ("payout.requested", -100_00, 0),
        ("test.applied", 100_00, 100_00),
    ]
    assert_sound_books()


def test_too_much_is_a_conflict_that_says_what_is_there(sandbox, casey, pat, client_for):
    captured(casey, pat)
    connected(sandbox, pat)
    answer = post(client_for(pat), "/api/payouts/withdraw", {"amount": {"amount": 100_01, "currency": "USD"}})
    assert (answer.status_code, answer.json()["code"]) == (409, "insufficient-balance")
    assert answer.json()["available"] == USD100
    assert balance(AccountKind.WALLET, pat.id) == 100_00


def test_a_strangers_payout_cannot_be_cancelled(sandbox, casey, pat, omar, client_for):
    captured(casey, pat)
    connected(sandbox, pat)
    payout = withdraw(pat, usd(100_00))
    assert post(client_for(omar), f"/api/payouts/{payout.id}/cancel/", {}).status_code == 404
    answer = post(client_for(pat), f"/api/payouts/{payout.id}/cancel/", {})
    assert (answer.status_code, answer.json()["current_status"]) == (409, "paying")
    assert Payout.objects.get().status == "paying"


def test_an_empty_wallet_and_its_statement(sandbox, omar, client_for):
    client = client_for(omar)
    assert client.get("/api/wallet/").json() == {"balances": []}
    assert client.get("/api/wallet/entries/").json() == {"next": None, "previous": None, "results": []}
    assert client.get("/api/wallet/entries/?currency=XXQ").status_code == 400


def test_a_statement_is_read_page_by_page(sandbox, casey, pat, client_for):
    for _ in range(3):
        captured(casey, pat)
    client = client_for(pat)
    first = client.get("/api/wallet/entries/?page_size=2").json()
    second = client.get(first["next"]).json()
    assert [len(first["results"]), len(second["results"]), second["next"]] == [2, 1, None]


@pytest.mark.parametrize("path", ["/api/payments/history/", "/api/payouts/history", "/api/wallet/entries/"])
def test_a_list_costs_the_same_number_of_queries_however_long_it_is(sandbox, casey, pat, client_for, path):
    connected(sandbox, pat)
    client = client_for(pat)
    counts = []
    for _ in range(2):
        captured(casey, pat)
        withdraw(pat, usd(50_00))
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 8
