"""Drafts from documents: what a CV suggests for a profile. Nothing is saved by itself."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobsphere.profiles.drafting import draft_profile
from jobsphere.profiles.models import ContractorProfile
from jobsphere.profiles.wording import Word, found_words, without_private, years_in

WORDS = [
    Word("rewiring", "Rewiring", "electricians"),
    Word("lighting-installation", "Lighting installation", "electricians"),
    Word("ev-charger-installation", "EV charger installation", "electricians"),
    Word("leak-repair", "Leak repair", "plumbers"),
]
TRADES = {"electricians": "Electricians", "plumbers": "Plumbers", "painters": "Painters"}
CV = """Pat Rivera
Licensed electrician for old houses
pat.rivera@example.com | +1 503 555 0142 | www.pat.example

PROFILE
I rewire houses from the sixties without opening every wall.
Clean, on time, and I explain what I do. Call +1 503 555 0142.

EXPERIENCE
2011 - present  Rivera Electric: rewiring, lighting installations, EV charger installation
2007 - 2011     Apprentice

Languages: English, Spanish
"""


def test_a_cv_becomes_a_draft():
    draft = draft_profile(CV, WORDS, TRADES, this_year=2026)
    assert draft.headline == "Licensed electrician for old houses"
    assert draft.bio.startswith("I rewire houses from the sixties")
    assert draft.skills == ("rewiring", "lighting-installation", "ev-charger-installation")
    assert draft.categories == ("electricians",)
    assert draft.years_of_experience == 19
    assert draft.languages == ("en", "es")


def test_nothing_private_gets_into_what_is_public():
    draft = draft_profile(CV, WORDS, TRADES, this_year=2026)
    assert not any(trace in draft.headline + draft.bio for trace in ("@", "555", "www"))
    assert without_private("Call 0503/555 01 42 or a@b.example") == "Call  or"


def test_an_empty_or_odd_text_suggests_nothing():
    draft = draft_profile("zzz\n\n12345", WORDS, TRADES, this_year=2026)
    assert (draft.headline, draft.bio, draft.skills, draft.categories) == ("", "", (), ())
    assert draft.years_of_experience is None


@pytest.mark.parametrize(
    "text,years",
    [
        ("over 12 years in the trade", 12),
        ("15+ yrs", 15),
        ("since 2016", 10),
        ("2020 – 2022, 2014 to today", 12),
        ("300 years", None),
        ("1066 - 1087", None),
        ("", None),
    ],
)
def test_years_are_said_or_reckoned(text, years):
    assert years_in(text, this_year=2026) == years


def test_words_meet_in_their_stems_and_the_most_named_comes_first():
    text = "I install lighting.\nLighting installed in bars.\nRewired a house."
    assert [word.slug for word in found_words(text, WORDS)] == ["lighting-installation", "rewiring"]


def cv(*lines: str) -> SimpleUploadedFile:
    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return SimpleUploadedFile("cv.docx", out.getvalue())


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_and_nothing_is_saved(
    client_for, pat, sam, casey, taxonomy, run_worker, django_assert_num_queries
):
    client = client_for(pat)
    file = client.post("/api/upload", {"file": cv(*CV.splitlines())}, format="multipart").json()
    url = f"/api/profiles/me/suggestions/?file={file['filename']}"
    assert client.get(url).status_code == 404
    client.post(f"{file['url']}/text/")
    assert client.get(url).json() == {"status": "pending", "detail": "", "draft": None}
    run_worker()
    with django_assert_num_queries(5):
        body = client.get(url).json()
    assert body["status"] == "ready"
    assert {"rewiring", "ev-charger-installation"} <= set(body["draft"]["skills"])
    assert body["draft"]["categories"][0] == "electricians"
    assert not ContractorProfile.objects.exists()
    assert client_for(sam).get(url).status_code == 404
    assert client_for(casey).get(url).status_code == 403
    assert client_for(None).get(url).status_code == 401
