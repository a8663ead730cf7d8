"""The access token on a request: one query, and dead as soon as its session or its person is."""

from datetime import timedelta

import jwt
import pytest
from django.test import RequestFactory
from rest_framework.request import Request

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import SignInRequired
from jobsphere.users.api.authentication import BearerAuthentication
from jobsphere.users.errors import TokenInvalid
from jobsphere.users.models import Session, User
from jobsphere.users.services import open_session
from jobsphere.users.tokens import AUDIENCE
from jobsphere.users.types import TokenPair

pytestmark = pytest.mark.django_db


def authenticate(token: str, scheme: str = "Bearer"):
    """Put a token on a request and authenticate it."""
    request = RequestFactory().get("/", HTTP_AUTHORIZATION=f"{scheme} {token}")
    return BearerAuthentication().authenticate(Request(request))


@pytest.fixture
def pair(casey: Actor) -> TokenPair:
    return open_session(user_id=casey.known_id())


def test_a_token_says_who_came_with_their_roles_in_one_query(casey, pair, django_assert_num_queries):
    with django_assert_num_queries(1):
        identity, auth = authenticate(pair.access_token)
    assert auth.actor == casey
    assert identity.session_id == pair.session_id


def test_a_request_without_a_bearer_token_is_a_visitor():
    assert authenticate("abc", scheme="Basic") is None


def test_roles_and_rights_are_those_of_now_not_of_the_sign_in(casey, pair):
    User.objects.filter(pk=casey.id).update(is_contractor=True, rights=["finance"])
    _, auth = authenticate(pair.access_token)
    assert auth.actor.roles == {"customer", "contractor"}
    assert auth.actor.rights == {"finance"}


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "é"])
def test_nonsense_is_refused_as_401(token):
    with pytest.raises(SignInRequired):
        authenticate(token)


def test_a_token_signed_with_another_key_is_refused(casey, pair):
    claims = {"sub": str(casey.id), "sid": str(pair.session_id), "aud": AUDIENCE, "exp": 9_999_999_999}
    for forged in (jwt.encode(claims, "x" * 32, algorithm="HS256"), jwt.encode(claims, "", algorithm="none")):
        with pytest.raises(TokenInvalid):
            authenticate(forged)


def test_an_expired_token_is_refused(casey, settings):
    settings.ACCESS_TOKEN_LIFETIME = timedelta(seconds=-1)
    with pytest.raises(TokenInvalid):
        authenticate(open_session(user_id=casey.known_id()).access_token)


def test_moving_the_marketplaces_clock_signs_nobody_out(casey, pair):
    with clock.travel(timedelta(days=90)):
        assert authenticate(pair.access_token)[1].actor == casey


def test_a_revoked_session_is_refused_at_once(pair):
    Session.objects.update(revoked_at=clock.now())
    with pytest.raises(TokenInvalid):
        authenticate(pair.access_token)


def test_a_deactivated_person_is_refused_at_once(casey, pair):
    User.objects.filter(pk=casey.id).update(is_active=False)
    with pytest.raises(TokenInvalid):
        authenticate(pair.access_token)


def test_a_deleted_person_is_refused_at_once_and_not_with_a_crash(casey, pair):
    User.objects.filter(pk=casey.id).delete()
    with pytest.raises(TokenInvalid):
        authenticate(pair.access_token)


def test_a_token_of_one_person_does_not_open_the_session_of_another(casey, pat, pair, monkeypatch):
    other = open_session(user_id=pat.known_id())
    Session.objects.filter(pk=other.session_id).update(user_id=casey.id)
    with pytest.raises(TokenInvalid):
        authenticate(other.access_token)
