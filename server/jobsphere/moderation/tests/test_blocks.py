"""Keeping people away: the verb, the routes, and what nobody learns."""

import pytest
from django.db import IntegrityError

from jobsphere.audit.models import AuditEntry
from jobsphere.audit.selectors import entries_about
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.moderation import policies, selectors, services
from jobsphere.moderation.errors import NotBetweenYou
from jobsphere.moderation.models import Block
from jobsphere.outbox.models import StoredEvent

pytestmark = pytest.mark.django_db(transaction=True)


def block(actor, person):
    with edge_transaction():
        services.block_person(actor=actor, person_id=person.id)


def test_a_block_holds_in_both_directions_and_for_nobody_else(casey, pat, sam):
    assert not selectors.is_blocked(casey.id, pat.id)
    block(casey, pat)
    assert selectors.is_blocked(casey.id, pat.id)
    assert selectors.is_blocked(pat.id, casey.id)
    assert not selectors.is_blocked(casey.id, sam.id)
    with edge_transaction():
        services.unblock_person(actor=casey, person_id=pat.id)
    assert not selectors.is_blocked(pat.id, casey.id)


def test_only_the_blocker_takes_a_block_back(casey, pat):
    block(casey, pat)
    with edge_transaction():
        services.unblock_person(actor=pat, person_id=casey.id)
    assert selectors.is_blocked(casey.id, pat.id)


def test_a_refusal_names_nobody_and_is_the_same_for_both(casey, pat):
    block(casey, pat)
    told = []
    for one, other in ((casey, pat), (pat, casey)):
        with pytest.raises(NotBetweenYou) as refused:
            policies.require_not_blocked(one.id, other.id, doing="propose for this job")
        told.append(refused.value.detail)
    assert told[0] == told[1]
    assert not any(name in told[0] for name in ("Casey", "Pat"))


def test_a_block_is_written_once_with_its_trail(client_for, casey, pat, rows):
    client = client_for(casey)
    for _ in range(2):
        answer = client.post(f"/api/people/{pat.id}/block/")
        assert (answer.status_code, answer.json()) == (200, {"blocked": True})
    assert Block.objects.get().blocked_id == pat.id
    assert AuditEntry.objects.filter(verb="person.block").count() == 1
    assert StoredEvent.objects.filter(name="person.blocked").count() == 1
    for _ in range(2):
        assert client.delete(f"/api/people/{pat.id}/block/").json() == {"blocked": False}
    assert AuditEntry.objects.filter(verb="person.unblock").count() == 1


def test_nobody_learns_who_blocked_them(client_for, casey, pat):
    block(casey, pat)
    theirs = client_for(pat)
    assert theirs.get("/api/blocks/").json()["results"] == []
    assert theirs.get(f"/api/people/{casey.id}/block/").json() == {"blocked": False}
    assert entries_about(pat.id) == []


@pytest.mark.parametrize("whom", ["self", "nobody"])
def test_whom_one_cannot_block(client_for, casey, whom, rows):
    client, before = client_for(casey), rows(Block, AuditEntry, StoredEvent)
    person_id = casey.id if whom == "self" else uuid7()
    answer = client.post(f"/api/people/{person_id}/block/")
    assert answer.status_code == (400 if whom == "self" else 404)
    assert rows(Block, AuditEntry, StoredEvent) == before


def test_of_nobody_there_is_nothing_to_say(client_for, casey):
    client = client_for(casey)
    for method in ("get", "post", "delete"):
        assert getattr(client, method)(f"/api/people/{uuid7()}/block/").status_code == 404


def test_a_visitor_blocks_nobody(client_for, casey):
    for method, address in (("get", "/api/blocks/"), ("post", f"/api/people/{casey.id}/block/")):
        assert getattr(client_for(), method)(address).status_code == 401
    assert not Block.objects.exists()


def test_my_blocks_cost_two_queries_whatever_their_number(client_for, casey, pat, sam, omar, django_assert_num_queries):
    for person in (pat, sam, omar):
        block(casey, person)
    client = client_for(casey)
    for size in (1, 3):
        with django_assert_num_queries(2):
            page = client.get("/api/blocks/", {"page_size": size}).json()
        assert len(page["results"]) == size
    assert [each["person"]["name"] for each in page["results"]] == ["Omar Outsider", "Sam Rival", "Pat Contractor"]
    with django_assert_num_queries(3):
        assert client.get(f"/api/people/{pat.id}/block/").json() == {"blocked": True}


def test_the_database_knows_one_block_and_none_of_oneself(casey, pat):
    block(casey, pat)
    with pytest.raises(IntegrityError):
        Block.objects.create(blocker_id=casey.id, blocked_id=pat.id)
    with pytest.raises(IntegrityError):
        Block.objects.create(blocker_id=casey.id, blocked_id=casey.id)
