"""Rate limits: every route has one, and it cannot be dodged.

With all limits at nothing every route must answer 429: whatever does not is outside of them. The scope of each route
that moves money or that takes guesses is told from what the route is, so a new one without its scope fails here.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from jobsphere.kit.actor import Actor
from jobsphere.users.models import Session
from jobsphere.users.services import open_session
from jobsphere.web.throttles import parsed_rate, scope_of
from tests.openapi.test_policies import is_public, send
from tests.openapi.walking import METHODS, api_routes

pytestmark = pytest.mark.django_db(transaction=True)

#: Public writes that are not guesses: gateways sign what they send, and a letter's own key is 256 bits.
NO_GUESSES = {"webhook-stripe", "webhook-paystack", "notifications-unsubscribe"}
LIMIT = 3
GUESS = {"email": "casey@example.com", "password": "not the password"}


@pytest.fixture
def few(settings: Any) -> None:
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, f"{LIMIT}/min")


def limited(answer: Any) -> bool:
    """Say whether it was too much; then it is a problem and says when to come again."""
    if answer.status_code != 429:
        return False
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "too-many-requests"
    assert 0 < int(answer["Retry-After"]) <= 61
    return True


def test_no_route_is_outside_of_the_limits(ada: Actor, client_for: Callable[..., APIClient], settings: Any) -> None:
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "0/min")
    client = client_for(ada)
    for_others = {403}  # what an administrator may not do is refused before it is counted
    free = [
        f"{method} {route.pattern}"
        for route in api_routes()
        for method in route.methods
        if not limited(answer := send(client, method, route.address())) and answer.status_code not in for_others
    ]
    # Gateways sign what they send, and send as much as there is to tell.
    assert set(free) == {"post api/webhooks/stripe", "post api/webhooks/paystack"}


def test_what_a_visitor_may_write_is_limited_as_guesses_are() -> None:
    loose = {
        route.name
        for route in api_routes()
        for method in route.methods
        if method != "get" and is_public(route, method) and scope_of(route.view, method.upper()) != "sign-in"
    }
    assert loose == NO_GUESSES


#: Scopes at least as narrow as that of money.
AS_MONEY = {"money", "subscribe"}


def test_what_moves_money_is_limited_as_money_is() -> None:
    document: Any = SchemaGenerator().get_schema(public=True)
    named = {"/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.pattern): route for route in api_routes()}
    loose = []
    for path, item in document["paths"].items():
        for method in METHODS:
            wanted = [each["name"] for each in item.get(method, {}).get("parameters", []) if each.get("required")]
            if "Idempotency-Key" in wanted and scope_of(named[path].view, method.upper()) not in AS_MONEY:
                loose.append(f"{method} {path}")
    assert loose == []


def test_the_limits_are_those_that_we_promise(settings: Any) -> None:
    promised = {scope: parsed_rate(rate) for scope, rate in settings.THROTTLE_RATES.items()}
    assert promised == {
        "read": (1200, 60),
        "write": (300, 60),
        "money": (60, 60),
        "sign-in": (20, 60),
        "report": (10, 3600),
        "subscribe": (10, 3600),
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/api/wallet/"),
        ("get", "/api/jobs/"),
        ("post", "/api/saved-searches/"),
        ("post", "/api/offers/"),
        ("post", "/api/payouts/withdraw"),
        ("post", "/api/reports/"),
        ("post", "/api/auth/reauthenticate/"),
    ],
)
def test_one_more_than_the_limit_is_refused_and_others_are_not(
    few: None, casey: Actor, pat: Actor, client_for: Callable[..., APIClient], method: str, path: str
) -> None:
    client = client_for(casey)
    assert [limited(send(client, method, path)) for _ in range(LIMIT)] == [False] * LIMIT
    assert limited(send(client, method, path))
    assert not limited(send(client_for(pat), method, path))


def test_a_person_has_one_limit_however_many_sessions_and_however_the_address_is_written(
    few: None, casey: Actor, client_for: Callable[..., APIClient]
) -> None:
    ways = ["/api/wallet/", "/api/wallet", "/api/wallet/?page=1"]
    assert [limited(client_for(casey).get(way)) for way in ways] == [False] * LIMIT
    for way in (*ways, "/api/contracts/"):
        assert limited(client_for(casey).get(way))
    assert Session.objects.count() == 7


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_nobody_becomes_another_by_a_header(few: None, casey: Actor, settings: Any, proxies: int) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    sessions = Session.objects.count()
    refused = []
    for number in range(LIMIT + 3):
        # What our proxies saw is added at the end; everything before is the client's own invention.
        seen = ["203.0.113.7", "10.0.0.1"][:proxies]
        made_up = [f"198.51.100.{number}", f"192.0.2.{number}"]
        told = ", ".join([*made_up, *seen])
        headers = {"X-Real-IP": made_up[0], "Forwarded": f"for={made_up[0]}", "X-Client-IP": made_up[0]}
        name = ["X-Forwarded-For", "x-forwarded-for", "X-FORWARDED-FOR"][number % 3]
        answer = APIClient().post("/api/auth/login/", GUESS, format="json", headers={**headers, name: told})
        refused.append(limited(answer))
    assert refused == [False] * LIMIT + [True] * 3
    assert Session.objects.count() == sessions


def test_another_address_that_our_proxy_saw_has_its_own_limit(few: None, casey: Actor, settings: Any) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    for last in (1, 2):
        seen = {"X-Forwarded-For": f"198.51.100.9, 203.0.113.{last}"}
        answers = [APIClient().post("/api/auth/login/", GUESS, format="json", headers=seen) for _ in range(LIMIT)]
        assert not any(limited(each) for each in answers)


def test_a_session_does_not_lift_the_limit_of_guesses(few: None, casey: Actor) -> None:
    token = open_session(user_id=casey.known_id()).access_token
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    asked = [limited(client.post("/api/auth/reauthenticate/", {"password": "no"}, format="json")) for _ in range(6)]
    assert asked == [False] * LIMIT + [True] * 3
