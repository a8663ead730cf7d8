"""What every route gets: a policy, problems, pages, headers, limits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings

from jobsphere.jobs.models import SavedSearch
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.web.middleware import content_policy
from jobsphere.web.models import IdempotencyRecord

pytestmark = pytest.mark.django_db
Clients = Callable[..., Any]


def test_a_route_without_a_policy_answers_nobody(ada: Actor, client_for: Clients) -> None:
    answer = client_for(ada).get("/api/test/no-policy")
    assert answer.status_code == 403
    assert "leaked" not in answer.content.decode()


def test_a_right_is_asked_for(ada: Actor, casey: Actor, client_for: Clients) -> None:
    assert client_for().get("/api/test/finance").status_code == 401
    refused = client_for(casey).get("/api/test/finance")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert client_for(ada).get("/api/test/finance").json() == {"books": "open"}


def test_a_fault_of_ours_shows_nothing_of_the_inside() -> None:
    answer = Client(raise_request_exception=False).get("/api/test/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert "secret" not in answer.content.decode()
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize("host", ["evil.example", "", "a b"])
def test_a_host_that_is_not_ours_is_a_problem_not_a_fault(host: str, pat: Actor, client_for: Clients) -> None:
    client = client_for(pat)
    client.raise_request_exception = False
    for number in range(2):
        body = {"name": f"Search {number}", "filters": {}}
        assert client.post("/api/saved-searches/", body, format="json").status_code == 201
    with override_settings(ALLOWED_HOSTS=["jobs.example"]):
        listed = client.get("/api/saved-searches/?page_size=1", HTTP_HOST=host)
        posted = client.post("/api/saved-searches/", {"name": "x", "filters": {}}, format="json", HTTP_HOST=host)
    for answer in (listed, posted):
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-input")
        assert answer["Content-Type"] == "application/problem+json"
    assert SavedSearch.objects.count() == 2


def test_a_webhook_larger_than_the_limit_is_413_and_nothing_is_stored() -> None:
    answer = Client(raise_request_exception=False).post(
        "/api/webhooks/stripe", b"x" * 3_000_000, content_type="application/json", HTTP_STRIPE_SIGNATURE="t=1,v1=00"
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


@pytest.mark.parametrize(
    ("price", "code"),
    [
        ({"amount": -1, "currency": "USD"}, "positive"),
        ({"amount": 0, "currency": "USD"}, "positive"),
        ({"amount": 1.5, "currency": "USD"}, "whole"),
        ({"amount": "100", "currency": "USD"}, "whole"),
        ({"amount": True, "currency": "USD"}, "whole"),
        ({"amount": 10**16, "currency": "USD"}, "large"),
        ({"amount": 1, "currency": "DOGE"}, "currency"),
        ({"amount": 1}, "shape"),
        (100, "shape"),
        (None, "null"),
    ],
)
def test_wrong_money_is_named_and_changes_nothing(casey: Actor, client_for: Clients, price: Any, code: str) -> None:
    answer = client_for(casey).post("/api/test/pay/", {"price": price}, format="json", HTTP_IDEMPOTENCY_KEY="k")
    problem = answer.json()
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [("/price", code)]
    assert IdempotencyRecord.objects.count() == 0


def test_an_unknown_field_is_refused(casey: Actor, client_for: Clients) -> None:
    body = {"price": {"amount": 1, "currency": "USD"}, "prcie": 1}
    answer = client_for(casey).post("/api/test/pay/", body, format="json", HTTP_IDEMPOTENCY_KEY="k")
    assert answer.json()["errors"] == [
        {"pointer": "/prcie", "code": "unknown-field", "detail": "There is no such field."}
    ]
    assert IdempotencyRecord.objects.count() == 0


def test_a_broken_body_says_where(casey: Actor, client_for: Clients) -> None:
    answer = client_for(casey).post(
        "/api/test/pay/", b'{"price": ', content_type="application/json", HTTP_IDEMPOTENCY_KEY="k"
    )
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "not-json")


def test_pages_lead_forth_and_back_without_gaps(client_for: Clients, django_assert_num_queries: Any) -> None:
    rows = [IdempotencyRecord(actor_id=uuid7(), key=str(number)) for number in range(45)]
    IdempotencyRecord.objects.bulk_create(rows)
    newest_first = [str(row.id) for row in reversed(rows)]
    client, address = client_for(), "/api/test/rows/?page_size=20"
    seen: list[str] = []
    back: list[str] = []
    while address:
        with django_assert_num_queries(1):
            page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address, last = page["next"], page
    assert seen == newest_first
    while last:
        back = [row["id"] for row in last["results"]] + back
        last = client.get(last["previous"]).json() if last["previous"] else None
    assert back == newest_first


@pytest.mark.parametrize("query", ["page_size=0", "page_size=101", "page_size=x", "cursor=zzz", "cursor=bm9wZQ"])
def test_a_wrong_page_is_a_problem(client_for: Clients, query: str) -> None:
    answer = client_for().get(f"/api/test/rows/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-input")


def test_too_many_requests_say_when_to_come_back(casey: Actor, client_for: Clients, settings: Any) -> None:
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "money": "2/min"}
    client = client_for(casey)
    answers = [client.post("/api/test/pay/", {}, format="json") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 61


def test_pages_and_answers_carry_security_headers(client: Client) -> None:
    for address in ("/", "/api/test/rows/"):
        headers = client.get(address).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_only_named_origins_may_call_from_a_browser(client: Client, settings: Any) -> None:
    settings.CORS_ORIGINS = ["https://shop.example"]
    friend = Client().get("/api/test/rows/", HTTP_ORIGIN="https://shop.example")
    stranger = Client().get("/api/test/rows/", HTTP_ORIGIN="https://evil.example")
    assert friend.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "Access-Control-Allow-Origin" not in stranger.headers


def test_a_slash_too_many_or_too_few_is_forgiven(client: Client) -> None:
    assert client.get("/api/test/rows").status_code == client.get("/api/test/broken/", follow=False).status_code - 300


def test_old_area_names_redirect_and_keep_the_method(client: Client) -> None:
    answer = client.post("/api/job-request/7/?a=b", {}, content_type="application/json")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/api/proposals/7/?a=b")


def test_every_problem_code_has_a_page(client: Client) -> None:
    assert "Idempotency-Key" in client.get("/problems/idempotency-key-required").content.decode()
    assert client.get("/problems/never-heard").status_code == 404


def test_a_card_form_of_a_gateway_in_use_may_be_loaded_and_no_other():
    assert "stripe" not in content_policy(["sandbox", "sandbox_paystack"])
    policy = dict(each.split(" ", 1) for each in content_policy(["stripe"]).split("; "))
    assert policy["script-src"] == "'self' https://js.stripe.com"
    assert policy["frame-src"] == "'self' https://js.stripe.com https://hooks.stripe.com"
    assert policy["default-src"] == "'self'"
