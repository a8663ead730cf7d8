"""Events, subscribers, jobs and periodic tasks of the tests, and the table that their effects go to.

A module of its own, so that worker processes started by a test can import it too.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.db import connection, transaction

from jobsphere.db.transactions import edge_transaction, refuse_transaction
from jobsphere.outbox.errors import GiveUp, Postpone
from jobsphere.outbox.subscriptions import job, listen, subscribe
from jobsphere.outbox.types import Event, EventMeta, Retry

#: What a handler or job raises the next times it runs: by name, first one first. None: nothing.
surprises: dict[str, list[BaseException | None]] = {}
#: How often each was called in this process, whatever came of it.
calls: Counter[str] = Counter()
#: What the next call of a handler registers to run after its commit.
after_commit: dict[str, Callable[[], None]] = {}
SHORT = Retry(attempts=3, first=timedelta(seconds=10), cap=timedelta(seconds=15))


class Crash(BaseException):
    """The process dies here: nothing that runs after it may be relied on."""


@dataclass(frozen=True)
class Unheard(Event):
    name: ClassVar[str] = "probe.unheard"
    aggregate: ClassVar[str] = "probe"
    probe_id: UUID


@dataclass(frozen=True)
class Heard(Event):
    name: ClassVar[str] = "probe.heard"
    aggregate: ClassVar[str] = "probe"
    probe_id: UUID
    number: int = 0


@dataclass(frozen=True)
class HeardByMany(Event):
    name: ClassVar[str] = "probe.heard_by_many"
    aggregate: ClassVar[str] = "probe"
    probe_id: UUID


@dataclass(frozen=True)
class HeardInline(Event):
    name: ClassVar[str] = "probe.heard_inline"
    aggregate: ClassVar[str] = "probe"
    probe_id: UUID


@dataclass(frozen=True)
class HeardInOrder(Event):
    name: ClassVar[str] = "probe.heard_in_order"
    aggregate: ClassVar[str] = "probe"
    probe_id: UUID
    number: int


@dataclass(frozen=True)
class Slow(Event):
    name: ClassVar[str] = "probe.slow"
    aggregate: ClassVar[str] = "probe"
    probe_id: UUID
    number: int


def make_table() -> None:
    """Make the table of effects."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE outbox_probe (handler varchar(100), subject varchar(100), number integer)")


def drop_table() -> None:
    """Drop the table of effects."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE outbox_probe")


def effect(handler: str, subject: object, number: int = 0) -> None:
    """Leave a mark that a roll-back takes away, then meet the surprise that the test has prepared."""
    calls[handler] += 1
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO outbox_probe VALUES (%s, %s, %s)", [handler, str(subject), number])
    if waiting := surprises.get(handler):
        surprise = waiting.pop(0)
        if surprise is not None:
            raise surprise


def effects(handler: str) -> list[int]:
    """Return the numbers that a handler has left behind, in the order it did."""
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM outbox_probe WHERE handler = %s ORDER BY {order}", [handler])
        return [number for (number,) in cursor.fetchall()]


@subscribe(Heard, retry=SHORT)
def on_heard(event: Heard) -> None:
    if then := after_commit.pop("on_heard", None):
        transaction.on_commit(then)
    effect("on_heard", event.probe_id, event.number)


@subscribe(HeardByMany)
def first_of_many(event: HeardByMany) -> None:
    effect("first_of_many", event.probe_id)


@subscribe(HeardByMany)
def second_of_many(event: HeardByMany, meta: EventMeta) -> None:
    effect("second_of_many", event.probe_id, meta.sequence)


@subscribe(HeardByMany, ordered=True)
def third_of_many(event: HeardByMany) -> None:
    effect("third_of_many", event.probe_id)


@listen(HeardInline)
def inline(event: HeardInline, meta: EventMeta) -> None:
    assert connection.in_atomic_block
    effect("inline", event.probe_id, meta.sequence)


@subscribe(HeardInOrder, ordered=True, retry=SHORT)
def in_order(event: HeardInOrder) -> None:
    effect("in_order", event.probe_id, event.number)


@subscribe(Slow, ordered=False)
def on_slow(event: Slow) -> None:
    effect("on_slow", event.probe_id, event.number)
    time.sleep(0.02)


@job(retry=SHORT)
def errand(subject: str, number: int) -> None:
    with edge_transaction():
        effect("errand", subject, number)


@job(retry=SHORT)
def outside_transactions() -> None:
    refuse_transaction()
    with edge_transaction():
        effect("outside_transactions", "")


@job()
def hopeless() -> None:
    raise GiveUp("no account of that name")


@job(retry=SHORT)
def look_again() -> None:
    calls["look_again"] += 1
    if calls["look_again"] < 10:
        raise Postpone(timedelta(minutes=1))
    with edge_transaction():
        effect("found", "")
