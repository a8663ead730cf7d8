"""Tax is in the price: what is owed on fees stands in the books, what is in the work is shown."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from rest_framework.test import APIClient

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import edge_transaction
from jobsphere.invoices import services
from jobsphere.invoices.models import Invoice, TaxRate
from jobsphere.invoices.papers.ubl import CBC
from jobsphere.invoices.tests.conftest import Settle, hire, work
from jobsphere.kit.actor import Actor
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind
from tests.stories.people import Contractor, Customer, books

VAT: dict[str, Any] = {"treatment": "standard", "basis_points": 1900, "name": "VAT", "valid_from": date(2020, 1, 1)}
PAT = {"legal_name": "Pat Łódzki & Söhne", "address": "Hauptstraße 5\n10115 Berlin", "country": "DE"}


@pytest.fixture
def taxed(ada: Actor, contractor: Contractor) -> None:
    """An operator in Germany with 19 %, and Pat, a German business that agreed to self-billing."""
    with edge_transaction():
        services.set_brand(
            actor=ada, name="Jøbsphere GmbH", colour="#0b6e4f", country="DE", address="Marktplatz 1", tax_number=""
        )
        for supply in ("fees", "work"):
            services.add_rate(actor=ada, country="DE", supply=supply, **VAT)
    said = {**PAT, "tax_number": "DE 136695976", "business": True, "self_billing": True}
    assert contractor.put("invoices/tax-details/", said)["tax_number"] == "DE136695976"


def owed() -> int:
    return sum(line.balance.amount for line in ledger.trial_balance().lines if line.kind is AccountKind.TAX_PAYABLE)


def test_tax_on_fees_is_owed_and_comes_back_with_the_credit_note(
    taxed: None, customer: Customer, contractor: Contractor, settle: Settle
):
    contract = hire(customer, contractor)
    settle()
    # 100 with 19 % in it.
    assert owed() == 15_97
    work(contractor, customer, contract["milestones"][0])
    settle()
    assert owed() == 15_97 + 12_77
    books()
    customer.post(f"contracts/{contract['id']}/cancel/", {"reason": "We move away."})
    settle()
    books()
    rows = Invoice.objects.exclude(kind="work")
    assert owed() == sum(row.tax if row.type == "invoice" else -row.tax for row in rows)
    paper = Invoice.objects.filter(kind="work").earliest("id")
    assert (paper.gross, paper.net, paper.tax) == (400_00, 336_13, 63_87)
    # What Pat can withdraw is the same as without any tax.
    assert contractor.wallet() == 280_00


def test_between_businesses_of_two_countries_the_buyer_accounts_for_it(
    taxed: None, customer: Customer, contractor: Contractor, settle: Settle
):
    said = {"legal_name": "Casey SARL", "address": "Rue 1", "country": "FR", "tax_number": "FR40303265045"}
    customer.put("invoices/tax-details/", {**said, "business": True})
    contract = hire(customer, contractor)
    work(contractor, customer, contract["milestones"][0])
    settle()
    paper = customer.get("invoices/")["results"][0]
    assert (paper["treatment"], paper["tax"]["amount"]) == ("reverse_charge", 0)
    assert any("Reverse charge" in note for note in paper["notes"])
    assert paper["buyer"]["tax_number"] == "FR40303265045"


def test_ubl_obeys_the_rules_of_totals(taxed: None, customer: Customer, contractor: Contractor, settle: Settle):
    contract = hire(customer, contractor)
    work(contractor, customer, contract["milestones"][0])
    customer.post(f"contracts/{contract['id']}/cancel/", {"reason": "We move away."})
    settle()
    seen = contractor.get("invoices/")["results"]
    assert {each["type"] for each in seen} == {"invoice", "credit_note"}
    for each in seen:
        answer = contractor.client.get(f"/api/invoices/{each['id']}/ubl/")
        root = ElementTree.fromstring(answer.content)

        def cents(part: ElementTree.Element, name: str) -> int:
            return int(part.findtext(f"{{{CBC}}}{name}", "").replace(".", ""))

        totals = next(part for part in root if part.tag.endswith("LegalMonetaryTotal"))
        figures = {part.tag.split("}")[1]: int((part.text or "").replace(".", "")) for part in totals}
        lines = [part for part in root if part.tag.endswith(("InvoiceLine", "CreditNoteLine"))]
        sums = [cents(line, "LineExtensionAmount") for line in lines]
        tax_total = next(part for part in root if part.tag.endswith("TaxTotal"))
        tax = cents(tax_total, "TaxAmount")
        assert figures["LineExtensionAmount"] == sum(sums)  # BR-CO-10
        assert figures["TaxExclusiveAmount"] == figures["LineExtensionAmount"]  # BR-CO-13, no allowances
        parts = [part for part in tax_total if part.tag.endswith("TaxSubtotal")]
        assert tax == sum(cents(part, "TaxAmount") for part in parts)  # BR-CO-14
        assert figures["TaxInclusiveAmount"] == figures["TaxExclusiveAmount"] + tax  # BR-CO-15
        assert figures["PayableAmount"] == figures["TaxInclusiveAmount"] - figures["PrepaidAmount"]  # BR-CO-16
        assert figures["TaxInclusiveAmount"] == each["gross"]["amount"]


def test_only_administrators_set_rates_and_each_is_audited(ada: Actor, casey: Actor, client_for):
    body = {**VAT, "valid_from": "2026-01-01", "country": "DE", "supply": "fees"}
    stranger: APIClient = client_for(casey)
    assert stranger.post("/api/admin/tax-rates/", body, format="json").status_code == 403
    assert stranger.get("/api/admin/tax-rates/").status_code == 403
    assert not TaxRate.objects.exists()
    admin: APIClient = client_for(ada)
    made = admin.post("/api/admin/tax-rates/", body, format="json")
    assert made.status_code == 201, made.json()
    end = f"/api/admin/tax-rates/{made.json()['id']}/end/"
    assert admin.post(end, {"valid_until": "2025-01-01"}, format="json").status_code == 400
    assert admin.post(end, {"valid_until": "2027-01-01"}, format="json").json()["allowed_actions"] == []
    assert admin.post(end, {"valid_until": "2027-02-01"}, format="json").status_code == 409
    assert TaxRate.objects.get().valid_until == date(2027, 1, 1)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"tax-rate.add", "tax-rate.end"}
    assert admin.post("/api/admin/tax-rates/", {**body, "treatment": "exempt"}, format="json").status_code == 400
    assert TaxRate.objects.count() == 1
