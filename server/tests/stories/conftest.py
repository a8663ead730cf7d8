"""Every story plays on committed data, with the real adapter, the sandbox gateway and the worker."""

import pytest

from tests.stories.people import Contractor, Customer


@pytest.fixture
def stage(transactional_db: None, sandbox: object, taxonomy: None) -> None:
    """A marketplace with its trades and a gateway, and nobody in it."""


@pytest.fixture
def customer(stage: None) -> Customer:
    """Casey, who needs a bathroom."""
    return Customer()


@pytest.fixture
def contractor(stage: None) -> Contractor:
    """Pat, who renovates bathrooms."""
    return Contractor()


@pytest.fixture
def rival(stage: None) -> Contractor:
    """Sam, who would like to."""
    return Contractor("Sam Rival")
