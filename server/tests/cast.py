"""The cast of our tests: casey customer, pat contractor, sam rival contractor, omar outsider, ada admin."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from jobsphere.kit.actor import Actor
from jobsphere.users.models import User

PASSWORD = "correct horse battery staple"


def person(name: str, **roles: Any) -> Actor:
    """Make a person of the cast and return who they are to services."""
    return User.objects.create_user(f"{name.split()[0].lower()}@example.com", PASSWORD, name=name, **roles).actor()


@pytest.fixture
def casey(db: None) -> Actor:
    """The customer."""
    return person("Casey Customer", is_customer=True)


@pytest.fixture
def pat(db: None) -> Actor:
    """The contractor."""
    return person("Pat Contractor", is_contractor=True)


@pytest.fixture
def sam(db: None) -> Actor:
    """The rival contractor."""
    return person("Sam Rival", is_contractor=True)


@pytest.fixture
def omar(db: None) -> Actor:
    """The outsider: customer and contractor, but never a party of what is tested."""
    return person("Omar Outsider", is_customer=True, is_contractor=True)


@pytest.fixture
def ada(db: None) -> Actor:
    """The administrator."""
    return person("Ada Admin", is_staff=True, is_superuser=True)


@pytest.fixture
def client_for(db: None) -> Callable[[Actor | None], APIClient]:
    """Return a function that makes an HTTP client with a real access token of that person."""
    from jobsphere.users.services import open_session

    def make(actor: Actor | None = None) -> APIClient:
        client = APIClient()
        if actor is not None:
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {open_session(user_id=actor.known_id()).access_token}")
        return client

    return make


@pytest.fixture
def run_worker(db: None) -> Callable[[], None]:
    """Return a function that runs everything that is due in the queue until nothing is."""
    from jobsphere.outbox.worker import drain

    def run() -> None:
        drain()

    return run
