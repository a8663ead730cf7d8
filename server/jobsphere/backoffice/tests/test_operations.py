"""What the gateway left open, what the queue gave up, and who is told (R72)."""

from typing import Any
from uuid import UUID

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.backoffice.tests.conftest import holds_of
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.models import Transfer
from jobsphere.ledger.types import AccountKind, account
from jobsphere.notifications.models import Notification
from jobsphere.outbox import services as outbox
from jobsphere.outbox.errors import GiveUp
from jobsphere.outbox.models import DeadLetter
from jobsphere.outbox.subscriptions import job
from jobsphere.payments.events import OperationRejected, OperationStuck, PaymentDisputed, PayoutFailed, RefundFailed
from jobsphere.payments.models import GatewayOperation, Payment, Refund
from tests.stories.people import Contractor, Customer

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "The gateway is back."}


@pytest.fixture
def unknown_capture(stage, sandbox, settle):
    """A capture whose answer never came."""
    customer, contractor = Customer(), Contractor()
    offer = customer.offers(proposal_id=contractor.proposes(customer.posts_job(), 1000))
    settle()
    sandbox.go_down()
    contractor.accepts(offer, expect=202)
    return contractor, offer


def test_what_the_gateway_left_open_is_listed_and_asked_again(admin, unknown_capture, sandbox):
    contractor, offer = unknown_capture
    (found,) = admin.get("operations/")["results"]
    assert (found["kind"], found["status"], found["stuck"]) == ("capture", "unknown", False)
    assert found["last_error"]
    still_open = admin.post(f"operations/{found['id']}/retry/", WHY, expect=202)
    assert still_open["status"] == "unknown"
    sandbox.come_back()
    done = admin.post(f"operations/{found['id']}/retry/", WHY)
    assert done["status"] == "succeeded"
    assert contractor.get(f"offers/{offer['id']}/")["status"] == "accepted"
    assert admin.get("operations/")["results"] == []
    reasons = AuditEntry.objects.filter(verb="operation.retry_asked", target_id=found["id"])
    assert [each.detail for each in reasons] == [WHY, WHY]
    assert admin.get("operations/", subject_id=found["subject_id"], kind="capture")["results"] == [done]


def test_what_is_settled_is_not_asked_again_and_nothing_changes(admin, deal, rows):
    (found,) = admin.get("operations/", kind="capture", status="succeeded")["results"]
    before = rows(GatewayOperation, AuditEntry, Transfer)
    admin.post(f"operations/{found['id']}/retry/", WHY, expect=409)
    admin.post(f"operations/{found['id']}/retry/", {}, expect=400)
    admin.post(f"operations/{uuid7()}/retry/", WHY, expect=404)
    assert rows(GatewayOperation, AuditEntry, Transfer) == before


def test_a_refund_that_failed_alarms_finance_and_is_sent_again(admin, staff, deal, settle, sandbox):
    hold, _ = holds_of(admin, deal)
    accountant, onlooker = staff("finance"), staff("audit")
    admin.post(f"holds/{hold['id']}/refund/", {"reason": "Never begun."})
    sandbox.fail_refund(sandbox.objects("refund")[0]["id"])
    settle()
    (failed,) = admin.get("refunds/", status="failed")["results"]
    for desk in (admin, accountant):
        (alarm,) = [each for each in told(desk) if each["type"] == "staff.alarm"]
        assert alarm["title"] == "A refund of $400.00 failed"
    assert told(onlooker) == []
    admin.post(f"refunds/{failed['id']}/retry/", WHY)
    settle()
    assert Refund.objects.get().status == "succeeded"


def test_a_refund_that_no_gateway_can_send_is_paid_by_hand_and_the_books_take_it_from_the_bank(
    admin, staff, deal, settle, sandbox, rows
):
    hold, _ = holds_of(admin, deal)
    admin.post(f"holds/{hold['id']}/refund/", {"reason": "Never begun."})
    settle()
    (refund,) = admin.get("refunds/")["results"]
    kept = rows(Refund, AuditEntry, Transfer)
    admin.post(f"refunds/{refund['id']}/by-hand/", WHY, expect=409)
    assert rows(Refund, AuditEntry, Transfer) == kept
    sandbox.fail_refund(sandbox.objects("refund")[0]["id"])
    settle()
    onlooker = staff("audit")
    before = rows(Refund, AuditEntry, Transfer)
    onlooker.post(f"refunds/{refund['id']}/by-hand/", WHY, expect=403)
    admin.post(f"refunds/{refund['id']}/by-hand/", {}, expect=400)
    admin.post(f"refunds/{uuid7()}/by-hand/", WHY, expect=404)
    assert rows(Refund, AuditEntry, Transfer) == before
    answer = admin.post(f"refunds/{refund['id']}/by-hand/", {"reason": "By bank transfer, SEPA 4711."})
    assert (answer["status"], answer["allowed_actions"]) == ("by_hand", [])
    settle()
    assert balance(AccountKind.REFUND_IN_TRANSIT, refund["id"]) == 0
    assert balance(AccountKind.BANK, "sandbox") == -400_00
    assert balance(AccountKind.GATEWAY, "sandbox") == 1_000_00
    assert Payment.objects.get().refunded_amount == 400_00
    assert [found for each in checks.run().values() for found in each] == []
    admin.post(f"refunds/{refund['id']}/by-hand/", WHY, expect=409)
    admin.post(f"refunds/{refund['id']}/retry/", WHY, expect=409)
    assert balance(AccountKind.BANK, "sandbox") == -400_00


