"""Contracts by the hour over HTTP: the whole way, strangers, reports, and pinned numbers of queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.contracts.models import Contract, TimeEntry
from jobsphere.hours.models import HourlyDeal, Timer, Week
from jobsphere.hours.tests.conftest import GOOD_CARD, Stage
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from tests.marketplace import make_job

Send = Callable[..., Any]
DEALS, WEEKS, ONE_WEEK, REPORT = 4, 6, 5, 3


def body(stage: Stage, **changes: Any) -> dict[str, Any]:
    return {
        "job_id": str(make_job(stage.casey)),
        "contractor_id": str(stage.pat.id),
        "rate": {"amount": 60_00, "currency": "USD"},
        "weekly_cap_minutes": 600,
        "time_zone": "Europe/Berlin",
        "payment_method": GOOD_CARD,
        **changes,
    }


@pytest.fixture
def hired(stage: Stage, send: Send) -> dict[str, Any]:
    """A deal made over HTTP and accepted."""
    made = send(stage.casey, "post", "hourly-deals/", body(stage)).json()
    assert send(stage.pat, "post", f"offers/{made['offer_id']}/accept/", {}).status_code == 200
    stage.deal = HourlyDeal.objects.get(pk=made["id"])
    found: dict[str, Any] = send(stage.casey, "get", f"hourly-deals/{made['id']}/").json()
    return found


def test_from_the_offer_to_the_report(stage: Stage, hired: dict[str, Any], send: Send):
    assert (hired["status"], hired["weekly_price"]["amount"]) == ("running", 600_00)
    contract = hired["contract_id"]
    started = send(stage.pat, "post", "timer/start/", {"contract_id": contract, "note": "Pipes"})
    assert started.json()["running"]["title"]
    stage.at(clock.now() + timedelta(minutes=75))
    assert send(stage.pat, "get", "timer/").json()["running"]["note"] == "Pipes"
    entry = send(stage.pat, "post", "timer/stop/", {}).json()["entry_id"]
    assert send(stage.pat, "get", f"time-entries/{entry}/").json()["minutes"] == 75
    start = clock.now().replace(second=0, microsecond=0)
    stage.at(clock.now() + timedelta(hours=2))
    by_hand = {
        "started_at": start.isoformat(),
        "ended_at": (start + timedelta(minutes=60)).isoformat(),
        "note": "Tiles",
    }
    doubted = send(stage.pat, "post", f"contracts/{contract}/time-entries/", by_hand)
    assert doubted.status_code == 201, doubted.json()
    longer = {**by_hand, "ended_at": (start + timedelta(minutes=90)).isoformat(), "note": "More tiles"}
    changed = send(stage.pat, "put", f"time-entries/{doubted.json()['id']}/", longer)
    assert (changed.json()["minutes"], changed.json()["note"]) == (90, "More tiles")
    stage.at(stage.week().closes_at + timedelta(minutes=1))
    stage.tick()
    week = send(stage.casey, "get", f"hourly-deals/{hired['id']}/weeks/").json()["results"][-1]
    assert (week["minutes"], week["amount"]["amount"], week["allowed_actions"]) == (165, 165_00, ["dispute"])
    wish = {"entry_ids": [doubted.json()["id"]], "reason": "These tiles are not there."}
    answer = send(stage.casey, "post", f"weeks/{week['id']}/dispute/", wish).json()
    assert (answer["milestone_status"], answer["dispute"]["amount"]["amount"]) == ("released", 90_00)
    for group in ("week", "contract", "customer"):
        report = send(stage.pat, "get", f"hours/report/?group={group}").json()
        (line,) = report["lines"]
        assert (line["minutes"], line["billed"]["amount"], line["held_apart"]["amount"]) == (165, 165_00, 90_00)
        assert report["totals"][0]["billed"] == line["billed"]
    rows = send(stage.pat, "get", "hours/report.csv?group=contract").content.decode().split("\r\n")
    assert rows[1].endswith(",1,2.75,2.75,USD,165.00,90.00")
    assert send(stage.casey, "get", "hours/report.pdf").content.startswith(b"%PDF")
    ended = send(stage.casey, "post", f"hourly-deals/{hired['id']}/end/", {"reason": "Done."}).json()
    assert (ended["status"], ended["ended_by"]) == ("ending", "customer")


def test_wrong_terms_make_nothing(stage: Stage, send: Send, rows: Callable[..., Any]):
    before = rows(HourlyDeal, Contract)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"weekly_cap_minutes": 30}, "/weekly_cap_minutes"),
        ({"time_zone": "Nowhere"}, "/time_zone"),
        ({"weeks": 0}, "/weeks"),
        ({"contractor_id": None}, "/contractor_id"),
    ]
    for change, pointer in wrong:
        answer = send(stage.casey, "post", "hourly-deals/", body(stage, **change))
        assert answer.status_code in (400, 422), answer.json()
        assert pointer in [each["pointer"] for each in answer.json()["errors"]]
    weekly = {"job_id": str(make_job(stage.casey)), "contractor_id": str(stage.pat.id), "funding": "weekly"}
    amount = {"amount": 60_00, "currency": "USD"}
    refused = send(stage.casey, "post", "offers/", {**weekly, "amount": amount, "payment_method": GOOD_CARD})
    assert refused.status_code in (400, 422)
    assert rows(HourlyDeal, Contract) == before


def test_strangers_find_nothing(stage: Stage, hired: dict[str, Any], send: Send, omar: Actor, rows: Callable[..., Any]):
    week = Week.objects.filter(deal_id=hired["id"]).first()
    assert week is not None
    before = rows(HourlyDeal, Week, TimeEntry, Timer)
    for method, path, sent in [
        ("get", f"hourly-deals/{hired['id']}/", None),
        ("get", f"hourly-deals/{hired['id']}/weeks/", None),
        ("post", f"hourly-deals/{hired['id']}/end/", {}),
        ("get", f"weeks/{week.pk}/", None),
        ("post", f"weeks/{week.pk}/dispute/", {"entry_ids": [str(week.pk)], "reason": "I like money."}),
        ("post", "timer/start/", {"contract_id": hired["contract_id"]}),
    ]:
        assert send(omar, method, path, sent).status_code == 404, path
    assert send(omar, "get", "hourly-deals/").json()["results"] == []
    assert send(omar, "get", "hours/report/").json()["lines"] == []
    assert rows(HourlyDeal, Week, TimeEntry, Timer) == before
    # And the customer neither logs time nor runs a timer.
    assert send(stage.casey, "post", "timer/start/", {"contract_id": hired["contract_id"]}).status_code == 403


def test_queries_do_not_grow(stage: Stage, hired: dict[str, Any], send: Send):
    for number in (1, 2):
        stage.at(stage.week(number).closes_at + timedelta(minutes=1))
        stage.tick()
    week = stage.week()
    found = {}
    for name, path in {
        "deals": "hourly-deals/",
        "weeks": f"hourly-deals/{hired['id']}/weeks/",
        "week": f"weeks/{week.pk}/",
        "report": "hours/report/",
    }.items():
        send(stage.casey, "get", path)
        with CaptureQueriesContext(connection) as queries:
            assert send(stage.casey, "get", path).status_code == 200
        found[name] = len(queries)
    assert found == {"deals": DEALS, "weeks": WEEKS, "week": ONE_WEEK, "report": REPORT}, found
