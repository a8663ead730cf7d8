"""Where the socket is, and what one chooses about being seen, over HTTP."""

import pytest

from jobsphere.realtime.models import Presence
from jobsphere.web.middleware import content_policy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("url", "port", "found"),
    [
        ("", 0, "/ws/"),
        ("", 3001, "ws://testserver:3001/ws/"),
        ("wss://live.example/ws/", 3001, "wss://live.example/ws/"),
    ],
)
def test_the_address_of_the_socket(client_for, settings, django_assert_num_queries, url, port, found):
    settings.SOCKET_URL, settings.SOCKET_PORT = url, port
    client = client_for()
    with django_assert_num_queries(0):
        assert client.get("/api/socket/").json() == {"url": found}


def test_presence_is_for_people_who_are_signed_in(client_for):
    client = client_for()
    assert client.get("/api/presence/").status_code == 401
    assert client.put("/api/presence/", {"shown": False}, format="json").status_code == 401
    assert not Presence.objects.exists()


def test_a_wrong_choice_changes_nothing(client_for, casey):
    client = client_for(casey)
    for wrong in ({}, {"shown": "perhaps"}, {"shown": False, "hidden": True}):
        assert client.put("/api/presence/", wrong, format="json").status_code == 400
    assert not Presence.objects.exists()


def test_what_the_routes_cost(client_for, casey, django_assert_num_queries):
    client = client_for(casey)
    with django_assert_num_queries(2):
        client.get("/api/presence/")
    client.put("/api/presence/", {"shown": False}, format="json")
    with django_assert_num_queries(9):
        client.put("/api/presence/", {"shown": True}, format="json")


@pytest.mark.parametrize(
    ("public", "url", "port", "allowed"),
    [
        ("https://jobs.example", "", 0, "wss://jobs.example"),
        ("http://localhost:8000", "", 3001, "ws://localhost:3001"),
        ("https://jobs.example", "wss://live.example/ws/", 0, "wss://live.example"),
    ],
)
def test_the_browser_may_open_the_socket_and_no_other(settings, public, url, port, allowed):
    settings.PUBLIC_URL, settings.SOCKET_URL, settings.SOCKET_PORT = public, url, port
    policy = dict(each.split(" ", 1) for each in content_policy(["sandbox"]).split("; "))
    assert policy["connect-src"] == f"'self' {allowed}"
