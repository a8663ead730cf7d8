"""The admin's screens of the books: reconciliations, differences, sealed statements, the proof, figures."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.escrow.models import EscrowHold
from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import runs
from jobsphere.ledger import tasks as ledger_tasks
from jobsphere.ledger.models import Difference, ReconciliationRun
from jobsphere.payments.models import GatewayMovement
from tests.stories.people import dollars

pytestmark = pytest.mark.django_db(transaction=True)


def reconcile(admin, run_worker, **body):
    started = admin.post("reconciliation/", body, expect=201)
    assert started["status"] in ("queued", "finished")
    run_worker()
    return admin.get(f"reconciliation/{started['id']}/")


def test_a_reconciliation_is_started_watched_and_kept(admin, ada, deal, run_worker, sandbox):
    sandbox.set(fee_basis_points=290, fee_fixed=30)
    done = reconcile(admin, run_worker)
    assert (done["status"], done["sound"], done["started_by"]) == ("finished", True, "Ada Admin")
    assert done["checks_done"] == done["checks_total"] == len(done["checks"]) > 15
    assert (done["differences"], done["pending"], done["current"]) == (0, 0, "")
    assert GatewayMovement.objects.count() == 1, "what is new at the gateway was fetched first"
    assert [each["id"] for each in admin.get("reconciliation/")["results"]] == [done["id"]]
    assert AuditEntry.objects.filter(verb="reconciliation.start", actor_id=ada.id).count() == 1


def test_one_gateway_alone_can_be_looked_at(admin, deal, run_worker):
    done = reconcile(admin, run_worker, gateway="sandbox", since=(clock.now() - timedelta(days=2)).isoformat())
    assert [each["name"] for each in done["checks"]] == ["payments.gateway"]
    assert done["gateway"] == "sandbox"


def test_a_difference_is_explained_acknowledged_and_gone_when_it_is_mended(admin, ada, deal, run_worker):
    EscrowHold.objects.filter(contract_id=deal.id).update(status="released")
    first = reconcile(admin, run_worker)
    assert first["sound"] is False
    found = admin.get("differences/", run_id=first["id"], page_size=100)["results"]
    assert len(found) == first["differences"] > 0
    assert all(each["meaning"] and each["next_step"] and each["gone_at"] is None for each in found)
    parts = next(each for each in found if each["code"] == "contracts.milestones")

    known = admin.post(f"differences/{parts['id']}/acknowledge/", {"reason": "Ada's test."})
    assert (known["acknowledged_by"], known["note"]) == ("Ada Admin", "Ada's test.")
    before = list(Difference.objects.order_by("pk").values())
    refused = admin.post(f"differences/{parts['id']}/acknowledge/", {"reason": "Again."}, expect=409)
    assert refused["code"] == "already-acknowledged"
    assert list(Difference.objects.order_by("pk").values()) == before
    assert len(admin.get("differences/", acknowledged="true")["results"]) == 1

    second = reconcile(admin, run_worker)
    again = admin.get("differences/", run_id=second["id"], page_size=100)["results"]
    assert {each["id"] for each in again} == {each["id"] for each in found}
    assert {each["times_seen"] for each in again} == {2}

    EscrowHold.objects.filter(contract_id=deal.id).update(status="funded")
    third = reconcile(admin, run_worker)
    assert third["sound"]
    assert admin.get("differences/", gone="false")["results"] == []
    assert len(admin.get("differences/", gone="true", page_size=100)["results"]) == len(found)
    assert admin.get("differences/", run_id=third["id"])["results"] == []


def test_a_second_run_waits_for_the_first_and_the_same_key_starts_one(admin, deal, run_worker):
    key = str(uuid7())
    first = admin.post("reconciliation/", {}, expect=201, key=key)
    assert admin.post("reconciliation/", {}, expect=201, key=key)["id"] == first["id"]
    before = list(ReconciliationRun.objects.values())
    assert admin.post("reconciliation/", {}, expect=409)["code"] == "reconciliation-running"
    assert list(ReconciliationRun.objects.values()) == before
    runs.reconcile_nightly()
    assert list(ReconciliationRun.objects.values()) == before
    run_worker()
    runs.reconcile_nightly()
    run_worker()
    assert [each["sound"] for each in admin.get("reconciliation/")["results"]] == [True, True]


def test_a_run_that_was_killed_begins_again(admin, deal, run_worker):
    started = admin.post("reconciliation/", {}, expect=201)
    ReconciliationRun.objects.update(status="running", checks_done=3, differences=7)
    run_worker()
    done = admin.get(f"reconciliation/{started['id']}/")
    assert (done["status"], done["differences"], done["checks_done"]) == ("finished", 0, done["checks_total"])


def test_wrong_wishes_are_refused(admin, stage):
    assert admin.post("reconciliation/", {"colour": "red"}, expect=400)["errors"][0]["pointer"] == "/colour"
    assert admin.get("statements/", since="yesterday", expect=400)["errors"][0]["pointer"] == "/since"
    for path in ("reconciliation/{}/", "statements/{}/", "statements/{}/csv/"):
        admin.get(path.format(uuid7()), expect=404)
    admin.post(f"differences/{uuid7()}/acknowledge/", {"reason": "Nothing there."}, expect=404)
    admin.get("differences/", run_id=str(uuid7()), expect=404)
    assert not ReconciliationRun.objects.exists()


@pytest.fixture
def sealed(deal):
    """The day of the deal is over and sealed."""
    clock.set_offset(timedelta(days=1, minutes=30))
    ledger_tasks.seal_days()


def test_sealed_statements_are_listed_shown_and_downloaded(admin, sealed):
    (row,) = admin.get("statements/")["results"]
    assert (row["number"], len(row["seal"]), row["previous"]) == (1, 64, "0" * 64)
    shown = admin.get(f"statements/{row['id']}/")
    lines = {line["kind"]: line["closing"] for line in shown["lines"]}
    assert lines["gateway"] == dollars(1000)
    assert lines["escrow"] == dollars(-900)
    answer = admin.client.get(f"/api/admin/statements/{row['id']}/csv/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    table = list(csv.DictReader(StringIO(answer.content.decode())))
    assert {each["account"]: each["closing"] for each in table}["gateway"] == "1000.00"
    assert {each["seal"] for each in table} == {row["seal"]}
    assert admin.get("statements/", since=row["day"])["results"] == [row]
    assert admin.get("statements/", until=row["day"])["results"] == []


def test_the_proof_and_the_figures(admin, deal, sandbox, run_worker):
    reconcile(admin, run_worker)
    (line,) = admin.get("proof/")
    assert (line["gateway"], line["difference"], line["theirs"]["closing"]) == ("sandbox", dollars(0), dollars(1000))
    assert line["ours"]["closing"] == dollars(1000)
    figures = admin.get("money/")
    assert [(each["status"], each["count"], each["amount"]) for each in figures["payments"]] == [
        ("held", 1, dollars(1000))
    ]
    assert [(each["status"], each["count"], each["amount"]) for each in figures["holds"]] == [
        ("funded", 2, dollars(900))
    ]
    assert {each["status"]: each["amount"] for each in figures["accounts"]}["escrow"] == dollars(900)


#: Path and statements: the first is who asks.
PAGES = [
    ("reconciliation/", 2), ("differences/", 2), ("statements/", 2), ("proof/", 4), ("money/", 6),
]  # fmt: skip


def test_every_page_costs_a_fixed_number_of_queries(admin, sealed, run_worker, make_deal, django_assert_num_queries):
    EscrowHold.objects.update(status="released")
    run = reconcile(admin, run_worker)
    for _ in range(2):
        for path, queries in PAGES:
            with django_assert_num_queries(queries):
                admin.get(path)
        with django_assert_num_queries(2):
            admin.get(f"reconciliation/{run['id']}/")
        with django_assert_num_queries(3):
            admin.get("differences/", run_id=run["id"])
        statement = admin.get("statements/")["results"][0]["id"]
        for path in (f"statements/{statement}/",):
            with django_assert_num_queries(3):
                admin.get(path)
        make_deal()
