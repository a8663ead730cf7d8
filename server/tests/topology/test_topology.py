"""The production topology under load while one of everything is killed, stopped, restarted or reloaded in turn.

PostgreSQL, Redis, two processes of each role and the proxy with TLS are real processes on loopback, with the settings
of production. In the end nothing is lost: every request was answered, the books agree with the bank, every event was
delivered, and every open socket heard every number once and in order.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django_tasks_db.models import DBTaskResult

from jobsphere.outbox.models import DeadLetter, StoredEvent
from tests.topology.load import Pair, Tally
from tests.topology.processes import PATIENCE, Topology
from tools.servers.common import Missing

PAIRS = 3
#: Of all requests; the bar of issue 8 is 99.95 %.
ANSWERED = 0.9995
#: How long people go on after each blow.
A_WHILE = 1.5

pytestmark = [pytest.mark.postgresql_only, pytest.mark.redis_only, pytest.mark.timeout(900)]


@pytest.fixture
def topology(tmp_path: Path) -> Iterator[Topology]:
    """Production, started; or said to be missing what it needs."""
    with ExitStack() as stack:
        try:
            built = Topology(tmp_path, stack)
        except Missing as reason:
            pytest.skip(f"NOT RUN, the production topology: {reason}")  # house: allow skip: fails where CI=true
        built.start()
        yield built


class Load:
    """All pairs, dealing and listening at the same time."""

    def __init__(self, topology: Topology) -> None:
        self.topology, self.tally = topology, Tally()
        trust = topology.trust()
        self.pairs = [Pair(topology.url, trust, self.tally, topology.bank) for _ in range(PAIRS)]
        self.ears = [ear for pair in self.pairs for ear in pair.ears]
        for pair in self.pairs:
            pair.become_payable()

    def start(self) -> None:
        for thread in [each.thread for each in self.ears] + [each.thread for each in self.pairs]:
            thread.start()
        self.make_progress()

    def make_progress(self) -> None:
        """Wait until every pair has closed a deal since, so that whatever was just done was done under load."""
        before = [pair.deals for pair in self.pairs]
        deadline = time.monotonic() + PATIENCE
        while any(pair.deals <= was and pair.thread.is_alive() for pair, was in zip(self.pairs, before, strict=True)):
            assert time.monotonic() < deadline, f"nothing goes on: {self.tally}\n{self.topology.words()}"
            self.be_well()
            time.sleep(0.05)
        self.be_well()

    def stop(self) -> None:
        for pair in self.pairs:
            pair.stopping.set()
        for pair in self.pairs:
            pair.thread.join(PATIENCE)
        self.be_well()

    def be_well(self) -> None:
        """Nobody was told anything that ends their work."""
        failed = [each.failed for each in self.pairs if each.failed]
        assert not failed, f"{failed}\n{self.tally}\n{self.topology.faults()}"


def test_one_of_everything_is_killed_under_load_and_nothing_is_lost(topology: Topology) -> None:
    began = time.monotonic()
    load = Load(topology)
    load.start()
    print(f"load stands after {time.monotonic() - began:.0f} s")
    told_to_stop(topology, load)
    print(f"told to stop after {time.monotonic() - began:.0f} s")
    killed(topology, load)
    print(f"killed after {time.monotonic() - began:.0f} s")
    load.stop()
    everything_was_delivered(topology)
    every_ear_heard_everything(load)
    everything_was_answered(load.tally)
    the_books_agree(topology, load)


def told_to_stop(topology: Topology, load: Load) -> None:
    """SIGTERM to one of each role: nobody notices, but for sockets, which are told to come back."""
    for name in ("web-1", "realtime-1", "worker-1"):
        load.tally.phase = f"SIGTERM {name}"
        assert topology.processes[name].end(signal.SIGTERM) == 0, topology.words()
        load.make_progress()
        topology.processes[name].start()
    load.tally.phase = "proxies reloaded"
    topology.reload_proxies()
    load.make_progress()
    for name in ("web-1", "realtime-1", "worker-1"):
        assert load.tally.repeated_in(f"SIGTERM {name}") == {}, topology.words()
    codes = {code for ear in load.ears for code in ear.closed}
    # 1012: service restart; the web app's socket comes back at once (web/src/lib/live/machine.ts).
    assert 1012 in codes


def killed(topology: Topology, load: Load) -> None:
    """SIGKILL to one of each role, and a crash of each server; started again as whoever supervises them does."""
    blows: dict[str, signal.Signals] = {
        **dict.fromkeys(("web-2", "realtime-2", "worker-2"), signal.SIGKILL),
        "redis": signal.SIGKILL,
        "postgresql": signal.SIGQUIT,  # an immediate end without a checkpoint: it recovers from its log
    }
    for name, how in blows.items():
        load.tally.phase = f"killed {name}"
        topology.processes[name].end(how)
        time.sleep(A_WHILE)
        topology.processes[name].start()
        load.make_progress()
    load.tally.phase = "quiet"
    load.make_progress()


def ask(topology: Topology, query: str) -> int:
    with psycopg.connect(f"{topology.database}/jobsphere") as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row
        return int(row[0])


def everything_was_delivered(topology: Topology) -> None:
    """The queue comes to rest, and no event is left that somebody was not told of."""
    tasks = DBTaskResult._meta.db_table
    open_now = f"SELECT count(*) FROM {tasks} WHERE status = 'RUNNING' OR status = 'READY' AND run_after <= now()"
    wait_until(lambda: ask(topology, open_now) == 0, topology)
    assert ask(topology, f"SELECT count(*) FROM {DeadLetter._meta.db_table}") == 0
    assert ask(topology, f"SELECT count(*) FROM {tasks} WHERE status = 'FAILED'") == 0
    assert ask(topology, f"SELECT count(*) FROM {StoredEvent._meta.db_table}") > 0


def every_ear_heard_everything(load: Load) -> None:
    present = "SELECT coalesce(max(seq), 0) FROM realtime_frame WHERE user_id = %s"
    with psycopg.connect(f"{load.topology.database}/jobsphere") as connection:
        for ear in load.ears:
            row: Any = connection.execute(present, [ear.person.id]).fetchone()
            wait_until(lambda ear=ear, row=row: ear.last == row[0], load.topology)  # type: ignore[misc]
    for ear in load.ears:
        ear.stopping.set()
    assert [missed for ear in load.ears if (missed := ear.missed())] == []
    assert all(ear.heard for ear in load.ears)


def everything_was_answered(tally: Tally) -> None:
    print(f"{tally.answered} of {tally.sent} requests answered; repeated: {dict(tally.repeated)}")
    assert tally.wrong == []
    assert tally.answered >= ANSWERED * tally.sent


def the_books_agree(topology: Topology, load: Load) -> None:
    """One payment, one transfer and one payout a deal, and every cent in its place."""
    deals = sum(pair.deals for pair in load.pairs)
    assert deals >= PAIRS
    assert topology.manage("reconcile") == 0, topology.processes["manage"].words()
    taken = [each for each in topology.bank.objects("payment_intent") if each["status"] == "succeeded"]
    assert len(taken) == deals
    paid = sum(each["amount"] for each in topology.bank.objects("transfer"))
    assert paid == sum(pair.taken_home for pair in load.pairs)


def wait_until(happened: Callable[[], bool], topology: Topology) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, topology.words()
        time.sleep(0.2)
