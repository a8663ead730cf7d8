"""Being paid through Paystack: the bank, the withdrawal and everything that may become of it, over HTTP."""

import json
import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps

from jobsphere.audit.models import AuditEntry
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.money import Money
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import services
from jobsphere.payments.gateways.paystack.sandbox.transfers import OTP
from jobsphere.payments.gateways.registry import forget_gateways, get_controls, sandbox_of
from jobsphere.payments.models import GatewayOperation, PayeeAccount, Payout
from jobsphere.payments.movements.tasks import import_movements
from jobsphere.payments.tasks import deliver_sandbox_events
from jobsphere.payments.tests.builders import assert_sound_books, balance, connected, do, gateway_id, later, pay
from jobsphere.users.models import Session
from jobsphere.web.idempotency import fingerprint
from jobsphere.web.models import IdempotencyRecord

pytestmark = pytest.mark.django_db(transaction=True)

EARNED = Money(50_000, "NGN")
NAIRA = EARNED.to_json()
NUMBER = "0001234567"


@pytest.fixture
def paystack(settings, tmp_path):
    """The Paystack sandbox as the marketplace's only gateway."""
    settings.DATA_DIR = tmp_path
    settings.GATEWAY = "sandbox_paystack"
    settings.GATEWAYS = ["sandbox_paystack"]
    forget_gateways()
    yield get_controls("sandbox_paystack")
    sandbox_of("sandbox_paystack").server.state.close()
    forget_gateways()


@pytest.fixture
def rest(paystack, run_worker):
    """A function that lets gateway, inbox and queue talk until neither has anything to say."""

    def run():
        for _ in range(20):
            deliver_sandbox_events()
            run_worker()
            if not paystack.events("pending"):
                return
        raise AssertionError("gateway and queue do not come to rest")

    return run


