"""Each runbook once: the state is caused, the alert fires on what /metrics really says, the page is followed, it ends.

promtool judges the expressions on two real scrapes (`tools.alerts.judged`). Not played: JobSphereDown (there is nobody
to ask), DiskFilling, ClockWrong and GatewaySlow, which a test machine cannot cause; promtool's own tests cover those.
"""

import re
import shlex
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.ledger import runs
from jobsphere.ledger.tests.raw import run, unguarded
from jobsphere.outbox import leases, services
from jobsphere.outbox.errors import GiveUp
from jobsphere.outbox.tests import probes
from jobsphere.outbox.tests.conftest import table
from jobsphere.outbox.worker import Worker, drain
from jobsphere.payments.gateways.registry import get_gateway
from jobsphere.watch import figures
from tests.realtime.conftest import phone, server
from tests.stories.people import DECLINED_CARD, Contractor, Customer, dollars
from tests.watching.test_pages import RUNBOOKS
from tools.alerts import judged

__all__ = ["phone", "server", "table"]

#: What alerts read of PostgreSQL is asked of it in test_metrics; promtool need not judge everything twice.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]
Scrape = Callable[[], str]


@pytest.fixture(autouse=True)
def worker(db: None) -> str:
    """A worker that is alive, as on every other day."""
    name = leases.new_worker()
    leases.renew(name, lasting=timedelta(hours=1))
    return name


def follow(page: str) -> str:
    """Run the commands of a page as they stand there, and return what they say."""
    blocks = re.findall(r"<!-- run -->\s*```sh\n(.*?)```", (RUNBOOKS / f"{page}.md").read_text(), re.S)
    said = StringIO()
    for line in "".join(blocks).splitlines():
        # The doctor ends with 1 where something is wrong, which is what is looked at here.
        with suppress(SystemExit, CommandError):
            call_command(*shlex.split(line)[1:], stdout=said)
    return said.getvalue()


def test_on_a_good_day_nothing_rings(scrape: Scrape, open_job: Any) -> None:
    before = scrape()
    for _ in range(5):
        Client().get("/api/jobs/")
    drain()
    assert judged(before, scrape(), []) == ""


def test_part_not_working(scrape: Scrape, settings: Any) -> None:
    well, settings.DISK_MINIMUM_BYTES = settings.DISK_MINIMUM_BYTES, 10**18
    text = scrape()
    assert judged(text, text, ["PartNotWorking"]) == ""
    assert 'check="disk"} 0.0' in follow("PartNotWorking")
    settings.DISK_MINIMUM_BYTES = well
    assert judged(text, scrape(), []) == ""


def test_no_worker(scrape: Scrape, worker: str) -> None:
    leases.end(worker)
    text = scrape()
    assert judged(text, text, ["NoWorker"]) == ""
    assert "jobsphere_workers 0.0" in follow("NoWorker")
    started = Worker()
    started.start()
    try:
        until = time.monotonic() + 10
        while "jobsphere_workers 1.0" not in scrape() and time.monotonic() < until:
            time.sleep(0.05)
        assert judged(text, scrape(), []) == ""
    finally:
        assert started.stop()


def test_queue_stuck(scrape: Scrape, table: None) -> None:
    with edge_transaction():
        services.enqueue(probes.errand, "late", 1)
    with clock.travel(timedelta(minutes=10)):
        text = scrape()
        assert judged(text, text, ["QueueStuck"]) == ""
        assert "tasks ran" in follow("QueueStuck")
        assert probes.effects("errand") == [1]
        assert judged(text, scrape(), []) == ""


def test_dead_letters(scrape: Scrape, table: None) -> None:
    probes.surprises["errand"] = [GiveUp("the printer is on fire")]
    with edge_transaction():
        services.enqueue(probes.errand, "given up", 1)
    drain()
    text = scrape()
    assert judged(text, text, ["DeadLetters"]) == ""
    assert "the printer is on fire" in follow("DeadLetters")
    assert probes.effects("errand") == [1]
    assert judged(text, scrape(), []) == ""


def test_tasks_failing(scrape: Scrape, table: None) -> None:
    def fail_once() -> None:
        probes.surprises["errand"] = [OSError("away")]
        with edge_transaction():
            services.enqueue(probes.errand, "failing", 1)
        drain()

    fail_once()
    before = scrape()
    fail_once()
    failing = scrape()
    assert judged(before, failing, ["TasksFailing"]) == ""
    assert 'outcome="retry"' in follow("TasksFailing")
    with clock.travel(timedelta(minutes=5)):
        drain()
    assert sorted(probes.effects("errand")) == [1, 1]
    assert judged(failing, scrape(), []) == ""


def test_errors_high(scrape: Scrape, broken_routes: None) -> None:
    def break_it() -> None:
        for _ in range(4):
            assert Client(raise_request_exception=False).get("/api/test/broken").status_code == 500

    break_it()
    before = scrape()
    break_it()
    failing = scrape()
    assert judged(before, failing, ["ErrorsHigh"]) == ""
    assert 'route="/api/test/broken",status="500"' in follow("ErrorsHigh")
    for _ in range(4):
        Client().get("/api/jobs/")
    assert judged(failing, scrape(), []) == ""


