"""Who may use the back office at all: every route, every kind of person (R11)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver
from rest_framework.test import APIClient

from jobsphere.audit.models import AuditEntry
from jobsphere.backoffice.tests.conftest import employ
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.users.models import User
from jobsphere.users.rules import Right
from jobsphere.web.access import policy_of
from jobsphere.web.models import IdempotencyRecord

pytestmark = pytest.mark.django_db(transaction=True)
Clients = Callable[..., APIClient]


#: What is exported for a month, which has to be named.
OF_A_MONTH = {"/api/admin/invoices/documents/", "/api/admin/invoices/postings/"}


def routes() -> Iterator[tuple[str, str, str]]:
    """Walk the back office: (method, address, the right that it asks for; nothing where only administrators may)."""
    for pattern, place in flat(get_resolver().url_patterns):
        if not place.startswith("api/admin/"):
            continue
        view = pattern.callback.view_class
        address = "/" + place.replace("<slug:name>", "sandbox")
        while "<uuid:" in address:
            start, end = address.index("<uuid:"), address.index(">") + 1
            address = address[:start] + str(uuid7()) + address[end:]
        for method in ("get", "post", "put", "patch", "delete"):
            if hasattr(view, method) and method in view.http_method_names:
                policy = policy_of(view, method.upper())
                yield method, address, (policy and policy.right) or ""


def flat(patterns: Any, prefix: str = "") -> Iterator[tuple[Any, str]]:
    for each in patterns:
        if isinstance(each, URLPattern):
            yield each, prefix + str(each.pattern)
        else:
            yield from flat(each.url_patterns, prefix + str(each.pattern))


def send(client: APIClient, method: str, address: str) -> Any:
    headers = {"Idempotency-Key": str(uuid7())}
    return getattr(client, method)(
        address,
        {} if method == "get" else {"reason": "Just trying."},
        headers=headers,
        **({} if method == "get" else {"format": "json"}),
    )


def test_the_walk_finds_the_back_office():
    found = list(routes())
    assert len(found) > 35
    assert {right for _, _, right in found} == {"", *(str(right) for right in Right)}


def test_a_visitor_is_asked_to_sign_in_everywhere(db):
    statuses = {address: send(APIClient(), method, address).status_code for method, address, _ in routes()}
    assert set(statuses.values()) == {401}, statuses


@pytest.mark.parametrize("who", ["casey", "pat", "omar"])
def test_nobody_without_a_right_gets_in_and_nothing_changes(who, request, client_for: Clients, rows):
    client = client_for(request.getfixturevalue(who))
    before = rows(User, AuditEntry, IdempotencyRecord)
    statuses = {address: send(client, method, address).status_code for method, address, _ in routes()}
    assert set(statuses.values()) == {403}, statuses
    assert rows(User, AuditEntry, IdempotencyRecord) == before


@pytest.mark.parametrize("right", list(Right))
def test_one_right_opens_its_own_doors_and_no_other(right: Right, ada: Actor, client_for: Clients):
    client = client_for(employ(ada, right))
    for method, address, wanted in routes():
        status = send(client, method, address).status_code
        if wanted != right:
            assert status == 403, f"{method} {address} lets '{right}' in"
        elif method == "get" or "/rights/" not in address:
            assert status in (200, 400, 404), f"{method} {address}: {status}"


def test_an_administrator_gets_in_everywhere(ada: Actor, client_for: Clients):
    client = client_for(ada)
    for method, address, _ in routes():
        answer = send(client, method, address)
        assert answer.status_code in (200, 400, 404), f"{method} {address}: {answer.status_code} {answer.content!r}"


def test_the_lists_answer_an_administrator_of_an_empty_marketplace(ada: Actor, client_for: Clients):
    client = client_for(ada)
    for method, address, _ in routes():
        if method == "get" and not any(character.isdigit() for character in address):
            answer = client.get(address, {"month": "2026-01"} if address in OF_A_MONTH else {})
            assert answer.status_code == 200, address
