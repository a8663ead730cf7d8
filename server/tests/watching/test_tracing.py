"""One trace: the request, its verb and events, the worker, the gateway, the hint over the socket."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from jobsphere.realtime.wire import Envelope, Kind
from jobsphere.users.services import open_session
from jobsphere.watch import tracing
from tests.realtime.conftest import phone, server
from tests.stories.people import Contractor, Customer, dollars

__all__ = ["phone", "server"]
pytestmark = pytest.mark.django_db(transaction=True)
SERVER = Path(__file__).resolve().parents[2]


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """Trace into memory."""
    exporter = InMemorySpanExporter()
    tracing.start(SimpleSpanProcessor(exporter), service="tests", release="1", environment="test")
    yield exporter
    tracing.stop()


def traces(exporter: InMemorySpanExporter) -> dict[int, list[ReadableSpan]]:
    found: dict[int, list[ReadableSpan]] = {}
    for each in exporter.get_finished_spans():
        found.setdefault(each.context.trace_id, []).append(each)
    return found


def test_an_offer_is_one_trace_from_the_door_to_the_other_ones_screen(
    spans: InMemorySpanExporter, sandbox: Any, taxonomy: None, settle: Callable[[], None], server: Any
) -> None:
    from uuid import UUID

    from jobsphere.realtime.tests.conftest import Phone

    customer, contractor = Customer(), Contractor()
    device = Phone(server.url, open_session(user_id=UUID(contractor.id)).access_token).come()
    job = customer.posts_job()
    settle()
    spans.clear()
    customer.offers(job_id=job, contractor_id=contractor.id, amount=dollars(10))
    settle()
    heard = device.drain(1.0)
    device.go()
    assert any(each.get("data", {}).get("subject") == "offer" for each in heard)
    [trace] = [
        some
        for some in traces(spans).values()
        if any(each.name == "HTTP POST" or each.name == "POST /api/offers/" for each in some)
    ]
    by_id = {each.context.span_id: each for each in trace}

    def line(found: ReadableSpan) -> list[str]:
        names = [found.name]
        while found.parent and found.parent.span_id in by_id:
            found = by_id[found.parent.span_id]
            names.append(found.name)
        return names[::-1]

    lines = [line(each) for each in trace]
    roots = {each[0] for each in lines}
    assert roots == {"POST /api/offers/"}
    shown = [" > ".join(each) for each in lines]
    for needed in (
        "> operation > sandbox authorize",
        "publish offer.sent",
        "publish offer.sent > run contracts.live",
        "> hint frames",
    ):
        assert any(needed in each for each in shown), (needed, shown)
    hints = [each for each in shown if each.endswith("hint frames")]
    assert any("run contracts.live" in each for each in hints)


def test_a_failure_is_marked_by_its_kind_alone(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError), tracing.span("risky"):
        raise ValueError("casey@example.com and hunter2")
    [found] = spans.get_finished_spans()
    assert (found.status.description, list(found.events)) == ("ValueError", [])


def test_off_nothing_is_carried_and_the_bus_speaks_as_before(sandbox: Any, taxonomy: None) -> None:
    assert not tracing.is_on()
    Customer().posts_job()
    kept = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.all()]
    assert kept
    assert all("traceparent" not in each for each in kept)
    assert tracing.span("a") is tracing.span("b")
    packed = Envelope(Kind.TOPIC, ["job:1"], "changed", b"{}").pack("me")
    assert packed == b'["me","topic",["job:1"],"changed"]\n{}'
    traced = Envelope(Kind.TOPIC, ["job:1"], "changed", b"{}", "00-aa-bb-01")
    assert Envelope.unpack(traced.pack("me")) == ("me", traced)


ON = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from django.test import Client
from jobsphere.watch import tracing
Client().get("/health/live")
tracing.stop()
"""


def test_the_setting_sends_traces_to_a_collector(tmp_path: Path) -> None:
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    taken: list[tuple[str, bytes, str]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.append((self.path, body, self.headers.get("X-Key", "")))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    collector = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    environment = {
        "DATA_DIR": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.server_port}/",
        "OTEL_EXPORTER_OTLP_HEADERS": "X-Key=k",
        "RELEASE": "9.9",
    }
    subprocess.run([sys.executable, "-c", ON], cwd=SERVER, env=environment, capture_output=True, check=True)
    collector.shutdown()
    assert [(path, key) for path, _, key in taken] == [("/v1/traces", "k")]
    assert b"GET /health/live" in taken[0][1]
    assert b"9.9" in taken[0][1]
