"""Two people who talk, and what the tests of messaging say again and again."""

from uuid import UUID

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import services

THING = "thing"


def opened(one: Actor, other: Actor, thing: UUID) -> UUID:
    """Open a conversation about a thing."""
    with edge_transaction():
        return services.open_conversation(
            actor=one, between=(one.known_id(), other.known_id()), subject_type=THING, subject_id=thing
        )


def send(client, chat: UUID | None = None, body: str = "Hello", **fields):
    """Write, over HTTP."""
    where = {"chat_id": str(chat)} if chat else {}
    return client.post("/api/messages/send/", {**where, "body": body, **fields}, format="json")


def history(client, chat: UUID, query: str = "") -> list[dict]:
    """Read the messages of a conversation, the newest first."""
    return client.get(f"/api/messages/{chat}/{query}").json()["results"]


@pytest.fixture
def thing() -> UUID:
    return uuid7()


@pytest.fixture
def chat(casey, pat, thing) -> UUID:
    """A conversation of casey and pat about the thing."""
    return opened(casey, pat, thing)


@pytest.fixture
def _disk(settings, tmp_path):
    files = {"BACKEND": "jobsphere.files.stores.local.LocalStore", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