def balance(kind: AccountKind, owner: str) -> int:
    return ledger.balance_of(account(kind, "USD", owner)).amount


def told(desk) -> list:
    return desk.client.get("/api/notifications/").json()["results"]


def test_a_refund_that_went_well_is_not_sent_again(admin, deal, settle, rows):
    hold, _ = holds_of(admin, deal)
    admin.post(f"holds/{hold['id']}/refund/", {"reason": "Never begun."})
    settle()
    (refund,) = admin.get("refunds/")["results"]
    before = rows(Refund, AuditEntry, GatewayOperation)
    admin.post(f"refunds/{refund['id']}/retry/", WHY, expect=409)
    admin.post(f"refunds/{uuid7()}/retry/", WHY, expect=404)
    assert rows(Refund, AuditEntry, GatewayOperation) == before


USD = Money(100_00, "USD")
OPERATION: dict[str, Any] = {
    "operation_id": uuid7(),
    "kind": "reverse_transfer",
    "subject_type": "payout",
    "subject_id": uuid7(),
}
PURPOSE: dict[str, Any] = {"payer_id": uuid7(), "purpose_type": "offer", "purpose_id": uuid7(), "amount": USD}
ALARMS = [
    (OperationRejected(**OPERATION, message="No such account."), "The gateway rejected: reverse transfer"),
    (OperationStuck(**OPERATION, attempts=10), "The gateway does not answer: reverse transfer"),
    (RefundFailed(refund_id=uuid7(), payment_id=uuid7(), **PURPOSE, code="lost"), "A refund of $100.00 failed"),
    (PayoutFailed(payout_id=uuid7(), payee_id=uuid7(), amount=USD), "A withdrawal of $100.00 failed"),
    (
        PaymentDisputed(payment_id=uuid7(), payee_id=None, **PURPOSE, reason="fraudulent"),
        "A payment of $100.00 is disputed by the cardholder's bank",
    ),
    (
        PaymentDisputed(payment_id=uuid7(), payee_id=None, **PURPOSE, open=False),
        "A payment of $100.00 is disputed no longer",
    ),
]


@pytest.mark.parametrize(("event", "title"), ALARMS, ids=[f"{title[:40]}" for _, title in ALARMS])
def test_alarms_reach_everybody_who_accounts_for_the_money_once(
    event, title, admin, ada, staff, casey, run_worker, stage
):
    accountant = staff("finance")
    staff("support", "audit")
    with edge_transaction():
        outbox.publish(event)
    run_worker()
    alarms = Notification.objects.filter(type="staff.alarm")
    assert {each.title for each in alarms} == {title}
    assert alarms.count() == 2
    assert [each["title"] for each in told(accountant)] == [title]


@job(name="backoffice.tests.hopeless")
def hopeless(text: str) -> None:
    """A task that never works."""
    if text == "broken":
        raise GiveUp("it is broken")


@pytest.fixture
def dead_letter(stage, run_worker) -> str:
    """A task that was given up."""
    with edge_transaction():
        outbox.enqueue(hopeless, "broken")
    run_worker()
    return str(DeadLetter.objects.get().id)


def test_a_dead_letter_is_shown_replayed_and_then_dropped(admin, dead_letter, run_worker):
    (shown,) = admin.get("events/")["results"]
    assert (shown["id"], shown["handler"]) == (dead_letter, "backoffice.tests.hopeless")
    assert "it is broken" in admin.get(f"events/{dead_letter}/")["error"]
    assert admin.post(f"events/{dead_letter}/replay/", WHY)["replayed_at"]
    assert [each["id"] for each in admin.get("events/", settled="true")["results"]] == [dead_letter]
    run_worker()
    (again,) = admin.get("events/", handler="backoffice.tests.hopeless")["results"]
    assert again["id"] != dead_letter
    assert admin.post(f"events/{again['id']}/drop/", WHY)["dropped_at"]
    assert admin.get("events/")["results"] == []
    assert AuditEntry.objects.get(verb="dead_letter.drop", target_id=UUID(again["id"])).detail == WHY


@pytest.mark.parametrize("verb", ["replay", "drop"])
def test_a_dead_letter_is_settled_once_and_with_a_reason(admin, dead_letter, rows, verb):
    before = rows(DeadLetter, AuditEntry)
    admin.post(f"events/{dead_letter}/{verb}/", {}, expect=400)
    admin.post(f"events/{uuid7()}/{verb}/", WHY, expect=404)
    assert rows(DeadLetter, AuditEntry) == before
    admin.post(f"events/{dead_letter}/drop/", WHY)
    before = rows(DeadLetter, AuditEntry)
    admin.post(f"events/{dead_letter}/{verb}/", WHY, expect=409)
    assert rows(DeadLetter, AuditEntry) == before
