"""A real server on a free port, in a thread of the test, and a real client."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import orjson
import pytest
import uvicorn
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.realtime import services
from jobsphere.realtime.asgi import Application
from jobsphere.realtime.serving import OPTIONS, listening
from jobsphere.users.services import open_session


class Server:
    """The socket alone, under uvicorn."""

    def __init__(self) -> None:
        self.application = Application()
        self._listener = listening("127.0.0.1", 0)
        self.port = self._listener.getsockname()[1]
        self.url = f"ws://127.0.0.1:{self.port}/ws/"
        self._server = uvicorn.Server(uvicorn.Config(self.application, **OPTIONS))
        self._thread = threading.Thread(target=self._server.run, args=[[self._listener]], daemon=True)

    def start(self) -> "Server":
        self._thread.start()
        wait_until(lambda: self._server.started)
        return self

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(15)
        assert not self._thread.is_alive()

    @property
    def sockets(self) -> int:
        return len(self.application.hub.connections) if self.application.hub else 0


class Phone:
    """One device of a person: it remembers its last number, and notes every frame."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self.seq: int | None = None
        self.frames: list[dict[str, Any]] = []
        self.socket: ClientConnection | None = None

    def come(self, since: int | None = None, **options: Any) -> "Phone":
        """Connect, say who this is, and wait for "ready"."""
        self.open(**options)
        data = {"token": self.token, "last_seq": self.seq, "since": since}
        self.say("authenticate", **data)
        ready = self.next()
        assert ready["type"] == "ready", ready
        if self.seq is None:
            self.seq = ready["data"]["seq"]
        return self

    def open(self, **options: Any) -> None:
        self.socket = connect(self.url, legacy=True, **options)

    def go(self) -> None:
        if self.socket:
            self.socket.close()
            self.socket = None

    def say(self, kind: str, **data: Any) -> None:
        self.send(orjson.dumps({"type": kind, "data": data}).decode())

    def send(self, text: str) -> None:
        assert self.socket
        self.socket.send(text)

    def next(self, timeout: float = 5) -> dict[str, Any]:
        """Return the next frame; a numbered one is noted."""
        assert self.socket
        frame = orjson.loads(self.socket.recv(timeout))
        if "seq" in frame:
            self.seq = frame["seq"]
            self.frames.append(frame)
        return frame

    def drain(self, quiet: float = 0.3) -> list[dict[str, Any]]:
        """Return what comes until nothing does for a moment."""
        heard = []
        with suppress(TimeoutError):
            while True:
                heard.append(self.next(quiet))
        return heard

    def end(self, timeout: float = 5) -> int:
        """Return the number with which the server closes, whatever it says before."""
        assert self.socket
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                self.socket.recv(timeout)
        return code_of(closed.value)


def code_of(closed: ConnectionClosed) -> int:
    """Return the number that the server gave; a connection that was lost without a word has none."""
    return closed.rcvd.code if closed.rcvd else 0


def wait_until(happened: Callable[[], Any], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def push(*people: Actor, **payload: Any) -> None:
    with edge_transaction():
        services.push(user_ids=[each.known_id() for each in people], type="changed", payload=payload)


@pytest.fixture
def server(db: None) -> Iterator[Server]:
    running = Server().start()
    yield running
    running.stop()


@pytest.fixture
def phone(server: Server) -> Iterator[Callable[..., Phone]]:
    """Return a function that brings one more device of a person."""
    phones: list[Phone] = []

    def bring(person: Actor, **options: Any) -> Phone:
        device = Phone(server.url, open_session(user_id=person.known_id()).access_token)
        phones.append(device)
        return device.come(**options)

    yield bring
    for each in phones:
        each.go()
