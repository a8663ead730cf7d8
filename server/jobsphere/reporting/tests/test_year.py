"""A year from the ledger: it adds up, refunds lessen it, what is missing is named, corrections refer to the first."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.ledger import checks
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments.gateways.registry import get_controls
from jobsphere.reporting import collecting, services
from jobsphere.reporting.models import Report, ReportLine, Seller, Threshold
from jobsphere.reporting.papers.dac7 import DPI, STF
from jobsphere.reporting.tests.conftest import AMERICAN, PERSON, Settle, work
from tests.money.deals import Staff
from tests.openapi.strangers import Outsider
from tests.stories.people import Contractor, Customer, books, dollars


def sums(of: str, year: int) -> int:
    return sum(sum(getattr(each, of)) for rows in collecting.figures_of(year).values() for each in rows)


def overview(admin: Staff, year: int) -> Any:
    return admin.get(f"admin/seller-reports/?year={year}")


def make(admin: Staff, year: int, regime: str = "dac7", *, expect: int = 201) -> Any:
    return admin.post("admin/seller-reports/", {"year": year, "regime": regime}, expect=expect)


def content(admin: Staff, report: Any) -> str:
    answer = admin.client.post(f"/api/admin/seller-reports/{report['id']}/file/")
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_the_quarters_add_up_to_the_ledgers_own_sums(
    worked: Any, customer: Customer, contractor: Contractor, settle: Settle, year: int
) -> None:
    assert (sums("paid", year), sums("fees", year), sums("gross", year)) == (280_00, 120_00, 400_00)
    work(contractor, customer, worked["milestones"][1])
    tip = customer.post(f"contracts/{worked['id']}/tips/", {"amount": dollars(50)}, expect=201)
    purpose = {"type": "tip", "id": tip["id"]}
    customer.post("payments/create-intent", {"purpose": purpose, "payment_method": "pm_card_visa"}, expect=201)
    settle()
    assert sums("paid", year) == books()["wallet"] * 100 == 750_00
    first = worked["milestones"][0]["id"]
    contractor.post(f"milestones/{first}/refund/", {"amount": dollars(40), "reason": "A tile is broken."})
    settle()
    (booked,) = collecting.booked_earnings().values()
    (figures,) = collecting.figures_of(year)[next(iter(collecting.figures_of(year)))]
    assert sum(figures.quarters("paid")) == booked == 722_00
    assert sum(figures.quarters("fees")) == (96 + 192) * 100 + 0
    # The form 1099-K is of gross amounts, which refunds never lessen.
    assert sum(figures.gross) == 1050_00
    assert (sum(figures.activities), sum(figures.transactions)) == (3, 3)
    assert list(collecting.sums_match_the_books()) == []
    contractor.becomes_payable()
    contractor.post("payouts/withdraw", {"amount": dollars(722)}, expect=201)
    settle()
    assert sums("paid", year) == 722_00
    assert checks.run(["reporting.sums"]) == {"reporting.sums": []}


def test_a_bank_that_takes_money_back_lessens_the_year_too(worked: Any, settle: Settle, year: int) -> None:
    dispute = get_controls().open_dispute(get_controls().objects("payment_intent")[-1]["id"])
    settle()
    get_controls().close_dispute(dispute, won=False)
    settle()
    assert (sums("paid", year), sums("activities", year), sums("gross", year)) == (0, 0, 400_00)
    assert list(collecting.sums_match_the_books()) == []


def test_what_is_missing_is_named_for_each_contractor(
    worked: Any, contractor: Contractor, operator: Callable[..., None], admin: Staff, year: int
) -> None:
    (row,) = overview(admin, year)["sellers"]
    assert (row["standing"], row["missing"][-1]) == ("incomplete", "country")
    make(admin, year, expect=409)
    with pytest.raises(CommandError, match="Pat Contractor: first_name"):
        call_command("seller_report", "--year", str(year), "--check")
    assert not Report.objects.exists()
    assert contractor.put("seller-details/", {**PERSON, "tin": "1"}, expect=400)["errors"][0]["pointer"] == "/tin"
    assert not Seller.objects.exists()
    said = contractor.put("seller-details/", {**PERSON, "birth_date": ""})
    assert said["missing"] == ["birth_date"]
    assert overview(admin, year)["sellers"][0]["missing"] == ["birth_date"]
    assert contractor.put("seller-details/", PERSON)["missing"] == []
    (row,) = overview(admin, year)["sellers"]
    assert (row["standing"], row["regime"], row["figures"][0]["currency"]) == ("reportable", "dac7", "USD")
    assert overview(admin, year)["by_country"] == {"DE": 1}
    call_command("seller_report", "--year", str(year), "--check")


def test_a_refund_after_the_report_makes_a_correction_that_refers_to_it(
    worked: Any, contractor: Contractor, operator: Callable[..., None], admin: Staff, settle: Settle, year: int
) -> None:
    contractor.put("seller-details/", PERSON)
    (first,) = make(admin, year)
    assert (first["lines"], first["corrects"]) == (1, "")
    assert make(admin, year, expect=409)["code"] == "nothing-to-report"
    milestone = worked["milestones"][0]["id"]
    contractor.post(f"milestones/{milestone}/refund/", {"amount": dollars(40), "reason": "A tile is broken."})
    settle()
    (second,) = make(admin, year)
    assert second["corrects"] == first["message_ref"]
    one, two = ReportLine.objects.order_by("id")
    assert (two.change, two.corrects) == ("corrected", one.doc_ref)
    root = ElementTree.fromstring(content(admin, second))
    assert root.findtext(f".//{{{DPI}}}MessageTypeIndic") == "DPI402"
    spec = root.find(f".//{{{DPI}}}ReportableSeller/{{{DPI}}}DocSpec")
    assert spec is not None
    assert [part.text for part in spec] == ["OECD2", two.doc_ref, one.doc_ref]
    assert spec.findtext(f"{{{STF}}}CorrDocRefId") == one.doc_ref
    # All of it goes back: the line is deleted, and the first file is as it was.
    contractor.post(f"milestones/{milestone}/refund/", {"reason": "All tiles are broken."})
    settle()
    make(admin, year)
    last = ReportLine.objects.latest("id")
    assert (last.change, last.corrects) == ("deleted", two.doc_ref)
    assert Report.objects.get(pk=first["id"]).digest == first["digest"]
    make(admin, year, expect=409)


def test_a_threshold_of_an_administrator_excludes_and_a_missing_rate_is_named_not_guessed(
    worked: Any, contractor: Contractor, operator: Callable[..., None], admin: Staff, year: int
) -> None:
    contractor.put("seller-details/", PERSON)
    limit = {"year": year, "regime": "dac7", "amount": 2000_00, "activities": 29, "both": False, "source": "Our office"}
    contractor.post("admin/seller-reports/thresholds/", limit, expect=403)
    assert not Threshold.objects.exists()
    (row,) = admin.post("admin/seller-reports/thresholds/", limit, expect=201)["sellers"]
    assert (row["standing"], row["problems"]) == ("incomplete", ["rate-USD-EUR"])
    make(admin, year, expect=409)
    rate = {"year": year, "currency": "USD", "into": "EUR", "millionths": 900_000, "source": "ECB"}
    admin.post("admin/seller-reports/rates/", {**rate, "currency": "XXQ"}, expect=400)
    (row,) = admin.post("admin/seller-reports/rates/", rate, expect=201)["sellers"]
    assert row["standing"] == "excluded"
    rate["millionths"] = 8_000_000
    (row,) = admin.post("admin/seller-reports/rates/", rate, expect=201)["sellers"]
    assert row["standing"] == "reportable"


def test_the_boxes_of_1099_k_and_the_recipients_copy(
    worked: Any, contractor: Contractor, operator: Callable[..., None], admin: Staff, year: int
) -> None:
    operator("US")
    contractor.put("seller-details/", AMERICAN)
    assert overview(admin, year)["sellers"][0]["standing"] == "excluded"
    contractor.get(f"seller-details/years/{year}/1099-k/", expect=404)
    limit = {"year": year, "regime": "1099-k", "amount": 100_00, "activities": 0, "both": True, "source": "A state"}
    admin.post("admin/seller-reports/thresholds/", limit, expect=201)
    (report,) = make(admin, year, "1099-k")
    head, row = csv.reader(io.StringIO(content(admin, report)))
    boxes = dict(zip(head, row, strict=True))
    month = next(name for name in head if name.startswith("Box 5") and boxes[name] != "0.00")
    assert clock.now().strftime("%B") in month
    assert (boxes["Box 1a"], boxes[month], boxes["Box 3"]) == ("400.00", "400.00", "1")
    assert (boxes["Recipient TIN"], boxes["Recipient TIN type"], boxes["Recipient name"]) == (
        "536-90-4399".replace("-", "") if "-" not in boxes["Recipient TIN"] else "536-90-4399",
        "SSN",
        "Pat Rivera",
    )
    paper = contractor.client.get(f"/api/seller-details/years/{year}/1099-k/")
    assert paper.content.startswith(b"%PDF-")


def test_only_administrators_see_files_and_a_contractor_only_their_own(
    worked: Any, contractor: Contractor, customer: Customer, operator: Callable[..., None], admin: Staff, year: int
) -> None:
    contractor.put("seller-details/", PERSON)
    (report,) = make(admin, year)
    omar = Outsider()
    for who in (contractor, customer, omar):
        who.get(f"admin/seller-reports/?year={year}", expect=403)
        who.post("admin/seller-reports/", {"year": year, "regime": "dac7"}, expect=403)
        who.post(f"admin/seller-reports/{report['id']}/file/", expect=403)
    assert Report.objects.count() == 1
    assert contractor.get(f"seller-details/years/{year}/")[0]["figures"][0]["paid"][clock.now().month - 1] == 280_00
    assert omar.get(f"seller-details/years/{year}/") == []
    assert omar.get("seller-details/")["tin"] == ""
    content(admin, report)
    assert AuditEntry.objects.filter(verb="seller-report.read").count() == 1
    trail = " ".join(str(each) for each in AuditEntry.objects.values_list("detail", flat=True))
    assert "36574261809" not in trail


def test_what_is_said_rests_sealed(worked: Any, contractor: Contractor, admin: Staff, operator: Any, year: int) -> None:
    contractor.put("seller-details/", PERSON)
    make(admin, year)
    stored = [*Seller.objects.values_list("details", flat=True), *Report.objects.values_list("content", flat=True)]
    assert len(stored) == 2
    assert not any("36574261809" in str(each) or "Hauptstra" in str(each) for each in stored)


def test_silence_is_reminded_of_twice_then_withdrawals_wait_until_the_answer(
    worked: Any, contractor: Contractor, operator: Callable[..., None]
) -> None:
    contractor.becomes_payable()
    begun = clock.offset()

    def after(days: int) -> tuple[int, bool]:
        clock.set_offset(begun + timedelta(days=days))
        with edge_transaction():
            services.ask_sellers()
        row = Seller.objects.get()
        return row.reminders, row.withheld_at is not None

    assert [after(days) for days in (0, 19, 21, 39, 42, 59)] == [(0, False)] * 2 + [(1, False)] * 2 + [(2, False)] * 2
    contractor.post("payouts/withdraw", {"amount": dollars(100)}, expect=201)
    before = books()
    assert after(61) == (2, True)
    refused = contractor.post("payouts/withdraw", {"amount": dollars(100)}, expect=409)
    assert refused["code"] == "payouts-withheld"
    assert books() == before
    assert contractor.get("seller-details/")["withheld"] is True
    contractor.put("seller-details/", PERSON)
    contractor.post("payouts/withdraw", {"amount": dollars(100)}, expect=201)
    told = StoredEvent.objects.filter(name__startswith="seller.").order_by("created_at").values_list("name", flat=True)
    assert list(told) == ["seller.asked"] * 3 + ["seller.withheld"]


def test_nobody_is_asked_where_no_law_asks(worked: Any, contractor: Contractor) -> None:
    with edge_transaction():
        assert services.ask_sellers() == 0
    assert not Seller.objects.exists()
