"""Our PostgreSQL backend: few questions about health, and no lasting harm from a server that went away."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection

from jobsphere.db.postgresql.base import TRUST_SECONDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql_only]


@pytest.fixture
def other() -> Iterator[Any]:
    """A second connection, as another thread of a server would have it."""
    second: Any = connection.copy()
    second.settings_dict["CONN_HEALTH_CHECKS"] = True
    second.connect()
    yield second
    second.close()


def begin_request(second: Any) -> None:
    """Do what Django does with a persistent connection when a request begins."""
    second.close_if_unusable_or_obsolete()


def ask(second: Any) -> int:
    with second.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid: int = cursor.fetchone()[0]
        return pid


def kill(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_connection_that_just_answered_is_kept_without_a_question(other):
    pid = ask(other)
    for _ in range(3):
        begin_request(other)
        answered = other._answered_at
        assert ask(other) == pid
        assert other._answered_at == answered


def test_a_connection_that_was_quiet_for_long_is_asked_and_replaced_when_dead(other):
    pid = ask(other)
    kill(pid)
    other._answered_at -= TRUST_SECONDS + 1
    begin_request(other)
    assert ask(other) != pid


def test_a_server_that_went_away_a_moment_ago_costs_one_request(other):
    pid = ask(other)
    kill(pid)
    begin_request(other)
    with pytest.raises(OperationalError):
        ask(other)
    begin_request(other)
    assert ask(other) != pid
