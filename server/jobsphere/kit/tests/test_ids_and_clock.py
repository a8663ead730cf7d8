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
