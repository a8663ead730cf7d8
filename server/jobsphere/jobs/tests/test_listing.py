"""What the list shows to whom: the same cases on both databases and through both paths."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIRequestFactory

from jobsphere.jobs import selectors, services
from jobsphere.jobs.api import pages
from jobsphere.jobs.api.serializers import JobCardSerializer
from jobsphere.jobs.models import Job
from jobsphere.jobs.selectors import feed
from jobsphere.jobs.tests.listing import CASES, make_marketplace
from jobsphere.jobs.types import JobFilters, JobStatus
from jobsphere.kit.actor import VISITOR
from jobsphere.kit.errors import NotFound
from jobsphere.web.json import dumps
from tests.marketplace import TAP, edge, make_job

pytestmark = pytest.mark.django_db
REQUEST = APIRequestFactory().get("/api/jobs/")


@pytest.fixture
def market(taxonomy, casey, pat, omar):
    return make_marketplace(casey, pat, omar)


def listed(viewer, filters) -> list:
    return list(selectors.jobs(viewer, filters).order_by("-feed_key").values_list("pk", flat=True))


def plain(viewer, filters) -> list:
    rows: Any = selectors.jobs(viewer, filters).order_by("-feed_key")
    return json.loads(dumps(JobCardSerializer(rows, many=True).data))


@pytest.mark.parametrize("name", CASES)
def test_each_filter_finds_what_it_says(market, name, casey, omar):
    filters, expected = CASES[name]
    for viewer in (VISITOR, casey, omar):
        assert listed(viewer, filters()) == [market[each] for each in expected]


def test_mine_are_the_jobs_that_i_posted_or_do_in_any_status(market, casey, pat, omar, sam):
    mine = JobFilters(mine=True)
    assert set(listed(pat, mine)) == {market["assigned"]}
    assert set(listed(omar, mine)) == {market["website"], market["paris"]}
    assert set(listed(casey, mine)) == set(market.values()) - {market["website"], market["paris"]}
    assert listed(casey, replace(mine, statuses=(JobStatus.DRAFT,))) == [market["draft"]]
    assert listed(sam, mine) == []


def test_pages_follow_the_order_of_publication(taxonomy, casey, client_for):
    old_draft = make_job(casey, draft=True)
    jobs = [make_job(casey) for _ in range(4)]
    services.publish_job(actor=casey, job_id=old_draft)
    client, seen, link = client_for(None), [], "/api/jobs/?page_size=2"
    while link:
        page = client.get(link).json()
        seen += [job["id"] for job in page["results"]]
        link = page["next"]
    assert seen == [str(each) for each in [old_draft, *reversed(jobs)]]


def test_the_index_of_words_follows_edits_and_deletions(market, casey):
    with edge():
        services.update_job(actor=casey, job_id=market["tap"], details=replace(TAP, title="Mend the boiler"))
        services.delete_draft(actor=casey, job_id=market["draft"])
    assert listed(VISITOR, JobFilters(search="boiler")) == [market["tap"]]
    assert listed(VISITOR, JobFilters(search="kitchen")) == []
    Job.objects.filter(pk=market["paris"]).update(description="Grand staircase")
    assert listed(VISITOR, JobFilters(search="grand stair")) == [market["paris"]]


@pytest.mark.postgresql_only
@pytest.mark.parametrize("name", CASES)
def test_the_database_writes_the_same_list_as_the_serializer(market, name, casey, pat):
    filters = CASES[name][0]()
    for viewer in (VISITOR, casey, pat):
        page = feed.page(viewer, filters, size=20)
        assert json.loads(f"[{page.rows}]") == plain(viewer, filters)


@pytest.mark.postgresql_only
def test_the_database_writes_the_same_list_of_mine(market, casey, pat):
    for viewer in (casey, pat):
        for statuses in ((), (JobStatus.DRAFT, JobStatus.ASSIGNED)):
            filters = JobFilters(mine=True, statuses=statuses)
            page = feed.page(viewer, filters, size=20)
            assert json.loads(f"[{page.rows}]") == plain(viewer, filters)


@pytest.mark.postgresql_only
def test_the_database_pages_forward_and_back_like_the_plain_path(market, client_for, settings):
    client = client_for(None)

    def walk(link: str) -> list:
        seen = []
        while link:
            answer = client.get(link).json()
            seen.append(answer)
            link = answer["next"]
        back = seen[-1]["previous"]
        while back:
            answer = client.get(back).json()
            seen.append(answer)
            back = answer["previous"]
        return seen

    start = "/api/jobs/?page_size=1&status=open,assigned,cancelled"
    fast = walk(start)
    settings.HOT_READS = False
    assert walk(start) == fast
    assert [len(page["results"]) for page in fast] == [1] * 6 + [1] * 5


@pytest.mark.postgresql_only
def test_the_database_writes_the_same_page_of_each_job_for_each_viewer(market, casey, pat, sam, omar, ada):
    for viewer in (VISITOR, casey, pat, sam, omar, ada):
        for job_id in market.values():
            try:
                expected = json.loads(dumps(pages.rendered_job(viewer, job_id)))
            except NotFound:
                with pytest.raises(NotFound):
                    pages.job_page(REQUEST, viewer, job_id)
            else:
                assert json.loads(pages.job_page(REQUEST, viewer, job_id)) == expected


@pytest.mark.postgresql_only
def test_the_short_way_answers_like_the_whole_view_in_everything_but_time(market, casey, client_for, settings):
    addresses = [
        "/api/jobs/",
        "/api/jobs",
        f"/api/jobs/{market['tap']}/",
        f"/api/jobs/{market['draft']}/",
        "/api/jobs/?x=1",
    ]
    # Not Cache-Control: only the short way lets a visitor's browser keep the answer (ADR 0038, test_not_modified).
    headers = ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Content-Length")

    def answers() -> list:
        found = []
        for client in (client_for(None), client_for(casey), client_for(None)):
            for address in addresses:
                answer = client.get(address, HTTP_ORIGIN="https://elsewhere.example")
                body = {**answer.json(), "request_id": ""}
                shown = [answer.get(name) for name in headers[: 3 if answer.status_code == 200 else 4]]
                found.append((answer.status_code, body, shown))
        return found

    fast = answers()
    settings.HOT_READS = False
    assert answers() == fast


@pytest.mark.postgresql_only
def test_the_short_way_is_throttled_too(market, client_for, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "read": "2/min"}
    client = client_for(None)
    assert [client.get("/api/jobs/").status_code for _ in range(4)] == [200, 200, 429, 429]


@pytest.mark.postgresql_only
def test_the_short_way_knows_a_dead_token_and_an_accept_header(market, client_for):
    client = client_for(None)
    assert client.get("/api/jobs/", HTTP_AUTHORIZATION="Bearer nonsense").status_code == 401
    assert client.get("/api/jobs/", HTTP_ACCEPT="image/png").status_code == 406
    assert client.get("/api/jobs/", HTTP_ACCEPT="text/html,*/*;q=0.8").status_code == 200


@pytest.mark.postgresql_only
def test_the_statement_is_composed_once_for_each_shape(market):
    feed._page_statement.cache_clear()
    for category in ("plumbers", "painters", "movers"):
        feed.page(VISITOR, JobFilters(category=category), size=20)
    assert feed._page_statement.cache_info().misses == 1


FILTERED = {
    "default": (JobFilters(), "job_feed"),
    "category": (JobFilters(category="painters"), "job_by_category|job_feed"),
    "budget": (JobFilters(budget_min=100, budget_max=1000, currency="USD"), "job_by_budget|job_feed"),
    "deadline": (JobFilters(due_until=TAP.due_on), "job_by_deadline|job_feed"),
    "words": (JobFilters(search="piano"), "jobs_job_words|job_feed"),
    "radius": (JobFilters(latitude=51.5, longitude=-0.1, radius_km=5), "job_by_coordinates|job_feed"),
    "skills": (JobFilters(skills=("piano-moving",)), "job_feed|jobs_job_skills"),
}


@pytest.mark.postgresql_only
@pytest.mark.parametrize("name", FILTERED)
def test_each_filter_has_an_index_to_use(market, name):
    filters, indexes = FILTERED[name]
    conditions, parameters = feed._conditions(VISITOR, filters)
    statement = feed._page_statement(tuple(conditions), False, 20)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}", parameters)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert any(index in plan for index in indexes.split("|")), plan
    assert "Seq Scan on jobs_job j" not in plan


def test_the_same_query_is_read_once():
    from jobsphere.jobs.api.queries import job_query

    request = APIRequestFactory().get("/api/jobs/?search=tap&page_size=5")
    assert job_query(request.META["QUERY_STRING"]) is job_query("search=tap&page_size=5")
