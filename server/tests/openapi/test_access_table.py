"""Every door is knocked at by every kind of person, and answers what docs/access.md says."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.users.models import User
from jobsphere.users.services import open_session
from tests.cast import person
from tests.openapi.walking import api_routes
from tools import access
from tools.access import Door, doors, kinds

pytestmark = pytest.mark.django_db(transaction=True)

#: Doors through which a session ends; whoever goes through them needs a new one.
LEAVING = {"/api/auth/logout/", "/api/auth/sessions/", "/api/auth/sessions/not-me/"}


def make(kind: str) -> Actor | None:
    """Return somebody of this kind; None for a visitor."""
    if kind == access.VISITOR:
        return None
    if kind == access.ADMIN:
        return person("Ada Admin", is_staff=True, is_superuser=True)
    roles: dict[str, Any] = {f"is_{kind}": True} if kind in (access.CUSTOMER, access.CONTRACTOR) else {}
    rights = [] if roles or kind == access.UNVERIFIED else [kind]
    return person(f"{kind.title()} Somebody", rights=rights, **roles)


def browser(actor: Actor | None) -> APIClient:
    client = APIClient(raise_request_exception=False)
    if actor is not None:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {open_session(user_id=actor.known_id()).access_token}")
    return client


def knock(client: APIClient, door: Door) -> Any:
    """Call it with ids that nobody ever made, and nothing in the body."""
    address = door.path
    while "{" in address:
        start, end = address.index("{"), address.index("}") + 1
        address = address[:start] + ("sandbox" if "{name}" in address else str(uuid7())) + address[end:]
    headers = {"Idempotency-Key": str(uuid7())}
    if door.method == "get":
        return client.get(address, headers=headers)
    return getattr(client, door.method)(address, {}, format="json", headers=headers)


def said(door: Door, answer: Any) -> str:
    """Return what an answer says of the door, in the words of the table."""
    if answer.status_code in (401, 403):
        public = not door.access.signed_in  # a public door that refuses a secret says 401 as well
        return "yes" if public else str(answer.status_code)
    assert answer.status_code < 500, f"{door}: {answer.content!r}"
    return "own" if door.answer(access.CUSTOMER) == "own" or door.answer(access.CONTRACTOR) == "own" else "yes"


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000000/min")


def test_the_table_has_every_door_of_the_api() -> None:
    walked = {("/" + route.pattern, method) for route in api_routes() for method in route.methods}
    listed = {("/" + door.pattern, door.method) for door in doors()}
    assert walked <= listed
    assert len(listed) > 250


@pytest.mark.parametrize("kind", kinds())
def test_every_door_answers_everybody_as_the_table_says(kind: str, sandbox: Any) -> None:
    actor = make(kind)
    client, wrong = browser(actor), {}
    for door in doors():
        if door.path in LEAVING:
            answer = knock(browser(actor), door)
            client = browser(actor)
        else:
            answer = knock(client, door)
        if said(door, answer) != door.answer(kind):
            wrong[f"{door.method} {door.path}"] = f"{answer.status_code} instead of {door.answer(kind)}"
    assert wrong == {}


def test_where_a_recent_proof_is_wanted_an_old_session_is_asked_for_one(
    ada: Actor, rows: Callable[..., Any], settings: Any
) -> None:
    client = browser(ada)
    settings.RECENT_SIGN_IN = settings.RECENT_SIGN_IN * 0
    guarded = [door for door in doors() if door.access.recently and not door.access.role]
    assert len(guarded) > 15
    before = rows(User)
    asked = {door.path: knock(client, door).json()["code"] for door in guarded}
    assert set(asked.values()) == {"reauthentication-required"}, asked
    granting = {path for path in asked if path.startswith("/api/admin/users/")}
    assert granting == {
        "/api/admin/users/{user_id}/deactivate/",
        "/api/admin/users/{user_id}/reactivate/",
        "/api/admin/users/{user_id}/rights/grant/",
        "/api/admin/users/{user_id}/rights/revoke/",
    }
    assert rows(User) == before
