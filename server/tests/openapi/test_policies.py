"""Every route has a policy, asks for a sign-in unless it is public, and tells a stranger nothing (DESIGN §6)."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from jobsphere.audit.models import AuditEntry
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.ledger.models import Transfer
from jobsphere.outbox.models import StoredEvent
from jobsphere.users.models import User
from jobsphere.web.access import Access
from jobsphere.web.models import IdempotencyRecord
from tests.openapi.walking import Route, api_routes, routes

pytestmark = pytest.mark.django_db(transaction=True)

#: Whatever may be called without signing in, in full: a new name here is a decision.
PUBLIC = {
    "auth-register", "auth-login", "auth-logout", "auth-refresh", "auth-verify-email", "auth-verify-email-resend",
    "auth-password-reset", "auth-password-reset-confirm", "auth-sessions-not-me", "auth-mfa-verify",
    "auth-mfa-verify-options", "auth-passkey-options", "auth-passkey", "auth-social", "auth-social-begin",
    "auth-social-return", "auth-social-finish",
    "jobs", "job", "categories", "skills", "contractors", "contractor", "contractor-reviews",
    "contractor-stars", "contractor-packages", "contractor-availability", "contractor-quote", "feed", "socket",
    "numbers", "house-rules", "statement-open", "statement-open-appeal",
    "account-recover", "account-email-cancel", "notifications-unsubscribe", "sandbox-mode",
    "file", "attachments", "webhook-stripe", "webhook-paystack",
}  # fmt: skip


def is_public(route: Route, method: str) -> bool:
    policy = route.policy(method)
    return policy is not None and not policy.signed_in


def is_for_staff(route: Route) -> bool:
    policy = route.policy("get")
    return route.pattern.startswith("api/admin/") or (policy is not None and policy.role == "admin")


def send(client: APIClient, method: str, address: str) -> Any:
    """Call a route as well as one can who knows nothing of it."""
    headers = {"Idempotency-Key": str(uuid7())}
    if method == "get":
        return client.get(address, headers=headers)
    return getattr(client, method)(address, {}, format="json", headers=headers)


def test_every_route_of_the_api_has_a_policy():
    # The page at /api/ itself is plain HTML that shows the way to the documentation.
    found = [route for route in routes() if route.pattern.startswith("api/") and route.pattern != "api/"]
    assert len(found) > 100
    assert [route.pattern for route in found if not isinstance(getattr(route.view, "access", None), Access)] == []


def test_what_is_outside_of_the_api_is_known():
    ours = ("api/", "sandbox/")
    outside = {route.pattern for route in routes() if not route.pattern.startswith(ours)}
    # The front page, or the web app on every path that nobody else answers.
    front = {pattern for pattern in outside if pattern == "" or pattern.startswith("^(?!api/|")}
    public = {"sitemap.xml", "robots.txt", "map/city.pmtiles"}
    assert outside - front == {"problems/<slug:code>", "health/live", "health/ready", "metrics", *public}
    assert len(front) == 1


def test_nothing_is_public_that_is_not_meant_to_be():
    public = {(route.name, method) for route in api_routes() for method in route.methods if is_public(route, method)}
    names = {name for name, _ in public}
    assert names == PUBLIC
    writes = {name for name, method in public if method != "get"}
    # They prove who asks by the secret of a letter, and are limited like a sign-in.
    by_letter = {
        "account-email-cancel",
        "account-recover",
        "notifications-unsubscribe",
        "statement-open",
        "statement-open-appeal",
    }
    assert {name for name in writes if not name.startswith(("auth-", "webhook-"))} == by_letter


def test_a_visitor_is_asked_to_sign_in_and_changes_nothing(rows: Callable[..., Any]):
    before = rows(AuditEntry, IdempotencyRecord, StoredEvent, Transfer, User)
    wrong = {}
    for route in api_routes():
        for method in route.methods:
            answer = send(APIClient(), method, route.address())
            if not is_public(route, method) and answer.status_code != 401:
                wrong[f"{method} {route.pattern}"] = answer.status_code
    assert wrong == {}
    assert rows(AuditEntry, IdempotencyRecord, StoredEvent, Transfer, User) == before


def test_a_made_up_token_opens_nothing():
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Bearer made.up.token")
    wrong = {
        f"{method} {route.pattern}": status
        for route in api_routes()
        for method in route.methods
        if not is_public(route, method) and (status := send(client, method, route.address()).status_code) != 401
    }
    assert wrong == {}


def test_a_stranger_reads_nothing_by_guessing(omar: Actor, client_for: Callable[..., APIClient]):
    client = client_for(omar)
    wrong = {}
    for route in api_routes():
        if route.is_detail and "get" in route.methods and not is_for_staff(route):
            answer = send(client, "get", route.address())
            if (answer.status_code, answer.json().get("code")) != (404, "not-found"):
                wrong[route.pattern] = answer.status_code
    assert wrong == {}


def test_a_stranger_does_nothing_by_guessing(
    omar: Actor, client_for: Callable[..., APIClient], rows: Callable[..., Any]
):
    client = client_for(omar)
    before = rows(AuditEntry, IdempotencyRecord, StoredEvent, Transfer)
    wrong = {}
    for route in api_routes():
        for method in route.methods:
            if route.is_detail and method != "get" and not is_for_staff(route):
                status = _knock(client, method, route)
                if status != 404:
                    wrong[f"{method} {route.pattern}"] = status
    assert wrong == {}
    assert rows(AuditEntry, IdempotencyRecord, StoredEvent, Transfer) == before


def _knock(client: APIClient, method: str, route: Route) -> int:
    """Return the status; where the body was found wrong first, try again with what it asked for."""
    body: dict[str, Any] = {}
    for _ in range(6):
        headers = {"Idempotency-Key": str(uuid7())}
        answer = getattr(client, method)(route.address(), body, format="json", headers=headers)
        if answer.status_code != 400:
            break
        wrong = [each["pointer"].strip("/") for each in answer.json()["errors"]]
        changed = {**body, **{name: GUESSES[name] for name in wrong if name in GUESSES}}
        if changed == body:
            break
        body = changed
    return int(answer.status_code)


#: What a stranger would put into the fields that verbs ask for.
GUESSES: dict[str, Any] = {
    "words": "Why not?",
    "body": "Something else.",
    "text": "Something else.",
    "rating": 5,
    "reason": "I would like to know.",
    "feedback": "No, thank you.",
    "note": "Done.",
    "title": "Something else",
    "message": "Let me in.",
    "estimated_days": 2,
    "new_from": "2031-05-05",
    "due_on": "2031-05-05",
    "occurrence_id": str(uuid7()),
    "method_id": str(uuid7()),
    "price": {"amount": 100, "currency": "USD"},
    "plan_id": str(uuid7()),
    "milestones": [{"id": str(uuid7()), "title": "Mine"}],
    "amount": {"amount": 100, "currency": "USD"},
    "changes": [{"kind": "add", "title": "Mine", "amount": {"amount": 100, "currency": "USD"}}],
    "minutes": 30,
    "what": "Glue",
    "spent_on": "2026-01-01",
    "file_ids": [str(uuid7())],
    "name": "Mine",
    "filters": {},
    "entry_ids": [str(uuid7())],
    "starts_at": "2031-05-05T09:00:00Z",
}