class Payee:
    """Pat with a browser."""

    def __init__(self, client):
        self.client = client

    def post(self, path, body=None, *, expect=200, key=""):
        headers = {"Idempotency-Key": key or str(uuid4())}
        answer = self.client.post(f"/api/{path}", body or {}, format="json", headers=headers)
        assert answer.status_code == expect, answer.content
        return answer.json()

    def get(self, path):
        answer = self.client.get(f"/api/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def connects(self, number=NUMBER, *, bank="058", expect=200, key=""):
        body = {"country": "NG", "bank": {"bank_code": bank, "account_number": number, "holder": "Pat Contractor"}}
        return self.post("payouts/connect", body, expect=expect, key=key)

    def withdraws(self, *, expect=201):
        return self.post("payouts/withdraw", {"amount": NAIRA}, expect=expect)

    def status(self):
        return self.get("payouts/history")["results"][0]["status"]

    def has(self):
        return next(line["available"]["amount"] for line in self.get("wallet/")["balances"])


@pytest.fixture
def payee(paystack, pat, client_for):
    return Payee(client_for(pat))


@pytest.fixture
def rich(payee, casey, pat, rest):
    """Pat with 500 naira in the wallet, paid through Paystack."""
    payment = pay(casey, pat, EARNED, card="AUTH_pays")
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    rest()
    assert payee.has() == EARNED.amount
    return payee


@pytest.fixture
def desk(ada, client_for):
    return Payee(client_for(ada))


def arrive(rest):
    for _ in range(2):
        later(31)
        rest()


def wallet(pat):
    return balance(AccountKind.WALLET, pat.id, "NGN")


def in_transit(payout_id):
    return balance(AccountKind.IN_TRANSIT, payout_id, "NGN")


def assert_sound():
    """Reconcile after our side has fetched what moved at the gateway."""
    import_movements()
    assert_sound_books()


# --- the bank


def test_the_banks_are_listed_and_the_form_says_that_it_is_ours(payee):
    assert {"code": "058", "name": "Guaranty Trust Bank", "currency": "NGN"} in payee.get("payouts/banks?country=NG")
    assert payee.get("payouts/balance")["payee"]["form"] == "bank"


def test_a_payee_gives_their_bank_and_can_withdraw_at_once(payee):
    shown = payee.connects()
    assert (shown["can_withdraw"], shown["bank"]["last4"]) == (True, "4567")
    assert NUMBER not in json.dumps(shown)


@pytest.mark.parametrize("number, bank", [("0001111116", "058"), (NUMBER, "999")])
def test_an_account_that_does_not_exist_is_refused_with_words_and_nothing_is_kept(payee, number, bank):
    problem = payee.connects(number, bank=bank, expect=400)
    assert problem["errors"][0]["pointer"] == "/bank/account_number"
    assert "no such account" in problem["errors"][0]["detail"]
    assert not PayeeAccount.objects.exists()
    assert not IdempotencyRecord.objects.exists()


def test_an_account_that_somebody_else_is_paid_to_is_refused_and_nothing_is_kept(payee, sam, client_for):
    payee.connects()
    problem = Payee(client_for(sam)).connects(expect=400)
    assert problem["errors"][0]["pointer"] == "/bank/account_number"
    assert "cannot be used here" in problem["errors"][0]["detail"]
    assert PayeeAccount.objects.count() == 1
    assert IdempotencyRecord.objects.count() == 1


def test_without_an_answer_nothing_is_kept_and_the_number_may_be_given_again(paystack, payee):
    paystack.lose_response("POST /transferrecipient")
    payee.connects(expect=503)
    assert not PayeeAccount.objects.exists()
    assert payee.connects()["can_withdraw"]
    assert len(paystack.objects("recipient")) == 1


def test_the_account_number_is_nowhere(paystack, rich, rest, settings, caplog):
    """Not in a table, not in a file of ours, not in a log; and its last four digits do not help to find it."""
    caplog.set_level(logging.DEBUG)
    key = str(uuid4())
    rich.connects(key=key)
    rich.connects(key=key)
    rich.connects("0001111116", expect=400)
    rich.withdraws()
    arrive(rest)
    assert rich.status() == "paid"
    assert NUMBER not in caplog.text
    for model in apps.get_models():
        for row in model._default_manager.values():
            assert NUMBER not in str(row), model
            assert NUMBER[:6] not in str(row.get("bank_fingerprint", "")), model
    assert_sound()


def test_the_account_number_cannot_be_found_by_trying_numbers_against_the_stored_request(payee, settings):
    """Ten digits are tried in seconds against a plain hash; the stored one is keyed with what no table has."""
    key = str(uuid4())
    payee.connects(key=key)
    (before,) = IdempotencyRecord.objects.filter(key=key).values_list("body_hash", flat=True)
    settings.SECRET_KEY = "another secret of another marketplace, long enough"
    body = {"country": "NG", "bank": {"bank_code": "058", "account_number": NUMBER, "holder": "Pat Contractor"}}
    tried = fingerprint(actor_id=uuid4(), key=key, method="POST", path="/api/payouts/connect", body=body)
    assert tried.body_hash != before


# --- the withdrawal


def test_a_withdrawal_is_a_transfer_from_our_balance_and_is_paid(paystack, rich, pat, rest):
    rich.connects()
    shown = rich.withdraws()
    assert (shown["status"], wallet(pat), in_transit(shown["id"])) == ("paying", 0, EARNED.amount)
    assert [row["amount"] for row in paystack.objects("transfer")] == [EARNED.amount]
    arrive(rest)
    assert (rich.status(), wallet(pat), in_transit(shown["id"])) == ("paid", 0, 0)
    assert paystack.balance("NGN") == 0
    assert_sound()


@pytest.mark.parametrize(
    "number, ends", [("0001111113", ["failed", "failed"]), ("0009999991", ["paid", "returned"])], ids=["failed", "back"]
)
def test_what_the_bank_does_not_keep_is_in_the_wallet_again(paystack, rich, pat, rest, number, ends):
    rich.connects(number)
    shown = rich.withdraws()
    for expected in ends:
        later(31)
        rest()
        assert rich.status() == expected
    assert (rich.has(), wallet(pat), in_transit(shown["id"])) == (EARNED.amount, EARNED.amount, 0)
    assert paystack.balance("NGN") == EARNED.amount
    assert_sound()


@pytest.mark.parametrize("fault", ["lose_request", "lose_response", "fail_before", "fail_after"])
def test_a_lost_answer_pays_once_and_nothing_fails_meanwhile(paystack, rich, pat, rest, fault):
    rich.connects()
    getattr(paystack, fault)("POST /transfer")
    assert rich.withdraws()["status"] == "paying"
    for _ in range(5):
        later(60)
        rest()
    assert rich.status() == "paid"
    assert len(paystack.objects("transfer")) == 1
    assert not StoredEvent.objects.filter(name="payout.failed").exists()
    assert_sound()


def test_a_balance_that_is_too_small_there_waits_and_is_paid_later(paystack, rich, pat, rest):
    rich.connects()
    paystack.decline("balance_insufficient", "POST /transfer")
    rich.withdraws()
    assert (rich.status(), wallet(pat)) == ("paying", 0)
    assert GatewayOperation.objects.get(kind="pay_out").status == "unknown"
    for _ in range(5):
        later(60)
        rest()
    assert rich.status() == "paid"
    assert_sound()


def test_an_account_that_became_unusable_gives_the_money_back(paystack, rich, pat, rest):
    rich.connects()
    paystack.restrict_payee(paystack.objects("recipient")[0]["recipient_code"])
    rich.withdraws()
    rest()
    assert (rich.status(), wallet(pat)) == ("failed", EARNED.amount)
    assert_sound()


# --- the code


@pytest.fixture
def waiting_for_code(paystack, rich, rest):
    """A payout that waits for the operator's code; returns its address."""
    rich.connects()
    paystack.ask_for_otp()
    shown = rich.withdraws()
    assert shown["waiting_for"] == "marketplace"
    rest()
    return f"admin/payouts/{shown['id']}/"


def row_of(desk):
    return desk.get("admin/payouts/")["results"][0]


def facts():
    """All that a refusal must not change."""
    payout = Payout.objects.values().get()
    return payout, AuditEntry.objects.count(), StoredEvent.objects.count(), IdempotencyRecord.objects.count()


def test_the_code_lets_the_payout_go_on_and_is_kept_nowhere(paystack, desk, pat, rest, waiting_for_code, caplog):
    caplog.set_level(logging.DEBUG)
    assert (row_of(desk)["needs_otp"], row_of(desk)["allowed_actions"]) == (True, ["finalize", "resend-code"])
    key = str(uuid4())
    shown = desk.post(waiting_for_code + "finalize/", {"otp": OTP}, key=key)
    assert (shown["status"], shown["needs_otp"], shown["allowed_actions"]) == ("paying", False, [])
    assert desk.post(waiting_for_code + "finalize/", {"otp": OTP}, key=key) == shown
    arrive(rest)
    assert row_of(desk)["status"] == "paid"
    assert AuditEntry.objects.filter(verb="payout.finalize").count() == 1
    assert OTP not in caplog.text
    for model in apps.get_models():
        for row in model._default_manager.values():
            texts = [str(value) for name, value in row.items() if not name.endswith(("_hash", "digest", "key", "seal"))]
            assert not any(f'"{OTP}"' in text or f"'{OTP}'" in text or text == OTP for text in texts), model
    assert_sound()


def test_a_wrong_code_is_refused_and_changes_nothing(paystack, desk, waiting_for_code):
    before = facts()
    problem = desk.post(waiting_for_code + "finalize/", {"otp": "000000"}, expect=400)
    assert problem["errors"][0]["pointer"] == "/otp"
    assert facts() == before
    assert paystack.balance("NGN") == EARNED.amount


def test_who_may_not_give_codes_changes_nothing(paystack, desk, ada, omar, pat, client_for, waiting_for_code):
    before = facts()
    asked = len(paystack.requests("POST *"))
    for someone in (omar, pat):
        Payee(client_for(someone)).post(waiting_for_code + "finalize/", {"otp": OTP}, expect=403)
    Session.objects.filter(user_id=ada.id).update(authenticated_at=clock.machine_now() - timedelta(hours=2))
    problem = desk.post(waiting_for_code + "finalize/", {"otp": OTP}, expect=403)
    assert problem["code"] == "reauthentication-required"
    assert facts() == before
    assert len(paystack.requests("POST *")) == asked


def test_no_answer_to_a_code_is_not_a_failure_and_is_looked_at(paystack, desk, rest, waiting_for_code):
    paystack.go_down()
    shown = desk.post(waiting_for_code + "finalize/", {"otp": OTP}, expect=202)
    assert (shown["status"], shown["needs_otp"]) == ("paying", True)
    paystack.come_back()
    desk.post(waiting_for_code + "finalize/", {"otp": OTP})
    arrive(rest)
    assert row_of(desk)["status"] == "paid"
    assert len(paystack.objects("transfer")) == 1
    assert_sound()


def test_a_code_whose_answer_was_lost_has_worked_once(paystack, desk, rest, waiting_for_code):
    paystack.lose_response("POST /transfer/finalize_transfer")
    shown = desk.post(waiting_for_code + "finalize/", {"otp": OTP})
    assert not shown["needs_otp"]
    desk.post(waiting_for_code + "finalize/", {"otp": OTP}, expect=409)
    arrive(rest)
    assert row_of(desk)["status"] == "paid"
    assert_sound()


def test_another_code_is_sent_while_the_payout_waits_and_not_afterwards(paystack, desk, waiting_for_code):
    assert desk.post(waiting_for_code + "resend-code/")["needs_otp"]
    assert len(paystack.requests("POST /transfer/resend_otp")) == 1
    desk.post(waiting_for_code + "finalize/", {"otp": OTP})
    before = facts()
    desk.post(waiting_for_code + "resend-code/", expect=409)
    assert facts() == before
    assert len(paystack.requests("POST /transfer/resend_otp")) == 1


def test_there_is_no_code_for_a_payout_of_nobody(desk, paystack):
    for verb, body in (("finalize", {"otp": OTP}), ("resend-code", None)):
        desk.post(f"admin/payouts/{uuid4()}/{verb}/", body, expect=404)


# --- two gateways


def test_a_withdrawal_goes_to_the_gateway_that_holds_the_money(rest, paystack, settings, casey, pat, ada, client_for):
    """The first gateway was down, so the second took the payment: only there can our balance pay it out."""
    settings.GATEWAY = "sandbox"
    settings.GATEWAYS = ["sandbox", "sandbox_paystack"]
    stripe = get_controls()
    connected(stripe, pat)
    do(services.stop_gateway, actor=ada, name="sandbox", reason="It is down.")
    payment = pay(casey, pat, EARNED, card=None)
    assert payment.gateway == "sandbox_paystack"
    paystack.pay(gateway_id(payment.id))
    do(services.confirm_payment, actor=casey, payment_id=payment.id)
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    rest()
    payee = Payee(client_for(pat))
    body = {"bank_code": "058", "account_number": NUMBER, "holder": "Pat Contractor"}
    payee.post("payouts/connect", {"country": "NG", "gateway": "sandbox_paystack", "bank": body})
    do(services.resume_gateway, actor=ada, name="sandbox", reason="It is back.")
    assert [each["gateway"] for each in payee.get("payouts/balance")["payees"]] == ["sandbox", "sandbox_paystack"]
    assert payee.withdraws()["gateway"] == "sandbox_paystack"
    arrive(rest)
    assert payee.status() == "paid"
    assert (len(paystack.objects("transfer")), stripe.objects("payout"), stripe.objects("transfer")) == (1, [], [])
    assert_sound()
