"""A deal, and somebody who accounts for the money."""

from collections.abc import Callable
from typing import Any

import pytest

from jobsphere.kit.actor import Actor
from tests.money.deals import Deal, Staff


@pytest.fixture
def deal(transactional_db: None, sandbox: Any, taxonomy: None, settle: Callable[[], None]) -> Deal:
    """A contract of $1000 that was just accepted."""
    return Deal(sandbox, settle)


@pytest.fixture
def finance(transactional_db: None, ada: Actor, client_for: Callable[[Actor], Any]) -> Staff:
    """Ada, who accounts for the money."""
    return Staff(ada, client_for(ada))
