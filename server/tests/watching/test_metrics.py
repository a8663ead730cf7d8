"""/metrics: for the operator alone, about everything, with few labels; and cheap to ask for."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jobsphere.escrow import selectors as escrow
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import selectors as outbox
from jobsphere.payments import selectors as payments
from jobsphere.watch import figures, metrics
from tests.stories.people import DECLINED_CARD, GOOD_CARD, Contractor, Customer, dollars
from tests.watching.conftest import TOKEN, value
from tools.alerts import samples

pytestmark = pytest.mark.django_db(transaction=True)
Scrape = Callable[[], str]
SERVER = Path(__file__).resolve().parents[2]


def status(path: str = "/metrics", **request: Any) -> int:
    return Client().get(path, **request).status_code


def test_with_a_token_only_its_holder_may_look(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert status(headers={"Authorization": f"Bearer {TOKEN}"}) == 200
    refused = [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}, {"Authorization": TOKEN}]
    assert [status(headers=headers) for headers in refused] == [404] * 4


def test_without_one_only_this_machine_may_and_nobody_in_production(settings: Any) -> None:
    assert status() == 200
    strangers = [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, {"HTTP_VIA": "1.1 proxy"}]
    assert [status(**each) for each in strangers] == [404] * 3
    settings.PRODUCTION = True
    assert status() == 404


def test_a_refusal_is_like_any_path_that_is_not_there() -> None:
    refused, nothing = (Client().get(path, REMOTE_ADDR="203.0.113.9") for path in ("/metrics", "/health/nothing"))
    assert {**refused.json(), "request_id": ""} == {**nothing.json(), "request_id": ""}
    assert Client().post("/metrics").status_code in (404, 403)


def test_requests_are_counted_by_route_the_short_ways_as_well(scrape: Scrape, open_job: Any) -> None:
    def counted(**labels: str) -> float:
        return value(scrape(), "jobsphere_http_requests_total", **labels)

    routes = {"list": "/api/jobs/", "page": "/api/jobs/<uuid:job_id>/", "none": "(none)"}
    before = {name: counted(route=route) for name, route in routes.items()}
    for path in ("/api/jobs/", "/api/jobs/?page_size=1", f"/api/jobs/{open_job}/", "/api/nothing/at/all/"):
        Client().get(path)
    Client().get("/api/jobs/", headers={"Cookie": "a=b"})
    after = {name: counted(route=route) for name, route in routes.items()}
    assert {name: after[name] - before[name] for name in routes} == {"list": 3, "page": 1, "none": 1}
    assert value(scrape(), "jobsphere_http_request_seconds_count", route="/api/jobs/") == after["list"]


def test_what_people_send_makes_no_new_series(scrape: Scrape) -> None:
    def series() -> set[tuple[str, ...]]:
        found = [
            (name, *labels.values()) for name, labels, _, _ in samples(scrape()) if name.endswith("requests_total")
        ]
        return set(found)

    client = Client()
    for method in ("GET", "BREW", "PROPFIND"):
        client.generic(method, f"/api/jobs/{uuid7()}/")
        client.generic(method, "/api/nothing/")
    before = series()
    for number in range(20):
        client.get(f"/api/jobs/{uuid7()}/?email=casey{number}@example.com")
        client.get(f"/api/casey{number}@example.com/", headers={"X-Request-ID": f"request-{number}"})
        client.generic(f"VERB{number}", f"/api/jobs/{uuid7()}/")
    assert series() == before
    text = scrape()
    told = " ".join(str(each) for _, labels, _, _ in samples(text) for each in labels.values())
    assert not re.search(r"@|[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}", told)
    methods = {labels["method"] for _, labels, _, _ in samples(text) if "method" in labels}
    assert methods <= metrics.METHODS | {metrics.OTHER}


def at_rest(settle: Callable[[], None], scrape: Scrape) -> str:
    """Scrape when nothing is due: what was put off by seconds may fall due between the last look and the scrape."""
    for _ in range(3):
        settle()
        text = scrape()
        if not value(text, "jobsphere_queue_tasks", state="due"):
            break
    return text


def test_a_deal_is_seen_from_every_side(
    sandbox: Any, taxonomy: None, settle: Callable[[], None], scrape: Scrape
) -> None:
    before = scrape()
    customer, contractor = Customer(), Contractor()
    job = customer.posts_job()
    offer = customer.offers(proposal_id=contractor.proposes(job, 1000), amount=dollars(1000), payment_method=GOOD_CARD)
    contractor.accepts(offer)
    customer.offers(
        job_id=customer.posts_job(), contractor_id=contractor.id, amount=dollars(10), payment_method=DECLINED_CARD
    )
    after = at_rest(settle, scrape)

    def more(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert value(after, "jobsphere_payments_minor_units", status="held", currency="USD") == 1000_00
    assert value(after, "jobsphere_payments", status="failed", currency="USD") == 1
    assert value(after, "jobsphere_escrow_held_minor_units", status="funded", currency="USD") == 900_00
    assert value(after, "jobsphere_ledger_minor_units", kind="revenue_platform_fee", currency="USD") == 100_00
    assert value(after, "jobsphere_queue_tasks", state="due") == value(after, "jobsphere_dead_letters") == 0
    assert more("jobsphere_payment_steps_total", state="captured", gateway="sandbox") == 1
    assert more("jobsphere_payment_steps_total", state="declined") == 1
    assert more("jobsphere_gateway_call_seconds_count", operation="authorize", outcome="ok") == 1
    assert more("jobsphere_gateway_call_seconds_count", operation="authorize", outcome="declined") == 1
    assert more("jobsphere_gateway_call_seconds_count", operation="capture", outcome="ok") == 1
    assert more("jobsphere_events_published_total", event="offer.accepted") == 1
    assert more("jobsphere_task_seconds_count", outcome="done") > 5
    assert value(after, "jobsphere_figures_up") == len(figures._sources)


def test_an_app_that_cannot_be_read_takes_no_other_with_it(scrape: Scrape, monkeypatch: pytest.MonkeyPatch) -> None:
    source = figures._sources["ledger"]
    monkeypatch.setattr(source, "read", lambda: iter([1 / 0]))
    text = scrape()
    assert value(text, "jobsphere_figures_up", app="ledger") == 0
    assert value(text, "jobsphere_figures_up", app="outbox") == 1
    assert "\njobsphere_ledger_differences " not in text
    assert "\njobsphere_dead_letters 0.0" in text


def test_figures_are_read_once_however_many_scrape(
    scrape: Scrape, django_assert_max_num_queries: Callable[..., Any], django_assert_num_queries: Callable[..., Any]
) -> None:
    Client().get("/health/ready")  # migrations are looked at once
    with django_assert_max_num_queries(16):
        scrape()
    with django_assert_num_queries(0):
        for _ in range(3):
            assert Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


PLANS: dict[str, tuple[Callable[[], object], list[str]]] = {
    "queue": (outbox.queue_health, ["tasks_db_new_ordering_idx", "outbox_running_tasks", "outbox_open_dead_letters"]),
    "payments": (payments.payments_by_status, ["payment_by_status"]),
    "operations": (payments.open_operations, ["gateway_operation_open"]),
    "holds": (escrow.held_by_status, ["hold_open"]),
}


@pytest.mark.parametrize("what", PLANS)
def test_each_figure_is_read_from_an_index_of_what_is_open(what: str, django_assert_max_num_queries: Any) -> None:
    read, expected = PLANS[what]
    with django_assert_max_num_queries(3) as captured:
        read()
    plans = "\n".join(plan(query["sql"]) for query in captured.captured_queries)
    assert [name for name in expected if name not in plans] == [], plans


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")  # the tables are empty here
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        lines = [str(row) for row in cursor.fetchall()]
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = on")
    return "\n".join(lines)


COUNTING = """
import sys
from pathlib import Path
from jobsphere.watch import processes
processes.share(Path(sys.argv[1]))
from jobsphere.watch import metrics, scraping
for _ in range(int(sys.argv[2])):
    metrics.request_done("GET", "/api/jobs/", 200, 0.2)
