"""How many connections production takes of PostgreSQL: at most as docs/scale.md says, counted while it is pressed hard.

One process of each role, on this test's own database; each calls itself by its role, so PostgreSQL tells them apart.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult
from websockets.exceptions import WebSocketException

from jobsphere.jobs.models import Job
from jobsphere.realtime.reading import READERS
from jobsphere.realtime.tests.conftest import Phone
from jobsphere.users.models import Session
from jobsphere.users.services import open_session
from tests.realtime.processes import database_url
from tests.topology.processes import MANAGE, ROOT, Process, answers, is_fresh
from tools.generated import settings as variables
from tools.servers import common

#: What a PostgreSQL gives that nobody has told otherwise, and what it keeps of it for its own administrator.
POSTGRESQL_GIVES, KEPT_FOR_ADMINISTRATORS = 100, 3
PAGE = (ROOT / "docs" / "scale.md").read_text()
#: So many ask at once, several times as many as may be served at once; and for how many seconds nobody is answered.
PRESS = 24
WAITING = 6.0
#: Whoever reads jobs, opens a socket or looks for a task waits for one of these.
NEEDED = (Job, Session, DBTaskResult)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql_only,
    pytest.mark.redis_only,
    pytest.mark.timeout(180),
]


def promised() -> dict[str, int]:
    """Return the connections of one process of each role, with the settings that nobody has changed."""
    usual = {name: int(value) for name, value in variables.defaults().items() if value.isdigit()}
    return {
        "web": usual["WEB_PROCESSES"] * usual["WEB_THREADS"],
        "worker": usual["WORKER_THREADS"] + 1,
        "realtime": READERS,
    }


class Roles:
    """One process of each role, and the most connections that each was seen to have."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.most = dict.fromkeys(promised(), 0)
        self.ports = {role: common.free_port() for role in ("web", "realtime")}
        alive = folder / "alive"
        self._start("web", ["--port", str(self.ports["web"])], lambda: answers(f"{self.url}/health/live"))
        self._start("realtime", ["--port", str(self.ports["realtime"])], lambda: answers(f"{self._sockets}/"))
        self._start("worker", ["--alive", str(alive)], lambda: is_fresh(alive))

    @property
    def url(self) -> str:
        """Where HTTP is answered."""
        return f"http://127.0.0.1:{self.ports['web']}"

    @property
    def _sockets(self) -> str:
        return f"http://127.0.0.1:{self.ports['realtime']}"

    def _start(self, role: str, more: list[str], answers_: Callable[[], bool]) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        told = {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"{database_url()}?application_name={role}",
            "REDIS_URL": settings.REDIS_URL,
            "THROTTLE_READ": "100000/min",
            "THROTTLE_SIGN_IN": "100000/min",
        }
        command = [sys.executable, str(MANAGE), "serve", "--role", role, *more]
        process = Process(role, command, {**kept, **told}, self.folder / f"{role}.log", answers_)
        self.stack.callback(process.close)
        process.start()

    def press(self, *work: Callable[[], Any]) -> None:
        """Let many do each of these at once while the tables that they need are locked, and count connections.

        So every thread that may have a connection waits with it in its hand, however fast the machine is.
        """
        with ThreadPoolExecutor(len(work) * PRESS) as people, psycopg.connect(database_url()) as locks:
            locks.execute(f"LOCK TABLE {', '.join(each._meta.db_table for each in NEEDED)} IN ACCESS EXCLUSIVE MODE")
            for each in work * PRESS:
                people.submit(_quietly, each)
            until = time.monotonic() + WAITING
            while time.monotonic() < until:
                for role, count in self.count().items():
                    self.most[role] = max(self.most[role], count)
                time.sleep(0.05)
            locks.rollback()

    def count(self) -> dict[str, int]:
        """Return how many connections each role has now."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT application_name, count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = ANY(%s) GROUP BY 1",
                [list(self.most)],
            )
            return dict(cursor.fetchall())


def _quietly(work: Callable[[], Any]) -> None:
    """Do something whose outcome is of no interest: too many ask, and some are sent away."""
    with suppress(httpx.HTTPError, OSError, WebSocketException, AssertionError):
        work()


@pytest.fixture
def roles(tmp_path: Path) -> Iterator[Roles]:
    """One process of each role, started."""
    with ExitStack() as stack:
        yield Roles(tmp_path, stack)


def test_no_process_takes_more_connections_than_it_was_promised(roles: Roles, taxonomy: None, casey: Any) -> None:
    token = open_session(user_id=casey.known_id()).access_token
    phone = partial(Phone, f"ws://127.0.0.1:{roles.ports['realtime']}/ws/", token)

    def read() -> None:
        httpx.get(f"{roles.url}/api/jobs/", timeout=2 * WAITING)

    def listen() -> None:
        phone().come()

    roles.press(read, listen)
    most = promised()
    assert {role: count for role, count in roles.most.items() if count > most[role]} == {}, roles.most
    # And they were pressed hard enough to take all of them.
    assert roles.most == most


def test_the_page_says_what_two_of_each_role_take_and_that_postgresql_has_it() -> None:
    most = promised()
    told = re.search(r"Two of each role with the settings that nobody has changed take at most \*\*(\d+)\*\*", PAGE)
    assert told
    assert int(told[1]) == 2 * sum(most.values())
    assert int(told[1]) + 1 <= POSTGRESQL_GIVES - KEPT_FOR_ADMINISTRATORS
    for pods, words in ((40, "40 web pods x 2 x 4 = 320"),):
        assert words in PAGE
        assert pods * most["web"] == int(words.rpartition(" ")[2])
