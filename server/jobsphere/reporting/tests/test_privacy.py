"""Who earned takes their reporting data with them; when they leave what the law asks for stays, sealed, and is said."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from jobsphere.accounts.tasks import erase_what_is_due
from jobsphere.kit import clock
from jobsphere.reporting.models import Report, ReportLine, Seller
from jobsphere.reporting.tests.conftest import PERSON, Settle, work
from tests.cast import PASSWORD
from tests.money.deals import Staff
from tests.privacy.conftest import places_of
from tests.privacy.conftest import storage as storage
from tests.sandbox import Sandbox
from tests.stories.people import Contractor, Customer, dollars

TAX_NUMBER = "36574261809"


def exported(person: Contractor | Customer, settle: Settle) -> tuple[dict[str, Any], str]:
    """Return what reporting says of a person in their export, and the words that come with it."""
    person.post("account/exports/", expect=202)
    settle()
    url = person.get("account/exports/")["results"][0]["url"]
    answer: Any = person.client.get(url)
    content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.loads(archive.read("reporting.json")), archive.read("README.txt").decode()


def leaves(person: Contractor | Customer, settle: Settle) -> None:
    person.post("account/delete/", {"password": PASSWORD})
    settle()
    with clock.travel(timedelta(days=15)):
        erase_what_is_due()
        settle()


def test_who_earned_takes_it_away_and_what_the_law_asks_for_stays_sealed(
    worked: Any,
    customer: Customer,
    contractor: Contractor,
    operator: Callable[..., None],
    admin: Staff,
    settle: Settle,
    year: int,
    storage: Path,
    sandbox: Sandbox,
) -> None:
    contractor.put("seller-details/", PERSON)
    work(contractor, customer, worked["milestones"][1])
    settle()
    admin.post("admin/seller-reports/", {"year": year, "regime": "dac7"}, expect=201)
    told, words = exported(contractor, settle)
    assert told["seller_details"]["tin"] == TAX_NUMBER
    assert [(each["report__year"], each["change"]) for each in told["reported"]] == [(year, "new")]
    assert sum(told["reported"][0]["figures"]["paid"]) == 700_00
    assert "tax authorities" in words, "the export says what stays"
    theirs, _ = exported(customer, settle)
    assert theirs == {"seller_details": {}, "reported": []}, "nobody else's"

    contractor.becomes_payable()
    contractor.post("payouts/withdraw", {"amount": dollars(700)}, expect=201)
    settle()
    for each in sandbox.objects("payout"):
        sandbox.land_payout(each["id"])
    settle()
    lines, content = list(ReportLine.objects.values()), Report.objects.get().content
    leaves(contractor, settle)
    assert list(ReportLine.objects.values()) == lines
    assert Report.objects.get().content == content
    assert Seller.objects.get().details["tin"] == TAX_NUMBER, "a correction may still be due"
    named = (contractor.name, TAX_NUMBER, PERSON["last_name"], PERSON["street"], PERSON["account"])
    assert places_of(*named) == set(), "all of it rests sealed"


def test_who_never_earned_leaves_nothing(
    contractor: Contractor, operator: Callable[..., None], settle: Settle, storage: Path
) -> None:
    contractor.put("seller-details/", PERSON)
    assert Seller.objects.count() == 1
    leaves(contractor, settle)
    assert not Seller.objects.exists()