metrics.sockets_open(open_=7, signed_in=5, limit=100)
if sys.argv[3] == "tell":
    print(scraping.exposition().decode())
    print(len(list(processes.shared().glob("*.db"))))
"""


def test_all_processes_of_a_machine_count_together_and_no_counter_falls(tmp_path: Path) -> None:
    def run(times: int, tell: str = "") -> str:
        command = [sys.executable, "-c", COUNTING, str(tmp_path), str(times), tell]
        done = subprocess.run(command, cwd=SERVER, capture_output=True, text=True, check=True)
        return done.stdout

    run(3), run(4)
    for expected in (8, 9):  # twice, so that what was added up is added up again
        *lines, files = run(1, "tell").strip().splitlines()
        text = "\n".join(lines) + "\n"
        assert value(text, "jobsphere_http_requests_total", route="/api/jobs/", status="200") == expected
        assert value(text, "jobsphere_http_request_seconds_count", route="/api/jobs/") == expected
        assert value(text, "jobsphere_http_request_seconds_bucket", route="/api/jobs/", le="0.25") == expected
        assert value(text, "jobsphere_http_request_seconds_bucket", route="/api/jobs/", le="0.1") == 0
        # Those of ended processes are closed.
        assert value(text, "jobsphere_sockets", state="open") == 7
        assert int(files) <= 5
