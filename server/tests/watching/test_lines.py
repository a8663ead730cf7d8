"""One line for each request, with the ids that lead on into the worker and the socket, and without a secret in it."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
import structlog
from django.test import Client

from config import logs
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import services
from jobsphere.outbox.subscriptions import job
from jobsphere.outbox.worker import drain
from jobsphere.realtime import commands
from tests.edge.test_logs import PLANTED, TELLING, our_handler
from tests.realtime.conftest import phone, server
from tests.stories.people import Contractor, Customer, dollars

__all__ = ["phone", "server"]
pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "casey.customer+jobs@mail.example.com"


@job(name="tests.watching.say")
def say(word: str) -> None:
    structlog.get_logger("jobsphere.test").info("said", word=word)


@pytest.fixture
def lines(settings: Any) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Logs as production writes them; returns a function that reads them."""
    settings.LOG_REQUESTS = True
    handler, written = our_handler(), io.StringIO()
    before, stream = handler.formatter, handler.setStream(written)
    handler.setFormatter(logs.formatter(as_json=True))
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    handler.setFormatter(before)
    handler.setStream(stream)


Lines = Callable[[], list[dict[str, Any]]]


def requests_of(lines: Lines) -> list[dict[str, Any]]:
    return [line for line in lines() if line["event"] == "request"]


def test_each_request_leaves_one_line_with_its_ids(
    lines: Lines, casey: Actor, client_for: Callable[..., Client], open_job: Any
) -> None:
    answer = client_for(casey).get(f"/api/jobs/{open_job}/?q=private")
    Client().get("/api/nothing/")
    Client().get("/health/live")
    mine, nothing, alive = requests_of(lines)
    assert mine == {
        "event": "request", "method": "GET", "route": "/api/jobs/<uuid:job_id>/", "status": 200, "ms": mine["ms"],
        "request_id": answer["X-Request-ID"], "user_id": str(casey.id), "ids": {"job_id": str(open_job)},
        "level": "info", "logger": "jobsphere.request", "timestamp": mine["timestamp"],
    }  # fmt: skip
    assert (nothing["route"], nothing["status"], alive["route"]) == ("(none)", 404, "/health/live")
    # Whoever comes next on this thread is nobody's heir.
    assert "user_id" not in nothing
    assert "user_id" not in alive


def test_for_people_it_is_a_line_that_people_read(lines: Lines) -> None:
    our_handler().setFormatter(logs.formatter(as_json=False))
    handler, written = our_handler(), io.StringIO()
    stream = handler.setStream(written)
    Client().get("/health/live")
    handler.setStream(stream)
    assert "method=GET route=/health/live status=200" in written.getvalue()


def test_nothing_that_was_sent_is_written_by_any_way(
    lines: Lines, broken_routes: None, casey: Actor, client_for: Callable[..., Any]
) -> None:
    sentence = " ".join([*PLANTED.values(), ADDRESS])
    client = client_for(casey)
    client.raise_request_exception = False
    for secret in (*PLANTED.values(), ADDRESS):
        client.get(f"/api/jobs/{secret}/", {"q": secret}, headers={"X-Request-ID": secret, "X-Secret": secret})
        client.get("/api/jobs/", {"q": secret}, headers={"Cookie": f"a={secret}", "Referer": secret})
    client.post("/api/test/leaky", {"quote": sentence}, format="json")
    client.post("/api/auth/login/", {"email": ADDRESS, "password": sentence}, format="json")
    structlog.get_logger("jobsphere.test").warning("letter to " + ADDRESS, to=[ADDRESS], note=sentence)
    logging.getLogger("library").error("to %s", ADDRESS)
    written = "\n".join(orjson.dumps(line).decode() for line in lines())
    assert len(requests_of(lines)) == 2 * (len(PLANTED) + 1) + 2
    assert [secret for secret in (*TELLING, ADDRESS, "customer+jobs") if secret in written] == []


def test_the_ids_go_on_into_the_worker(lines: Lines) -> None:
    request_id, user_id = uuid7().hex, str(uuid7())
    with structlog.contextvars.bound_contextvars(request_id=request_id, user_id=user_id), edge_transaction():
        services.enqueue(say, "hello")
    drain()
    [said] = [line for line in lines() if line["event"] == "said"]
    assert (said["request_id"], said["user_id"], said["handler"]) == (request_id, user_id, "tests.watching.say")


def test_what_is_asked_of_a_gateway_has_the_id_of_its_operation(lines: Lines, sandbox: Any, taxonomy: None) -> None:
    customer, contractor = Customer(), Contractor()
    customer.offers(job_id=customer.posts_job(), contractor_id=contractor.id, amount=dollars(10))
    [line] = [line for line in lines() if line["event"] == "gateway answered"]
    assert line["operation_id"]
    assert line["user_id"] == customer.id
    assert line["request_id"] == requests_of(lines)[-1]["request_id"]


def test_a_line_about_a_socket_says_whose_it_is(
    lines: Lines, casey: Actor, phone: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_commands", dict(commands._commands))
    commands.register("shout", lambda actor, values: _shout(), rate="9/min")
    device = phone(casey)
    device.say("shout")
    device.drain()
    [said] = [line for line in lines() if line["event"] == "shouted"]
    assert said["user_id"] == str(casey.id)
    assert said["socket_id"]


def _shout() -> None:
    structlog.get_logger("jobsphere.test").info("shouted")
