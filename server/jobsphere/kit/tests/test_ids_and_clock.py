"""Ids are ordered by time; the clock moves only when told."""

from datetime import timedelta
from threading import Thread
from uuid import UUID

from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7


def test_ids_are_version_7_and_strictly_increase() -> None:
    ids = [uuid7() for _ in range(5_000)]
    assert ids == sorted(set(ids))
    assert {(each.version, each.variant) for each in ids} == {(7, "specified in RFC 4122")}


def test_ids_of_many_threads_never_collide() -> None:
    made: list[UUID] = []
    threads = [Thread(target=lambda: made.extend(uuid7() for _ in range(2_000))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 16_000


def test_travelling_moves_the_clock_and_comes_back() -> None:
    before = clock.now()
    with clock.travel(timedelta(days=7)):
        assert timedelta(days=7) <= clock.now() - before < timedelta(days=7, seconds=5)
    assert clock.now() - before < timedelta(seconds=5)


def test_a_followed_clock_moves_everybody_and_the_machine_stays() -> None:
    ahead = [timedelta(days=3)]
    clock.follow(lambda: ahead[0])
    try:
        assert clock.offset() == timedelta(days=3)
        assert clock.now() - clock.machine_now() > timedelta(days=2, hours=23)
        ahead[0] = timedelta(days=5)
        assert clock.offset() == timedelta(days=5)
    finally:
        clock.follow(None)
    assert clock.offset() == timedelta(0)


def test_what_a_process_moves_by_itself_counts_from_the_machine_also_while_it_follows() -> None:
    clock.follow(lambda: timedelta(days=3))
    try:
        with clock.travel(timedelta(days=-2)):
            assert clock.offset() == timedelta(days=1)
        assert clock.offset() == timedelta(days=3)
        clock.set_offset(timedelta(0))
        assert clock.offset() == timedelta(0)
    finally:
        clock.follow(None)
        clock.set_offset(timedelta(0))
