"""Drafts from documents: what an enquiry suggests for a job. Nothing is saved by itself."""

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobsphere.jobs.drafting import draft_job
from jobsphere.jobs.models import Job
from jobsphere.kit.money import Money
from jobsphere.profiles.wording import Word

WORDS = [Word("leak-repair", "Leak repair", "plumbers"), Word("drain-unblocking", "Drain unblocking", "plumbers")]
TRADES = {"plumbers": "Plumbers", "painters": "Painters"}
TODAY = date(2026, 11, 21)
ENQUIRY = """Kitchen: repair of a leak and a blocked drain
The tap leaks since Monday. Leak repair first, then drain unblocking.
Please call 503 555 0142.
Our budget is $1,250.00 at most.
To be finished by 5 December 2026.
"""


def draft(text: str, currency: str = "USD"):
    return draft_job(text, WORDS, TRADES, currency=currency, today=TODAY)


def test_an_enquiry_becomes_a_draft():
    found = draft(ENQUIRY)
    assert found.title == "Kitchen: repair of a leak and a blocked drain"
    assert (found.category, set(found.skills)) == ("plumbers", {"leak-repair", "drain-unblocking"})
    assert found.budget == Money(125_000, "USD")
    assert found.due_on == date(2026, 12, 5)
    assert "555" not in found.description


@pytest.mark.parametrize(
    "text,currency,amount",
    [
        ("Budget: 900", "USD", 90_000),
        ("price up to 1.500,00", "EUR", 150_000),
        ("budget 120000 yen", "JPY", 120_000),
        ("it costs nothing", "USD", None),
        ("room 12, 900 tiles", "USD", None),
    ],
)
def test_only_what_is_called_a_budget_is_one(text, currency, amount):
    found = draft(text, currency).budget
    assert (found.amount if found else None) == amount


@pytest.mark.parametrize("text", ["due 31 February 2027", "by 2020-01-01", "on 5 December 2026", "deadline soon"])
def test_a_day_that_is_none_is_left_out(text):
    assert draft(text).due_on is None


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_and_nothing_is_saved(
    client_for, casey, pat, omar, taxonomy, run_worker, django_assert_num_queries
):
    document, out = docx.Document(), io.BytesIO()
    for line in ENQUIRY.splitlines():
        document.add_paragraph(line)
    document.save(out)
    client = client_for(casey)
    sent = {"file": SimpleUploadedFile("enquiry.docx", out.getvalue())}
    file = client.post("/api/upload", sent, format="multipart").json()
    client.post(f"{file['url']}/text/")
    run_worker()
    url = f"/api/jobs/suggestions/?file={file['filename']}"
    with django_assert_num_queries(5):
        body = client.get(url).json()
    assert body["draft"]["category"] == "plumbers"
    assert not Job.objects.exists()
    assert client_for(omar).get(url).status_code == 404
    assert client_for(pat).get(url).status_code == 403
    assert client_for(None).get(url).status_code == 401
