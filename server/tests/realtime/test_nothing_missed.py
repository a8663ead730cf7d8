"""Snapshot + frames = fresh snapshot, over real sockets: nothing missed and nothing twice, whatever is cut or killed.

Two people with two devices each talk through two server processes, while a worker process tells of it. Devices leave
and come back to either server; worker and servers are killed in the middle. In the end each device has heard every
number once and in order, and shows what a fresh look at the API shows.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, close_old_connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from rest_framework.test import APIClient
from websockets.exceptions import ConnectionClosed

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import services as messaging
from jobsphere.messaging.tests.device import Device
from jobsphere.outbox.models import StoredEvent
from jobsphere.outbox.queue import DELIVER
from jobsphere.realtime.models import Frame
from jobsphere.realtime.selectors import present_seq
from jobsphere.realtime.tests.conftest import Phone, wait_until
from jobsphere.users.services import open_session
from tests.cast import person
from tests.realtime.processes import Processes, patiently

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

UNFINISHED = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
SERVERS = ("sockets-0", "sockets-1")
who, device, server = st.integers(0, 1), st.integers(0, 3), st.integers(0, 1)
steps = st.one_of(
    st.tuples(st.just("send"), who, st.integers(1, 4)),
    st.tuples(st.sampled_from(["send", "read"]), who, st.just(1)),
    st.tuples(st.just("leave"), device, st.just(0)),
    st.tuples(st.just("come"), device, server),
    st.tuples(st.just("hear"), device, st.just(0)),
    st.tuples(st.just("kill worker"), st.just(0), st.just(0)),
    st.tuples(st.just("kill server"), server, st.just(0)),
)
#: The worker dies with work in hand while one device is away, and then the server of the other one.
WORST = [
    *[("send", 0, 4), ("kill worker", 0, 0), ("leave", 1, 0), ("send", 1, 4), ("kill worker", 0, 0), ("send", 0, 2)],
    *[("kill server", 0, 0), ("send", 1, 3), ("come", 1, 1), ("read", 1, 1), ("kill server", 1, 0), ("come", 0, 0)],
]


@pytest.fixture
def processes(transactional_db: None, tmp_path: Any) -> Iterator[Processes]:
    running = Processes(tmp_path)
    for name in ("worker", *SERVERS):
        running.start(name)
    yield running
    running.close()


class Pocket:
    """A device with its socket: it shows one conversation, and knows nothing but what it is told."""

    def __init__(self, world: "World", owner: int) -> None:
        self.world, self.owner = world, owner
        self.device = Device()
        token = open_session(user_id=world.people[owner].known_id()).access_token
        self.phone = Phone("", token)
        self.resyncs = 0

    def come(self, server: int) -> None:
        """Connect to one of the servers; the first time, look at everything once the socket stands."""
        self.leave()
        first = self.phone.seq is None
        self.phone.url = f"ws://127.0.0.1:{self.world.processes.ports[server]}/ws/"
        patiently(self.phone.come)
        if first:
            self.began = self.phone.seq or 0
            self.device.load(*self.world.snapshot(self.owner))

    def leave(self) -> None:
        self.phone.go()

    def hear(self, quiet: float = 0.02) -> None:
        """Take what has come, until nothing does for a moment or the line is dead."""
        try:
            if self.phone.socket:
                self.phone.drain(quiet)
        except ConnectionClosed:
            self.phone.socket = None
        for frame in self.phone.frames[self.taken :]:
            self.taken += 1
            self._take(frame)

    taken = 0

    def _take(self, frame: dict[str, Any]) -> None:
        assert frame["type"] != "resync", "everything is kept for so short a time"
        if frame["data"].get("chat", {}).get("id") == str(self.world.chat):
            self.device.hear(frame)


class World:
    """Two people, four devices, one conversation."""

    def __init__(self, processes: Processes) -> None:
        self.processes = processes
        self.people = [person(f"{name}{uuid7().hex} Person", is_customer=True) for name in ("one", "two")]
        self.clients = [self._client(each.known_id()) for each in self.people]
        between = (self.people[0].known_id(), self.people[1].known_id())
        with edge_transaction():
            self.chat = messaging.open_conversation(
                actor=self.people[0], between=between, subject_type="thing", subject_id=uuid7()
            )
        self.pockets = [Pocket(self, index % 2) for index in range(4)]
        for number, pocket in enumerate(self.pockets):
            pocket.come(number // 2)

    def _client(self, user_id: Any) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {open_session(user_id=user_id).access_token}")
        return client

    def snapshot(self, owner: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        client = self.clients[owner]
        chat = client.get(f"/api/messages/conversations/{self.chat}/").json()
        return chat, client.get(f"/api/messages/{self.chat}/?page_size=100").json()["results"]

    def do(self, what: str, one: int, other: int) -> None:
        match what:
            case "send":
                for _ in range(other):
                    body = {"chat_id": str(self.chat), "body": f"Words {uuid7()}"}
                    assert self.clients[one].post("/api/messages/send/", body, format="json").status_code == 201
            case "read":
                assert self.clients[one].post(f"/api/messages/{self.chat}/read/").status_code == 200
            case "come":
                self.pockets[one].come(other)
            case "leave":
                self.pockets[one].leave()
            case "hear":
                self.pockets[one].hear()
            case "kill worker":
                self.restart("worker")
            case "kill server":
                self.restart(SERVERS[one])

    def restart(self, name: str) -> None:
        self.processes.kill(name)
        self.processes.start(name)

    def settle(self) -> None:
        """The queue is empty, everybody is connected, and has heard everything."""
        wait_until(self._told, 60)
        for number, pocket in enumerate(self.pockets):
            pocket.hear()
            if pocket.phone.socket is None:
                pocket.come(number % 2)
        for pocket in self.pockets:
            wait_until(partial(self._heard, pocket), 30)

    def _told(self) -> bool:
        close_old_connections()
        try:
            # Also those that wait for their next attempt, because the worker that had them was killed.
            return not DBTaskResult.objects.filter(task_path=DELIVER, status__in=UNFINISHED).exists()
        except OperationalError:
            return False

    def _heard(self, pocket: Pocket) -> bool:
        pocket.hear()
        if pocket.phone.socket is None:  # its server died under it a moment ago, and that is noticed only now
            pocket.come(0)
        return pocket.phone.seq == present_seq(self.people[pocket.owner].known_id())


@hypothesis(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=6, max_size=24))
@example(WORST)
def test_every_device_hears_everything_once_and_shows_what_is(processes, life) -> None:
    world = World(processes)
    for step in life:
        world.do(*step)
    world.settle()
    for pocket in world.pockets:
        user_id = world.people[pocket.owner].known_id()
        heard = [frame["seq"] for frame in pocket.phone.frames]
        assert heard == list(range(pocket.began + 1, present_seq(user_id) + 1)), "each number once, and in order"
        chat, newest = world.snapshot(pocket.owner)
        assert pocket.device.shown() == newest
        assert pocket.device.chat == chat
        pocket.leave()
    told = Frame.objects.filter(user_id=world.people[0].known_id(), type="message.sent").count()
    sent = StoredEvent.objects.filter(name="message.sent", aggregate_id=world.chat).count()
    assert told == sent, "whoever was killed, each message is told once"
