"""Scrapes, as Prometheus makes them, and the routes that fail on purpose."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from jobsphere.watch import figures

TOKEN = "a-token-for-scrapes-and-nothing-else"


@pytest.fixture(autouse=True)
def _fresh_figures() -> Iterator[None]:
    """No test sees what another one was told."""
    figures.forget()
    yield
    figures.forget()


@pytest.fixture
def scrape(settings: Any, db: None) -> Callable[[], str]:
    """Return a function that reads /metrics with the token; figures are read afresh."""
    settings.METRICS_TOKEN = TOKEN

    def read() -> str:
        figures.forget()
        answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        return answer.content.decode()

    return read


@pytest.fixture
def broken_routes(settings: Any) -> None:
    """Routes of tests/edge, one of which fails."""
    settings.ROOT_URLCONF = "tests.edge.conftest"


def value(text: str, name: str, **labels: str) -> float:
    """Return the sum of the samples of this name with these labels."""
    from tools.alerts import samples

    return sum(number for each, has, number, _ in samples(text) if each == name and labels.items() <= dict(has).items())
