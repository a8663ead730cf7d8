"""Every route under /api/auth/ has a policy and a throttle that says when to come back."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern
from rest_framework.test import APIClient

from jobsphere.kit.ids import uuid7
from jobsphere.users.api.urls import urlpatterns
from jobsphere.users.tests.people import phone, signs_in
from jobsphere.web.access import Access, policy_of
from jobsphere.web.throttles import action_of

pytestmark = pytest.mark.django_db(transaction=True)

METHODS = ("get", "post", "patch", "delete")
#: Where nothing can be guessed: one's own data, or objects that only their owner finds.
NOT_GUESSABLE = {
    "auth-me", "auth-sessions", "auth-session", "auth-mfa", "auth-mfa-passkeys", "auth-mfa-passkey", "auth-social",
    "auth-social-linked",
}  # fmt: skip


def view_of(route: URLPattern) -> Any:
    callback: Any = route.callback
    return callback.view_class


def operations() -> list[tuple[URLPattern, str]]:
    return [(route, method) for route in urlpatterns for method in METHODS if hasattr(view_of(route), method)]


@pytest.mark.parametrize(("route", "method"), operations(), ids=lambda each: getattr(each, "name", each))
def test_it_has_a_policy_and_a_rate_and_says_when_to_come_back(casey, route, method, settings):
    view = view_of(route)
    assert isinstance(policy_of(view, method.upper()), Access)
    action = view.throttle_action or action_of(method.upper())
    if method != "get" and route.name not in NOT_GUESSABLE:
        assert action == "sign-in"
    client = phone()
    signs_in(client)
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, action: "1/hour"}
    address = f"/api/{route.pattern}".replace("<str:provider>", "google")
    for name in ("session_id", "passkey_id"):
        address = address.replace(f"<uuid:{name}>", str(uuid7()))
    first = getattr(client, method)(address, {}, format="json")
    assert first.status_code < 500
    stranger = APIClient(REMOTE_ADDR="203.0.113.5")
    others = [getattr(each, method)(address, {}, format="json") for each in (client, client, stranger, stranger)]
    refused = [each for each in others if each.status_code == 429]
    assert refused
    assert all(0 < int(each["Retry-After"]) <= 3601 for each in refused)


def test_the_rates_are_the_operators():
    assert settings.THROTTLE_RATES["sign-in"] == "20/min"
