"""Documents over HTTP: for the two of them and for those who account, and for nobody else."""

import csv
import io
from decimal import Decimal
from typing import Any

import pypdf
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.invoices.models import Invoice
from jobsphere.invoices.tests.conftest import Settle, hire, work
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from tests.stories.people import Contractor, Customer, dollars


def table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_each_sees_their_own_and_a_stranger_sees_nothing(
    customer: Customer, contractor: Contractor, settle: Settle, ada: Actor, client_for
):
    contract = hire(customer, contractor)
    work(contractor, customer, contract["milestones"][0])
    settle()
    theirs = contractor.get("invoices/")["results"]
    assert [(each["kind"], each["role"]) for each in theirs] == [
        ("service_fee", "buyer"),
        ("work", "seller"),
        ("platform_fee", "buyer"),
    ]
    (paid,) = customer.get("invoices/")["results"]
    assert (paid["kind"], paid["gross"], paid["seller"]["name"]) == ("work", dollars(400), "Pat Contractor")
    stranger = Contractor("Sam Rival")
    for path in ("", "pdf/", "ubl/"):
        assert stranger.client.get(f"/api/invoices/{paid['id']}/{path}").status_code == 404
        commission = f"/api/invoices/{theirs[0]['id']}/{path}"
        assert customer.client.get(commission).status_code == 404
        assert client_for(ada).get(commission).status_code == 200
    assert stranger.get("invoices/")["results"] == []
    admin = client_for(ada)
    found = admin.get(f"/api/admin/invoices/?search={paid['number'][-8:]}").json()["results"]
    assert paid["id"] in {each["id"] for each in found}
    assert customer.client.get("/api/admin/invoices/").status_code == 403
    month = f"{clock.now():%Y-%m}"
    rows = table(admin.get(f"/api/admin/invoices/documents/?month={month}"))
    assert {row["number"] for row in rows} == set(Invoice.objects.values_list("number", flat=True))
    legs = table(admin.get(f"/api/admin/invoices/postings/?month={month}"))
    debited, credited = (sum(Decimal(leg[side] or 0) for leg in legs) for side in ("debit", "credit"))
    assert debited == credited > 0
    with CaptureQueriesContext(connection) as few:
        customer.get("invoices/?page_size=1")
    with CaptureQueriesContext(connection) as more:
        contractor.get("invoices/")
    assert len(more) <= len(few) + 1


def test_the_pdf_says_what_the_document_says_and_stays_the_same(
    customer: Customer, contractor: Contractor, settle: Settle
):
    customer.put("invoices/tax-details/", {"legal_name": "Zoë Świątek", "address": "7 Mill Lane", "country": "FR"})
    contract = hire(customer, contractor)
    work(contractor, customer, contract["milestones"][0])
    settle()
    (paid,) = customer.get("invoices/")["results"]
    answer = customer.client.get(f"/api/invoices/{paid['id']}/pdf/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    for words in ("Zoë Świątek", "France", "Pat Contractor", paid["number"], "$400.00", "Renovate the bathroom, Pipes"):
        assert words in text
    customer.put("invoices/tax-details/", {"legal_name": "Somebody else"})
    assert customer.client.get(f"/api/invoices/{paid['id']}/pdf/").content == answer.content


def test_a_month_is_what_the_books_say(customer: Customer, contractor: Contractor, settle: Settle):
    contract = hire(customer, contractor)
    work(contractor, customer, contract["milestones"][0])
    contractor.becomes_payable()
    contractor.post("payouts/withdraw", {"amount": dollars(100)}, expect=201)
    settle()
    month = f"{clock.now():%Y-%m}"
    (each,) = contractor.get(f"invoices/statements/{month}/")
    figures = {name: value["amount"] for name, value in each.items() if name != "month"}
    assert figures == {
        "opening": 0,
        "earned": 280_00,
        "taken_back": 0,
        "withdrawn": -100_00,
        "payout_fees": 0,
        "other": 0,
        "closing": contractor.wallet(),
        "gross": 400_00,
        "commission": 180_00,
        "tax_on_work": 0,
        "tax_on_commission": 0,
    }
    lines = contractor.client.get(f"/api/invoices/statements/{month}/csv/").content.decode().splitlines()
    assert "280.00" in lines[1]
    assert contractor.client.get(f"/api/invoices/statements/{month}/pdf/").content[:5] == b"%PDF-"
    assert contractor.client.get("/api/invoices/statements/2026-13/").status_code == 404
    totals = contractor.get("invoices/months/")
    assert {(row["role"], row["documents"], row["gross"]["amount"]) for row in totals} == {
        ("seller", 1, 400_00),
        ("buyer", 2, 180_00),
    }
