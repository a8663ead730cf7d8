"""Decisions about other people's money: with a reason, once, and never half (R74, C5)."""

from typing import Any

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.backoffice.tests.conftest import holds_of
from jobsphere.contracts.models import Contract, Milestone
from jobsphere.escrow.models import EscrowHold
from jobsphere.kit.ids import uuid7
from jobsphere.ledger.models import Transfer
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments.models import Payment, Refund
from jobsphere.users.models import User
from tests.stories.people import books, dollars

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "Both parties called us."
EVERYTHING = (AuditEntry, Contract, EscrowHold, Milestone, Payment, Refund, StoredEvent, Transfer)
VERBS = ["release", "refund", "freeze", "unfreeze"]


def reasons(target_id: str) -> list[Any]:
    """Return the reasons that the trail keeps about a thing."""
    entries = AuditEntry.objects.filter(target_id=target_id, actor_id=User.objects.get(name="Ada Admin").id)
    return [each.detail.get("reason") for each in entries.order_by("id")]


def test_released_money_goes_to_the_contractor_and_the_work_counts_as_approved(admin, deal):
    hold, _ = holds_of(admin, deal)
    deal.work(deal.milestones[0])
    answer = admin.post(f"holds/{hold['id']}/release/", {"reason": WHY})
    assert answer["hold"]["status"] == "released"
    assert deal.contractor.wallet() == 280_00
    shown = deal.customer.get(f"contracts/{deal.id}/")
    assert [each["status"] for each in shown["milestones"]] == ["released", "funded"]
    assert WHY in reasons(deal.milestones[0])
    assert books()["wallet"] == 280


def test_refunded_money_goes_back_to_the_card(admin, deal, settle, sandbox):
    hold, _ = holds_of(admin, deal)
    answer = admin.post(f"holds/{hold['id']}/refund/", {"reason": WHY})
    assert answer["hold"]["status"] == "refunded"
    assert answer["refunds"][0]["amount"] == dollars(400)
    settle()
    assert books() == {"gateway": 600, "escrow": 540, "revenue_platform_fee": 60}
    assert [each["reason"] for each in admin.get("refunds/")["results"]] == [WHY]
    assert WHY in reasons(deal.milestones[0])


def test_a_part_of_it_can_go_back(admin, deal, settle):
    hold, _ = holds_of(admin, deal)
    answer = admin.post(f"holds/{hold['id']}/refund/", {"reason": WHY, "amount": dollars(100)})
    assert (answer["hold"]["status"], answer["hold"]["refunded"]) == ("funded", dollars(100))
    settle()
    assert books()["gateway"] == 900


def test_frozen_money_stays_where_it_is_until_it_is_let_go(admin, deal):
    hold, other = holds_of(admin, deal)
    deal.work(deal.milestones[0])
    assert admin.post(f"holds/{hold['id']}/freeze/", {"reason": WHY})["hold"]["frozen_reason"] == WHY
    assert admin.get(f"holds/{other['id']}/")["hold"]["status"] == "frozen", "the rest of the contract, too"
    before = books()
    deal.customer.post(f"milestones/{deal.milestones[0]}/release/", expect=409)
    admin.post(f"holds/{hold['id']}/refund/", {"reason": WHY}, expect=409)
    admin.post(f"holds/{hold['id']}/freeze/", {"reason": WHY}, expect=409)
    assert books() == before
    assert admin.post(f"holds/{hold['id']}/unfreeze/", {"reason": "Settled."})["hold"]["status"] == "funded"
    deal.customer.post(f"milestones/{deal.milestones[0]}/release/")
    assert reasons(deal.id) == [WHY, "Settled."]


def test_finance_decides_without_being_an_administrator(staff, admin, deal):
    hold, _ = holds_of(admin, deal)
    assert staff("finance").post(f"holds/{hold['id']}/freeze/", {"reason": WHY})["hold"]["status"] == "frozen"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("body", "pointer"),
    [({}, "/reason"), ({"reason": "  "}, "/reason"), ({"reason": "ok"}, "/reason"), ({"reason": WHY, "by": 1}, "/by")],
)
def test_a_decision_without_a_reason_changes_nothing(admin, deal, rows, verb, body, pointer):
    hold, _ = holds_of(admin, deal)
    before = rows(*EVERYTHING)
    problem = admin.post(f"holds/{hold['id']}/{verb}/", body, expect=400)
    assert [each["pointer"] for each in problem["errors"]] == [pointer]
    assert rows(*EVERYTHING) == before


@pytest.mark.parametrize(
    "amount",
    [
        dollars(401),
        {"amount": 0, "currency": "USD"},
        {"amount": -5, "currency": "USD"},
        {"amount": 5, "currency": "EUR"},
    ],
)
def test_a_refund_of_what_is_not_there_changes_nothing(admin, deal, rows, amount):
    hold, _ = holds_of(admin, deal)
    before = rows(*EVERYTHING)
    problem = admin.post(f"holds/{hold['id']}/refund/", {"reason": WHY, "amount": amount}, expect=400)
    assert problem["errors"][0]["pointer"].startswith("/amount")
    assert rows(*EVERYTHING) == before


def test_what_the_present_status_does_not_allow_changes_nothing(admin, deal, rows):
    hold, _ = holds_of(admin, deal)
    before = rows(*EVERYTHING)
    admin.post(f"holds/{hold['id']}/release/", {"reason": WHY}, expect=409)  # Nobody has begun to work.
    admin.post(f"holds/{hold['id']}/unfreeze/", {"reason": WHY}, expect=409)
    assert rows(*EVERYTHING) == before
    deal.complete()
    before = rows(*EVERYTHING)
    for verb in VERBS:
        if verb != "refund":  # What was released can still be given back (ADR 0013).
            admin.post(f"holds/{hold['id']}/{verb}/", {"reason": WHY}, expect=409)
        admin.post(f"holds/{uuid7()}/{verb}/", {"reason": WHY}, expect=404)
    assert rows(*EVERYTHING) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_decision_needs_an_idempotency_key_and_is_taken_once(admin, deal, rows, verb):
    hold, _ = holds_of(admin, deal)
    deal.work(deal.milestones[0])
    if verb == "unfreeze":
        admin.post(f"holds/{hold['id']}/freeze/", {"reason": WHY})
    before = rows(*EVERYTHING)
    address = f"/api/admin/holds/{hold['id']}/{verb}/"
    refused = admin.client.post(address, {"reason": WHY}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency-key-required")
    assert rows(*EVERYTHING) == before
    first = admin.post(f"holds/{hold['id']}/{verb}/", {"reason": WHY}, key="once")
    after = rows(*EVERYTHING)
    assert admin.post(f"holds/{hold['id']}/{verb}/", {"reason": WHY}, key="once") == first
    assert rows(*EVERYTHING) == after


def test_staff_who_are_a_party_do_not_decide_their_own_case(admin, deal, rows):
    admin.post(f"users/{deal.contractor.id}/rights/grant/", {"right": "finance"})
    hold, _ = holds_of(admin, deal)
    deal.work(deal.milestones[0])
    before = rows(*EVERYTHING)
    for verb in ("release", "freeze"):
        deal.contractor.post(f"admin/holds/{hold['id']}/{verb}/", {"reason": WHY}, expect=403)
    assert rows(*EVERYTHING) == before
