"""However many administrators get rid of each other at once, one remains who can sign in."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from jobsphere.accounts import services as accounts
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import DomainError, NotFound
from jobsphere.users import services
from jobsphere.users.errors import LastAdministrator
from jobsphere.users.models import User
from tests.cast import person
from tests.races.running import ROUNDS, race

pytestmark = pytest.mark.django_db(transaction=True)


def administrator(name: str) -> Actor:
    return person(name, is_staff=True, is_superuser=True)


def remaining() -> int:
    return User.objects.filter(is_superuser=True, is_active=True).count()


def attempt(verb: Callable[..., Any], **arguments: Any) -> str:
    """Run a verb at its edge; returns "done", or the code of its refusal."""
    try:
        with edge_transaction():
            verb(**arguments)
    except DomainError as error:
        return error.code
    return "done"


def revoke(actor: Actor, other: UUID) -> str:
    return attempt(services.revoke_right, actor=actor, user_id=other, right="admin")


def suspend(actor: Actor, other: UUID) -> str:
    return attempt(services.deactivate_person, actor=actor, user_id=other, reason="For the race.")


def leave(actor: Actor, other: UUID) -> str:
    return attempt(accounts.deactivate, actor=actor)


WAYS: list[Callable[[Actor, UUID], str]] = [revoke, suspend, leave]


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("second", WAYS)
def test_of_two_administrators_who_get_rid_of_each_other_at_once_one_remains(first: Any, second: Any) -> None:
    for number in range(max(2, ROUNDS // 5)):
        User.objects.update(is_superuser=False)
        ada, bea = administrator(f"Ada{number}{first.__name__}"), administrator(f"Bea{number}{second.__name__}")
        outcomes = race(partial(first, ada, bea.known_id()), partial(second, bea, ada.known_id()))
        assert remaining() >= 1, outcomes
        assert outcomes.count("done") >= 1
        assert set(outcomes) <= {"done", "last-administrator", "not-found", "conflict"}, outcomes


def test_of_five_who_all_leave_at_once_one_stays() -> None:
    five = [administrator(f"Ada{number}") for number in range(5)]
    outcomes = race(*(partial(leave, each, each.known_id()) for each in five))
    assert sorted(outcomes) == ["done"] * 4 + ["last-administrator"]
    assert remaining() == 1


@pytest.mark.parametrize("way", [revoke, suspend])
def test_the_last_administrator_cannot_be_taken_away_even_by_the_system(way: Any, ada: Actor, rows: Any) -> None:
    administrator("Bea Gone")
    User.objects.filter(name="Bea Gone").update(is_active=False)
    before = rows(User)
    assert way(SYSTEM, ada.known_id()) == "last-administrator"
    assert leave(ada, ada.known_id()) == "last-administrator"
    assert attempt(accounts.request_deletion, actor=ada) == "last-administrator"
    assert rows(User) == before


def test_an_administrator_is_made_and_unmade_by_another_one(ada: Actor, casey: Actor) -> None:
    with edge_transaction():
        services.grant_right(actor=ada, user_id=casey.known_id(), right="admin")
    assert User.objects.get(pk=casey.known_id()).is_superuser
    with edge_transaction():
        services.revoke_right(actor=ada, user_id=casey.known_id(), right="admin")
    assert not User.objects.get(pk=casey.known_id()).is_superuser
    with pytest.raises(LastAdministrator), edge_transaction():
        services.revoke_right(actor=ada, user_id=ada.known_id(), right="admin")
    with pytest.raises(NotFound), edge_transaction():
        services.revoke_right(actor=ada, user_id=UUID(int=1), right="admin")
