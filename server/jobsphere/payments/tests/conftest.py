"""Fixtures of payments."""

from typing import Any

import pytest


@pytest.fixture
def waiting(settings: Any) -> None:
    """Let earnings clear as a careful operator lets them."""
    settings.CLEARING_DAYS = {"new": 7, "verified": 3, "trusted": 0}
