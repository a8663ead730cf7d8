"""Redis is away: people go on, unlimited for the moment; only guesses at passwords wait until they can be counted."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from jobsphere.users.models import Session
from tools.servers.common import free_port


@pytest.fixture
def no_redis(settings: Any) -> None:
    """A cache at a port where nobody listens."""
    place = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": place}}


@pytest.mark.django_db
@pytest.mark.usefixtures("no_redis")
def test_reading_goes_on_and_signing_in_waits() -> None:
    client = APIClient()
    assert client.get("/api/categories/").status_code == 200
    answer = client.post("/api/auth/login/", {"email": "casey@edge.example", "password": "a-guess"}, format="json")
    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"
    assert answer["Retry-After"] == "1"
    assert Session.objects.count() == 0
