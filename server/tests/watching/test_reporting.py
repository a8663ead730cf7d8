"""Error reports, as a server that Sentry's SDK sends them to receives them: with ids, without secrets."""

import gzip
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest
import sentry_sdk
import structlog
from django.test import Client
from structlog.contextvars import bound_contextvars

from jobsphere.watch import reporting
from tests.edge.test_logs import PLANTED, TELLING

pytestmark = pytest.mark.django_db
#: How the SDK packs what it sends: brotli where that is installed (a tool of ours brings it), else gzip.
UNPACK: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
SERVER = Path(__file__).resolve().parents[2]


class Receiver:
    """Sentry's door, on this machine."""

    def __init__(self) -> None:
        bodies: list[bytes] = []

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                bodies.append(UNPACK[self.headers.get("Content-Encoding", "")](body))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        self.bodies = bodies
        self.server = HTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.dsn = f"http://public@127.0.0.1:{self.server.server_port}/1"

    def reports(self) -> list[dict[str, Any]]:
        """Return the events of what has arrived."""
        sentry_sdk.flush(5)
        lines = [line for body in self.bodies for line in body.splitlines()]
        found = [json.loads(line) for line in lines if line.startswith(b"{")]
        return [each for each in found if "event_id" in each and "platform" in each]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Report to a server of our own, and stop afterwards."""
    received = Receiver()
    hook = sys.excepthook
    handler = reporting.start(received.dsn, environment="rehearsal", release="1.2.3")
    logging.getLogger().addHandler(handler)
    yield received
    logging.getLogger().removeHandler(handler)
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)
    sys.excepthook = hook
    received.server.shutdown()


def test_a_fault_of_ours_is_reported_with_its_request_and_without_what_was_sent(
    receiver: Receiver, broken_routes: None
) -> None:
    client = Client(raise_request_exception=False)
    sentence = " ".join([*PLANTED.values(), "casey@example.com"])
    answer = client.post(
        "/api/test/leaky",
        json.dumps({"quote": sentence}),
        content_type="application/json",
        headers={"Cookie": f"session={PLANTED['ticket']}", "X-Extra": sentence},
    )
    assert answer.status_code == 500
    [report] = receiver.reports()
    assert report["exception"]["values"][-1]["type"] == "ValueError"
    assert (report["environment"], report["release"]) == ("rehearsal", "1.2.3")
    assert report["tags"]["request_id"] == answer["X-Request-ID"]
    sent = b"\n".join(receiver.bodies).decode()
    assert [secret for secret in (*TELLING, "casey@example.com", "hunter2") if secret in sent] == []
    assert '"vars"' not in sent
    assert '"cookies"' not in sent


def test_what_is_logged_as_an_error_is_reported_with_the_ids_of_its_line(receiver: Receiver) -> None:
    with bound_contextvars(request_id="r-1", user_id="u-1", operation_id="o-1"):
        structlog.get_logger("jobsphere.outbox").error("task is dead", error="OSError", exception="away", handler="h")
        logging.getLogger("library").error("lost %s", "casey@example.com")
        structlog.get_logger("jobsphere.outbox").warning("not worth it")
    dead, lost = receiver.reports()
    assert (dead["message"], dead["tags"]["handler"], dead["user"]) == ("task is dead", "h", {"id": "u-1"})
    assert {dead["tags"]["request_id"], dead["tags"]["operation_id"]} == {"r-1", "o-1"}
    assert lost["message"] == "lost [scrubbed]"


def test_a_refusal_is_nobodys_fault(receiver: Receiver) -> None:
    Client().get("/api/nothing/")
    Client().post("/api/auth/login/", {"email": "x"})
    assert receiver.reports() == []


OFF = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
import config.asgi, config.urls
ours = ("sentry_sdk", "opentelemetry.sdk.trace", "opentelemetry.exporter", "google.protobuf")
print([name for name in ours if name in sys.modules])
"""


def test_what_is_off_is_not_even_imported(tmp_path: Path) -> None:
    # redis-py looks for the SDK's metrics by itself when it is there: 2 MB and 40 ms, once a process.
    done = subprocess.run(
        [sys.executable, "-c", OFF],
        cwd=SERVER,
        env={"DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"
