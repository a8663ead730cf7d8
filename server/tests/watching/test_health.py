"""The health endpoints tell the truth, and strangers little of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jobsphere.outbox import leases
from jobsphere.watch import checks
from jobsphere.web import health

pytestmark = pytest.mark.django_db(transaction=True)
STRANGER = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def worker() -> None:
    leases.renew(leases.new_worker())


def told(**request: Any) -> tuple[int, dict[str, Any]]:
    answer = Client().get("/health/ready", **request)
    return answer.status_code, answer.json()


def test_all_is_well(worker: None) -> None:
    assert told(**STRANGER) == (200, {"status": "ok"})
    assert told()[1]["checks"] == dict.fromkeys(checks._checks, "ok")
    assert set(checks._checks) == {"database", "migrations", "cache", "disk", "clock", "worker"}


def test_without_a_worker_it_answers_and_says_that_it_is_degraded() -> None:
    assert told(**STRANGER) == (200, {"status": "degraded"})
    assert told()[1]["checks"]["worker"] == "not ready"
    leases.renew(leases.new_worker(), lasting=timedelta(seconds=-1))
    assert told()[1]["checks"]["worker"] == "not ready"


@pytest.mark.usefixtures("worker")
def test_a_full_disk_is_not_ready_and_strangers_do_not_learn_why(settings: Any) -> None:
    settings.DISK_MINIMUM_BYTES = 10**18
    assert told(**STRANGER) == (503, {"status": "unavailable"})
    assert told()[1]["checks"]["disk"] == "not ready"
    assert Client().get("/health/live").json() == {"status": "ok"}


@pytest.mark.usefixtures("worker")
def test_a_migration_that_waits_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'escrow' AND name = '0002_plans'")
    try:
        assert told()[1]["checks"]["migrations"] == "not ready"
        assert told(**STRANGER)[0] == 503
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('escrow', '0002_plans', CURRENT_TIMESTAMP)"
            )
    assert told()[0] == 200


@pytest.mark.redis_only
@pytest.mark.usefixtures("worker")
def test_a_redis_that_is_away_is_not_ready(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert told()[1]["checks"]["cache"] == "ConnectionError"
    assert told(**STRANGER) == (503, {"status": "unavailable"})


@pytest.mark.postgresql_only
@pytest.mark.usefixtures("worker")
def test_the_databases_clock_is_compared_with_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert abs(health.clock_skew()) < 2
    monkeypatch.setattr(health, "SKEW", -1)
    assert told(**STRANGER) == (200, {"status": "degraded"})


def test_the_rehearsals_clock_is_nobodys_fault(worker: None, scrape: Callable[[], str]) -> None:
    from jobsphere.kit import clock

    with clock.travel(timedelta(days=30)):
        assert told(**STRANGER) == (200, {"status": "ok"})
