"""Every cent of a contract is in documents: two milestones, money back in part, a cancellation, a fee for speed."""

import pytest
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from jobsphere.db.transactions import edge_transaction
from jobsphere.invoices.models import Invoice, InvoiceCounter
from jobsphere.invoices.tests.conftest import Settle, hire, shown, work
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox import delivery
from jobsphere.outbox.models import StoredEvent
from tests.stories.people import Contractor, Customer, books, dollars


def balance(kind: AccountKind) -> int:
    return sum(line.balance.amount for line in ledger.trial_balance().lines if line.kind is kind)


def test_every_cent_is_in_documents(customer: Customer, contractor: Contractor, settle: Settle):
    contract = hire(customer, contractor)
    settle()
    assert shown() == {"platform_fee": 100_00}
    first, second = contract["milestones"]
    work(contractor, customer, first)
    settle()
    assert shown() == {"platform_fee": 100_00, "service_fee": 80_00, "work": 400_00}
    books()
    # A tenth of what was released goes back: each party gives its share, and each share has its credit note.
    customer_paid = 1000_00
    contractor.post(f"milestones/{first['id']}/refund/", {"amount": dollars(40), "reason": "A tile is broken."})
    settle()
    assert shown() == {"platform_fee": 96_00, "service_fee": 72_00, "work": 360_00}
    # The rest is called off before it began; the policy keeps the acceptance fee, which is the customer's now.
    contractor.post(f"milestones/{second['id']}/start/")
    customer.post(f"contracts/{contract['id']}/cancel/", {"reason": "We move away."})
    settle()
    books()
    seen = shown()
    fees = sum(seen.get(kind, 0) for kind in ("platform_fee", "service_fee", "kept_fee"))
    assert fees == balance(AccountKind.REVENUE_PLATFORM_FEE) + balance(AccountKind.REVENUE_SERVICE_FEE)
    refunded = customer_paid - seen["work"] - seen.get("kept_fee", 0)
    assert balance(AccountKind.GATEWAY) == customer_paid - refunded
    assert seen["work"] - seen["platform_fee"] - seen["service_fee"] == contractor.wallet()


def test_a_fee_that_stays_after_a_cancellation_moves_from_the_contractor_to_the_customer(
    customer: Customer, contractor: Contractor, settle: Settle
):
    contract = hire(customer, contractor, "moderate")
    contractor.post(f"milestones/{contract['milestones'][0]['id']}/start/")
    customer.post(f"contracts/{contract['id']}/cancel/", {"reason": "We move away."})
    settle()
    books()
    # Half of the first one is earned (180 of 360, with its fee of 40); the second one goes back except for its fee.
    assert shown() == {"work": 220_00, "platform_fee": 40_00, "service_fee": 40_00, "kept_fee": 60_00}
    paid = {each["kind"]: each["gross"] for each in customer.get("invoices/")["results"]}
    assert paid == {"work": dollars(220), "kept_fee": dollars(60)}
    assert contractor.wallet() == 140_00
    assert balance(AccountKind.GATEWAY) == 280_00


def test_a_document_is_issued_once_and_never_changes(customer: Customer, contractor: Contractor, settle: Settle):
    contract = hire(customer, contractor)
    work(contractor, customer, contract["milestones"][0])
    settle()
    before = list(Invoice.objects.order_by("id").values())
    counters = list(InvoiceCounter.objects.order_by("id").values())
    for cause_id in Invoice.objects.values_list("cause_id", flat=True):
        stored = StoredEvent.objects.get(id=cause_id)
        handler = {"escrow.funded": "document_funding", "escrow.released": "document_release"}[stored.name]
        with edge_transaction():
            delivery.hand_over(f"invoices.handlers.{handler}", cause_id)
    assert list(Invoice.objects.order_by("id").values()) == before
    assert list(InvoiceCounter.objects.order_by("id").values()) == counters
    for change in (lambda rows: rows.update(gross=1, net=1), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), edge_transaction():
            change(Invoice.objects.filter(pk=before[0]["id"]))
    assert list(Invoice.objects.order_by("id").values()) == before


def test_reconcile_names_what_has_no_document(customer: Customer, contractor: Contractor, settle: Settle):
    contract = hire(customer, contractor)
    work(contractor, customer, contract["milestones"][0])
    # What is still in the queue is no difference; what was lost from it is.
    assert checks.run(["invoices.holds"]) == {"invoices.holds": []}
    DBTaskResult.objects.all().delete()
    found = [str(each) for each in checks.run(["invoices.holds"])["invoices.holds"]]
    assert len(found) == 4, found
    assert "the commission at acceptance is $40.00, but its documents come to $0.00" in "".join(found)
    assert not Invoice.objects.exists()
