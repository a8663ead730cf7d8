"""Streams: numbers without a gap, whoever pushes at once; and what is forgotten when."""

import threading
from datetime import timedelta

import orjson
import pytest
from django.db import connection

from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.kit import clock
from jobsphere.realtime import bus, services
from jobsphere.realtime.models import Frame, Stream
from jobsphere.realtime.rules import KEEP, KEEP_FRAMES
from jobsphere.realtime.tasks import prune
from jobsphere.realtime.wire import Envelope

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard():
    """What was announced, as it was handed to the hubs."""
    envelopes: list[Envelope] = []
    listener = envelopes.append
    bus.listen(listener)
    yield envelopes
    bus.leave(listener)


def push(*people, **payload):
    with edge_transaction():
        services.push(user_ids=[each.id for each in people], type="changed", payload=payload)


def seqs(person):
    return list(Frame.objects.filter(user_id=person.id).order_by("seq").values_list("seq", flat=True))


def test_each_person_has_numbers_of_their_own(casey, pat):
    push(casey, what=1)
    push(casey, pat, what=2)
    push(pat, what=3)
    assert (seqs(casey), seqs(pat)) == ([1, 2], [1, 2])
    kept = Frame.objects.filter(user_id=casey.id).order_by("seq").values_list("payload", flat=True)
    assert [orjson.loads(each) for each in kept] == [{"what": 1}, {"what": 2}]


def test_it_is_announced_after_the_commit_and_never_without_one(casey, heard):
    with edge_transaction():
        services.push(user_ids=[casey.id], type="changed", payload={})
        assert heard == []
    assert [each.to for each in heard] == [[(str(casey.id), 1)]]
    with pytest.raises(ZeroDivisionError), edge_transaction():
        services.push(user_ids=[casey.id], type="changed", payload={})
        raise ZeroDivisionError
    assert len(heard) == 1
    push(casey)
    assert heard[-1].to == [(str(casey.id), 2)], "the number that was rolled back is given again"


def test_a_push_outside_of_a_transaction_is_refused(casey):
    with pytest.raises(NoTransactionError):
        services.push(user_ids=[casey.id], type="changed", payload={})
    assert not Stream.objects.exists()


def test_what_is_no_json_is_refused_before_anything_is_counted(casey):
    with pytest.raises(TypeError), edge_transaction():
        services.push(user_ids=[casey.id], type="changed", payload={"what": object()})
    assert not Stream.objects.exists()


def test_pushes_to_the_same_people_at_once_leave_no_gap_and_no_deadlock(casey, pat, sam):
    """Each thread names the people in another order."""
    orders = [(casey, pat, sam), (sam, pat, casey), (pat, sam, casey)]
    wrong: list[Exception] = []

    def many(people):
        try:
            for _ in range(15):
                push(*people)
        except Exception as error:  # noqa: BLE001  any of them fails the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=many, args=[order]) for order in orders]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    for person in (casey, pat, sam):
        assert seqs(person) == list(range(1, 46))


def test_old_frames_are_forgotten_and_numbers_go_on(casey):
    push(casey)
    with clock.travel(KEEP + timedelta(seconds=1)):
        push(casey)
        prune()
        assert seqs(casey) == [2]


def test_only_the_newest_frames_of_a_person_are_kept(casey, pat):
    push(pat)
    with edge_transaction():
        Stream.objects.create(user_id=casey.id, last_seq=KEEP_FRAMES + 4)
        rows = [Frame(user_id=casey.id, seq=seq, type="changed", payload="{}") for seq in range(1, KEEP_FRAMES + 5)]
        Frame.objects.bulk_create(rows)
    prune()
    assert (seqs(casey)[0], len(seqs(casey)), seqs(pat)) == (5, KEEP_FRAMES, [1])
