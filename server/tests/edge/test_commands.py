"""Commands: one transaction, one answer per key."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from jobsphere.kit.actor import Actor
from jobsphere.web.models import IdempotencyRecord

PRICE = {"price": {"amount": 100, "currency": "USD"}}
Clients = Callable[..., Any]


def times_run() -> int:
    return IdempotencyRecord.objects.filter(key__startswith="ran-").count()


@pytest.mark.django_db(transaction=True)
def test_the_same_key_gets_the_same_answer_and_runs_once(casey: Actor, client_for: Clients) -> None:
    client = client_for(casey)
    first = client.post("/api/test/pay/", PRICE, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    again = client.post("/api/test/pay", PRICE, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    assert (first.status_code, again.status_code) == (201, 400), "another path is another request"
    again = client.post("/api/test/pay/", PRICE, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert times_run() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_key_with_another_body_is_refused_and_nothing_changes(casey: Actor, client_for: Clients) -> None:
    client = client_for(casey)
    client.post("/api/test/pay/", PRICE, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    other = {"price": {"amount": 101, "currency": "USD"}}
    answer = client.post("/api/test/pay/", other, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-reused")
    assert times_run() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_may_use_the_same_key(casey: Actor, pat: Actor, client_for: Clients) -> None:
    for actor in (casey, pat):
        answer = client_for(actor).post("/api/test/pay/", PRICE, format="json", HTTP_IDEMPOTENCY_KEY="k1")
        assert answer.status_code == 201
    assert times_run() == 2


@pytest.mark.django_db(transaction=True)
def test_without_a_key_money_does_not_move(casey: Actor, client_for: Clients) -> None:
    answer = client_for(casey).post("/api/test/pay/", PRICE, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-required")
    assert times_run() == 0


@pytest.mark.django_db(transaction=True)
def test_a_refused_verb_stores_nothing_and_the_key_stays_free(casey: Actor, client_for: Clients) -> None:
    client = client_for(casey)
    refused = client.post("/api/test/pay/", {**PRICE, "note": "refuse"}, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    assert refused.status_code == 409
    assert IdempotencyRecord.objects.count() == 0
    assert client.post("/api/test/pay/", PRICE, format="json", HTTP_IDEMPOTENCY_KEY="k1").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_an_outcome_that_is_not_known_yet_is_202(casey: Actor, client_for: Clients) -> None:
    answer = client_for(casey).post(
        "/api/test/pay/", {**PRICE, "note": "slow"}, format="json", HTTP_IDEMPOTENCY_KEY="k1"
    )
    assert answer.status_code == 202


@pytest.mark.django_db(transaction=True)
def test_eight_requests_at_once_with_one_key_run_once(casey: Actor, client_for: Clients) -> None:
    def send(_: int) -> tuple[int, Any]:
        try:
            answer = client_for(casey).post("/api/test/pay/", PRICE, format="json", HTTP_IDEMPOTENCY_KEY="k1")
            return answer.status_code, answer.json()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert {status for status, _ in answers} == {201}
    assert len({answer["ran"] for _, answer in answers}) == 1
    assert times_run() == 1
