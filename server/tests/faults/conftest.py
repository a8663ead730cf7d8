"""The stage of the fault tests."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from tests.faults.stages import STAGES
from tests.faults.world import World
from tests.sandbox import Sandbox


@pytest.fixture
def world(
    request: Any, transactional_db: None, sandbox: Sandbox, taxonomy: None, monkeypatch: Any, settings: Any
) -> World:
    """A marketplace without a past, whose people may ask as often as they like; on the Stripe sandbox unless told."""
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "100000/min")
    world = World(sandbox, settings, STAGES[getattr(request, "param", "sandbox")])
    world.install(monkeypatch)
    return world


@pytest.fixture
def database_url() -> Iterator[str]:
    """A database of its own on the suite's PostgreSQL; on SQLite the server makes its own file."""
    suite = os.environ.get("DATABASE_URL", "")
    if not suite.startswith(("postgres://", "postgresql://")):
        yield ""
        return
    name = f"js_own_{uuid4().hex[:12]}"
    with psycopg.connect(suite, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield str(httpx.URL(suite).copy_with(path=f"/{name}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
