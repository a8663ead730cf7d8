"""Rights of staff, the first administrator, what other apps ask, and the clean-up."""

import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden, InvalidInput, NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.outbox.models import StoredEvent
from jobsphere.users import passwords, selectors, services
from jobsphere.users.errors import RefreshRefused
from jobsphere.users.models import Session, User
from jobsphere.users.rules import Right
from jobsphere.users.types import Device, Person, TokenPair

pytestmark = pytest.mark.django_db


def known(person: Actor) -> Actor:
    """Return the person as they are now."""
    found = selectors.actor_of(person.known_id())
    assert found
    return found


def test_an_administrator_grants_and_revokes_a_right_and_both_are_audited(ada, omar):
    services.grant_right(actor=ada, user_id=omar.known_id(), right=Right.FINANCE)
    services.grant_right(actor=ada, user_id=omar.known_id(), right=Right.FINANCE)
    assert known(omar).rights == {"finance"}
    services.revoke_right(actor=ada, user_id=omar.known_id(), right=Right.FINANCE)
    assert known(omar).rights == set()
    trail = AuditEntry.objects.filter(target_id=omar.id).order_by("id").values_list("verb", "actor_id", "detail")
    assert list(trail) == [
        ("right.grant", ada.id, {"right": "finance"}),
        ("right.revoke", ada.id, {"right": "finance"}),
    ]
    assert StoredEvent.objects.filter(name="user.rights_changed").count() == 2


def test_nobody_but_an_administrator_changes_rights_and_nothing_changes(omar, casey):
    for actor in (omar, casey):
        with pytest.raises(Forbidden):
            services.grant_right(actor=actor, user_id=omar.known_id(), right=Right.FINANCE)
        with pytest.raises(Forbidden):
            services.make_admin(actor=actor, user_id=omar.known_id())
    assert known(omar) == omar
    assert not AuditEntry.objects.exists()


def test_an_unknown_right_or_person_is_refused(ada, omar):
    with pytest.raises(InvalidInput):
        services.grant_right(actor=ada, user_id=omar.known_id(), right="everything")
    with pytest.raises(NotFound):
        services.grant_right(actor=ada, user_id=uuid7(), right=Right.AUDIT)
    assert known(omar).rights == set()


@pytest.mark.django_db(transaction=True)
def test_the_operator_makes_the_first_administrator_and_promotes_a_person(omar, capsys):
    call_command("make_admin", "root@example.com", "--password", "marble-fountain-12")
    root = selectors.find_person(email="root@example.com")
    assert root
    assert passwords.verify_sign_in("root@example.com", "marble-fountain-12") == root.id
    call_command("make_admin", "OMAR@example.com")
    assert known(omar).is_admin
    with pytest.raises(CommandError):
        call_command("make_admin", "weak@example.com", "--password", "12345")
    assert not selectors.find_person(email="weak@example.com")


def test_administrators_and_holders_are_who_alarms_go_to(ada, omar, casey):
    services.grant_right(actor=ada, user_id=omar.known_id(), right=Right.FINANCE)
    assert set(selectors.holders_of("finance")) == {ada.id, omar.id}
    assert set(selectors.holders_of("audit")) == {ada.id}


def test_people_are_found_by_id_in_one_query(casey, pat, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = selectors.people([casey.known_id(), pat.known_id(), uuid7()])
    assert found == {
        casey.id: Person(casey.known_id(), "Casey Customer"),
        pat.id: Person(pat.known_id(), "Pat Contractor"),
    }


def test_a_deactivated_person_keeps_a_name_but_is_not_found_nor_written_to(casey):
    User.objects.filter(pk=casey.id).update(is_active=False)
    assert selectors.people([casey.known_id()])
    assert selectors.find_person(user_id=casey.known_id()) is None
    assert selectors.find_person(email="casey@example.com") is None
    assert selectors.contact(casey.known_id()) is None
    assert selectors.actor_of(casey.known_id()) is None


@pytest.mark.django_db(transaction=True)
def test_a_service_outside_of_a_transaction_refuses(casey):
    with pytest.raises(NoTransactionError):
        services.close_account(actor=casey)
    assert User.objects.get(pk=casey.id).is_active


@pytest.mark.django_db(transaction=True)
def at_once(work, times: int) -> list:
    """Run the work in so many threads that start together; return what each returned."""
    barrier, results = threading.Barrier(times), []

    def run() -> None:
        try:
            barrier.wait()
            with edge_transaction():
                outcome = work()
            results.append(outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_parallel_refreshes_of_one_device_get_the_same_successor_and_the_session_lives(casey):
    for _ in range(5):
        pair = services.open_session(user_id=casey.known_id())
        outcomes = at_once(lambda token=pair.refresh_token: services.refresh_session(refresh_token=token), 4)
        assert [type(each) for each in outcomes] == [TokenPair] * 4
        assert len({each.refresh_token for each in outcomes} | {pair.refresh_token}) == 2
        assert Session.objects.get(pk=pair.session_id).revoked_at is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("grace", [timedelta(0), timedelta(seconds=10)], ids=["without grace", "another device"])
def test_of_parallel_refreshes_by_two_holders_exactly_one_wins_and_the_family_ends(casey, settings, grace):
    settings.REFRESH_GRACE = grace
    for _ in range(5):
        pair = services.open_session(user_id=casey.known_id())
        devices = iter([Device(user_agent=f"Browser {number}") for number in range(4)])
        outcomes = at_once(
            lambda token=pair.refresh_token, each=devices: services.refresh_session(
                refresh_token=token, device=next(each)
            ),
            4,
        )
        assert sum(isinstance(each, TokenPair) for each in outcomes) == 1
        assert sum(isinstance(each, RefreshRefused) for each in outcomes) == 3
        assert Session.objects.get(pk=pair.session_id).end_reason == "reuse_detected"


@pytest.mark.django_db(transaction=True)
def test_of_parallel_registrations_of_one_address_exactly_one_makes_a_person():
    hashed = passwords.hash_password("marble-fountain-12")

    def sign_up():
        return services.create_person(name="Nia", email="nia@example.com", password_hash=hashed, roles=["customer"])

    outcomes = at_once(sign_up, 4)
    assert sum(each is not None for each in outcomes) == 1
    assert User.objects.count() == 1
