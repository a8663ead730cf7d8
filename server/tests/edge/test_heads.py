"""What search engines and those who share an address are told: what is public, and nothing else."""

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from jobsphere.jobs import services
from jobsphere.kit.actor import SYSTEM
from jobsphere.profiles.models import ContractorProfile
from jobsphere.users.models import User
from jobsphere.web.heads import GENERAL, head_of, with_head
from tests.marketplace import edge, make_job, make_profile

pytestmark = pytest.mark.django_db

PAGE = (Path(__file__).resolve().parents[3] / "web" / "index.html").read_bytes()


def told(path: str) -> str:
    return with_head(PAGE, path).decode()


def addresses(client: Client) -> set[str]:
    return set(re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode()))


def test_an_open_job_is_told_and_listed_and_no_other(taxonomy, casey, pat, settings, client):
    settings.PUBLIC_URL = "https://jobs.example"
    job = make_job(casey, title='Tap & "sink"</title><script>', address="7 Mill Lane", description="It drips.")
    draft = make_job(casey, draft=True, title="Secret surprise")
    page = told(f"/jobs/{job}")
    assert "<title>Tap &amp; &quot;sink&quot;&lt;/title&gt;&lt;script&gt; · JobSphere</title>" in page
    assert f'<link rel="canonical" href="https://jobs.example/jobs/{job}" />' in page
    assert 'property="og:type" content="article"' in page
    assert "It drips." in page
    assert "noindex" not in page
    assert "Mill Lane" not in page
    assert "51.5" not in page
    assert page.count("<title>") == 1
    assert f"https://jobs.example/jobs/{job}" in addresses(client)
    with edge():
        services.assign_job(actor=SYSTEM, job_id=job, contractor_id=pat.known_id())
    hidden = {head_of(f"/jobs/{each}") for each in (job, draft, uuid4())}
    assert [(head.title, head.listed) for head in hidden] == [(GENERAL.title, False)]
    assert not {each for each in addresses(client) if "/jobs/" in each}


def test_a_profile_is_told_without_a_way_around_the_marketplace(taxonomy, pat, settings, client):
    settings.PUBLIC_URL = "https://jobs.example"
    place = {"place": "Old Town", "latitude": 51.507351, "longitude": -0.127758}
    make_profile(pat, headline="Taps", bio="Old </script> houses", **place)
    ContractorProfile.objects.filter(pk=pat.id).update(rating_total=9, rating_count=2)
    page = told(f"/contractors/{pat.id}")
    about = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert about is not None
    assert json.loads(about[1])["aggregateRating"]["ratingValue"] == 4.5
    assert "51.5" not in page
    assert User.objects.get(pk=pat.id).email not in page
    assert f"https://jobs.example/contractors/{pat.id}" in addresses(client)
    User.objects.filter(pk=pat.id).update(is_active=False)
    assert not head_of(f"/contractors/{pat.id}").listed
    assert not {each for each in addresses(client) if "/contractors/" in each}


@pytest.mark.parametrize("path", ["/wallet", "/contracts/1", "/sign-in", "/jobs/new", "/messages"])
def test_what_is_one_persons_own_is_not_to_be_listed(path):
    assert '<meta name="robots" content="noindex" />' in told(path)
    assert "canonical" not in told(path)


def test_crawlers_are_told_where_to_look(client, settings, django_assert_num_queries):
    settings.PUBLIC_URL = "https://jobs.example"
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /api/\n" in robots
    assert "Sitemap: https://jobs.example/sitemap.xml" in robots
    with django_assert_num_queries(2):
        assert "https://jobs.example/" in addresses(client)
