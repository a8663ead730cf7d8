"""The stage of the fault tests."""

from typing import Any

import pytest

from tests.faults.world import World
from tests.sandbox import Sandbox


@pytest.fixture
def world(transactional_db: None, sandbox: Sandbox, taxonomy: None, monkeypatch: Any, settings: Any) -> World:
    """A marketplace without a past, whose people may ask as often as they like."""
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "100000/min")
    world = World(sandbox)
    world.install(monkeypatch)
    return world
