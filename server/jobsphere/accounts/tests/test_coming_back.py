"""Whoever closes their own account, by whichever door, is told how to come back; guesses are counted everywhere."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from jobsphere.accounts.models import Closure, Consent
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.users import services
from jobsphere.users.models import User
from jobsphere.users.rules import REAUTHENTICATION, UNKNOWN_PAIR
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "casey@example.com"


def sign_in(password: str = PASSWORD) -> Any:
    return APIClient().post("/api/auth/login/", {"email": EMAIL, "password": password}, format="json")


def recover(password: str = PASSWORD) -> Any:
    return APIClient().post("/api/account/recover/", {"email": EMAIL, "password": password}, format="json")


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000000/min")


@pytest.fixture
def mine(casey: Actor, client_for: Callable[..., APIClient]) -> APIClient:
    return client_for(casey)


LEAVING = [("delete", "/api/auth/me/"), ("post", "/api/account/deactivate/"), ("post", "/api/account/delete/")]


@pytest.mark.parametrize(("method", "path"), LEAVING)
def test_by_whichever_door_one_leaves_there_is_a_way_back_and_the_sign_in_names_it(
    mine: APIClient, method: str, path: str
) -> None:
    assert getattr(mine, method)(path, {"password": PASSWORD}, format="json").status_code in (200, 204)
    closure = Closure.objects.get()
    refused = sign_in()
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (403, "account-closed")
    assert problem["recover_url"] == "/api/account/recover/"
    assert problem["kind"] == closure.kind == ("deletion" if path.endswith("/delete/") else "deactivation")
    assert sign_in("not the password at all").status_code == 401
    assert recover().status_code == 204
    assert sign_in().status_code == 200


def test_after_its_period_the_sign_in_says_no_more_than_to_a_stranger(mine: APIClient) -> None:
    mine.post("/api/account/deactivate/", {"password": PASSWORD}, format="json")
    with clock.travel(timedelta(days=181)):
        late, wrong = sign_in(), sign_in("not the password at all")
    assert late.status_code == wrong.status_code == 401
    assert {**late.json(), "request_id": ""} == {**wrong.json(), "request_id": ""}


def test_an_account_that_staff_closed_has_no_way_back(casey: Actor, ada: Actor) -> None:
    with edge_transaction():
        services.deactivate_person(actor=ada, user_id=casey.known_id(), reason="He asked us to.")
    assert Closure.objects.count() == 0
    assert sign_in().status_code == 401
    assert recover().status_code == 404


def test_guesses_at_a_closed_account_are_counted_with_those_at_the_sign_in(mine: APIClient) -> None:
    mine.post("/api/account/deactivate/", {"password": PASSWORD}, format="json")
    allowed = UNKNOWN_PAIR[0].allowed
    statuses = [
        (recover if number % 2 else sign_in)(f"guess {number} of many").status_code for number in range(allowed)
    ]
    assert set(statuses) == {401}
    for late in (recover(), sign_in()):
        assert late.status_code == 429
        assert int(late.headers["Retry-After"]) > 60
    assert Closure.objects.get().status == "closed"
    assert not User.objects.get(email=EMAIL).is_active


@pytest.mark.parametrize(("method", "path"), [*LEAVING, ("post", "/api/account/email/")])
def test_guesses_at_an_open_screen_are_counted_and_change_nothing(
    mine: APIClient, method: str, path: str, rows: Callable[..., Any]
) -> None:
    before = rows(User, Closure)
    more = {"email": "new@example.com"} if path.endswith("/email/") else {}
    for number in range(REAUTHENTICATION[0].allowed):
        answer = getattr(mine, method)(path, {"password": f"guess {number}", **more}, format="json")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "wrong-password")
    assert getattr(mine, method)(path, {"password": PASSWORD, **more}, format="json").status_code == 429
    assert rows(User, Closure) == before


def test_a_right_password_gives_its_attempt_back(mine: APIClient) -> None:
    for number in range(REAUTHENTICATION[0].allowed + 3):
        body = {"password": PASSWORD, "email": f"new{number}@example.com"}
        assert mine.post("/api/account/email/", body, format="json").status_code == 202


def test_a_new_address_asks_an_old_session_for_a_fresh_proof(mine: APIClient, settings: Any) -> None:
    settings.RECENT_SIGN_IN = timedelta(0)
    body = {"password": PASSWORD, "email": "new@example.com"}
    refused = mine.post("/api/account/email/", body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication-required")


def register(email: str, **more: Any) -> Any:
    body = {"name": "Nia New", "email": email, "password": PASSWORD, "role": "customer", **more}
    return APIClient().post("/api/auth/register/", body, format="json")


def test_what_the_sign_up_form_showed_is_kept_with_its_version() -> None:
    assert register("nia@example.com", agreed=["terms:2026-11", "privacy:2026-11"]).status_code == 201
    nia = User.objects.get(email="nia@example.com")
    said = Consent.objects.filter(user=nia).order_by("kind")
    assert [(row.kind, row.version, row.given, row.source) for row in said] == [
        ("privacy", "2026-11", True, "sign-up"),
        ("terms", "2026-11", True, "sign-up"),
    ]


def test_who_joins_without_saying_anything_or_with_a_known_address_leaves_no_consent(casey: Actor) -> None:
    assert register("nia@example.com").status_code == 201
    assert register(EMAIL, agreed=["terms:2026-11"]).status_code == 201
    assert register("noa@example.com", agreed=["anything:1"]).status_code == 400
    assert Consent.objects.count() == 0
    assert not User.objects.filter(email="noa@example.com").exists()