def test_slow_answers(scrape: Scrape, broken_routes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.edge.conftest import Rows

    quick = Rows.get

    def slow_get(self: Any, request: Any) -> Any:
        time.sleep(1.1)
        return quick(self, request)

    monkeypatch.setattr(Rows, "get", slow_get)
    for _ in range(2):
        before = scrape()
        assert Client().get("/api/test/rows/").status_code == 200
    slow = scrape()
    assert judged(before, slow, ["SlowAnswers"]) == ""
    assert 'route="/api/test/rows/"' in follow("SlowAnswers")
    monkeypatch.setattr(Rows, "get", quick)
    for _ in range(5):
        Client().get("/api/test/rows/")
    assert judged(slow, scrape(), []) == ""


def test_gateway_does_not_answer(
    scrape: Scrape, sandbox: Any, taxonomy: None, ada: Actor, client_for: Callable[..., Any]
) -> None:
    admin = client_for(ada)
    reason = {"reason": "We were asked to."}
    opened = admin.post("/api/admin/gateways/sandbox/open/", reason, format="json", headers={"Idempotency-Key": "a"})
    assert opened.status_code == 200
    text = scrape()
    assert judged(text, text, ["GatewayDoesNotAnswer"]) == ""
    assert 'jobsphere_gateway_circuit_open{gateway="sandbox"} 1.0' in follow("GatewayDoesNotAnswer")
    closed = admin.post("/api/admin/gateways/sandbox/close/", reason, format="json", headers={"Idempotency-Key": "b"})
    assert closed.status_code == 200
    assert judged(text, scrape(), []) == ""


def test_gateway_rejects(scrape: Scrape, sandbox: Any) -> None:
    def reject() -> None:
        get_gateway("sandbox").fetch_payment(gateway_id="pi_that_never_was")

    reject()
    before = scrape()
    reject()
    rejected = scrape()
    assert judged(before, rejected, ["GatewayRejects"]) == ""
    assert 'outcome="rejected"' in follow("GatewayRejects")
    assert judged(rejected, scrape(), []) == ""


@pytest.fixture
def terms(sandbox: Any, taxonomy: None) -> tuple[Customer, Contractor]:
    return Customer(), Contractor()


def test_operation_stuck(
    scrape: Scrape, sandbox: Any, terms: tuple[Customer, Contractor], settle: Callable[[], None]
) -> None:
    customer, contractor = terms
    settle()
    sandbox.go_down()
    customer.offers(job_id=customer.posts_job(), contractor_id=contractor.id, amount=dollars(10), expect=202)
    with clock.travel(timedelta(hours=2)):
        drain()
        sandbox.clear_faults()
        text = scrape()
        assert judged(text, text, ["OperationStuck"]) == ""
        with clock.travel(timedelta(minutes=10)):
            sandbox.come_back()
            assert 'jobsphere_operations_open{status="unknown"} 1.0' in follow("OperationStuck")
            settle()
            assert judged(text, scrape(), []) == ""


def test_payments_fail(scrape: Scrape, terms: tuple[Customer, Contractor], settle: Callable[[], None]) -> None:
    customer, contractor = terms

    def decline() -> None:
        offer = {"job_id": customer.posts_job(), "contractor_id": contractor.id, "amount": dollars(10)}
        customer.offers(payment_method=DECLINED_CARD, **offer)

    decline()
    before = scrape()
    decline()
    settle()
    declined = scrape()
    assert judged(before, declined, ["PaymentsFail"]) == ""
    assert 'state="declined"' in follow("PaymentsFail")
    assert judged(declined, scrape(), []) == ""


def reconcile(admin: Actor) -> None:
    """Press the button of the page Reconciliation."""
    with edge_transaction():
        runs.start(actor=admin)
    drain()


def test_books_disagree(
    scrape: Scrape, terms: tuple[Customer, Contractor], settle: Callable[[], None], ada: Actor
) -> None:
    customer, contractor = terms
    offer = {"job_id": customer.posts_job(), "contractor_id": contractor.id, "amount": dollars(10)}
    contractor.accepts(customer.offers(**offer))
    settle()
    with unguarded():
        run("UPDATE ledger_ledgeraccount SET balance = balance - 1 WHERE kind = 'escrow'")
    reconcile(ada)
    text = scrape()
    assert judged(text, text, ["BooksDisagree"]) == ""
    assert "find the edit, put the balance back" in follow("BooksDisagree")
    with unguarded():
        run("UPDATE ledger_ledgeraccount SET balance = balance + 1 WHERE kind = 'escrow'")
    reconcile(ada)
    assert judged(text, scrape(), []) == ""


def test_figures_missing(scrape: Scrape, monkeypatch: pytest.MonkeyPatch) -> None:
    source = figures._sources["payments"]
    well = source.read
    monkeypatch.setattr(source, "read", lambda: iter([1 / 0]))
    text = scrape()
    assert judged(text, text, ["FiguresMissing"]) == ""
    assert 'jobsphere_figures_up{app="payments"} 0.0' in follow("FiguresMissing")
    monkeypatch.setattr(source, "read", well)
    assert judged(text, scrape(), []) == ""


def test_sockets_full(scrape: Scrape, settings: Any, casey: Actor, phone: Callable[..., Any]) -> None:
    settings.SOCKETS_PER_PROCESS = 1
    device = phone(casey)

    def shown(number: int) -> str:
        until = time.monotonic() + 10
        while f'jobsphere_sockets{{state="open"}} {number}.0' not in (text := scrape()):
            assert time.monotonic() < until
            time.sleep(0.1)
        return text

    text = shown(1)
    assert judged(text, text, ["SocketsFull"]) == ""
    assert 'jobsphere_sockets{state="limit"} 1.0' in follow("SocketsFull")
    device.go()
    assert judged(text, shown(0), []) == ""


@pytest.mark.parametrize("page", ["DiskFilling", "ClockWrong", "GatewaySlow", "JobSphereDown"])
def test_what_cannot_be_caused_here_has_commands_that_run(page: str) -> None:
    assert follow(page)
