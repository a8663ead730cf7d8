"""What staff see and decide of earnings that clear, of payees whose bank has changed, and of payouts that wait."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.audit.models import AuditEntry
from jobsphere.kit import clock
from jobsphere.payments.models import EarningLot, PayeeAccount

CAREFUL = {"new": 7, "verified": 3, "trusted": 0}


@pytest.fixture
def clearing(settings, make_deal, admin):
    """Two earnings of one contractor that still clear; returns the newest one's row."""
    settings.CLEARING_DAYS = CAREFUL
    deal = make_deal()
    deal.complete()
    rows = admin.get("earnings/", clearing="true")["results"]
    assert [row["payee"]["name"] for row in rows] == [deal.contractor.name] * 2
    return rows[0]


def test_earnings_are_listed_with_names_and_cleared_early_or_later(admin, clearing):
    assert (clearing["allowed_actions"], clearing["left"]) == (["clear", "delay"], clearing["amount"])
    until = (clock.now() + timedelta(days=20)).isoformat()
    later = admin.post(f"earnings/{clearing['id']}/delay/", {"reason": "The customer called.", "until": until})
    assert (later["reason_code"], later["payee"]) == ("held_by_staff", clearing["payee"])
    cleared = admin.post(f"earnings/{clearing['id']}/clear/", {"reason": "All is well."})
    assert (cleared["left"]["amount"], cleared["allowed_actions"]) == (0, [])
    before = AuditEntry.objects.count()
    admin.post(f"earnings/{clearing['id']}/clear/", {"reason": "Again."}, expect=409)
    assert AuditEntry.objects.count() == before


def test_a_date_that_is_past_is_refused_and_nothing_changes(admin, clearing):
    before = EarningLot.objects.values().get(pk=clearing["id"])
    past = {"reason": "Too late.", "until": (clock.now() - timedelta(days=1)).isoformat()}
    problem = admin.post(f"earnings/{clearing['id']}/delay/", past, expect=400)
    assert problem["errors"][0]["pointer"] == "/until"
    assert EarningLot.objects.values().get(pk=clearing["id"]) == before


def test_who_cools_off_is_listed_and_may_be_let_go(admin, staff, deal):
    deal.contractor.becomes_payable()
    assert admin.get("payees/cooling-off/")["results"] == []
    until = clock.now() + timedelta(days=3)
    PayeeAccount.objects.update(cooling_until=until, bank_changed_at=clock.now())
    (row,) = admin.get("payees/cooling-off/")["results"]
    assert (row["payee"]["name"], row["allowed_actions"]) == (deal.contractor.name, ["lift-cooling-off"])
    path = f"payees/{row['payee']['id']}/lift-cooling-off/"
    staff("support").post(path, {"reason": "Please."}, expect=403)
    assert PayeeAccount.objects.get().cooling_until == until
    answer = admin.client.post(
        f"/api/admin/{path}", {"reason": "Spoken to."}, format="json", headers={"Idempotency-Key": str(uuid4())}
    )
    assert answer.status_code == 204
    assert admin.get("payees/cooling-off/")["results"] == []


def test_the_lists_cost_the_same_for_one_row_and_for_many(admin, clearing):
    def counted(path, **query):
        with CaptureQueriesContext(connection) as queries:
            admin.get(path, **query)
        return len(queries)

    PayeeAccount.objects.create(user_id=clearing["payee"]["id"], gateway="x", cooling_until=clock.now() + timedelta(1))
    few = [counted("earnings/", page_size=1), counted("payees/cooling-off/")]
    PayeeAccount.objects.create(user_id=clearing["payee"]["id"], gateway="y", cooling_until=clock.now() + timedelta(1))
    assert [counted("earnings/"), counted("payees/cooling-off/")] == few
    assert few == [4, 3]
