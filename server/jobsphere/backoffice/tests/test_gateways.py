"""Which gateways there are, whether they answer, and who may stop one."""

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.notifications.models import Notification
from jobsphere.payments.gateways.base import Unknown
from jobsphere.payments.health import note
from jobsphere.payments.models import GatewayHealth

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "The bank says so."}


def test_gateways_are_listed_with_their_health_in_the_operators_order(admin, second):
    for _ in range(5):
        note("sandbox", Unknown("it took too long"))
    first, other = admin.get("gateways/")
    assert (first["name"], first["state"], first["failures"]) == ("sandbox", "open", 5)
    assert first["last_error"] == "it took too long"
    assert first["retry_at"] > first["since"]
    assert (other["name"], other["state"], other["since"]) == ("second", "closed", None)
    assert other["capabilities"]["manual_capture"] is False


def test_the_operator_is_alarmed_when_a_circuit_opens_and_closes(admin, second, run_worker):
    for _ in range(5):
        note("sandbox", Unknown("it took too long"))
    admin.post("gateways/sandbox/close/", WHY)
    run_worker()
    told = Notification.objects.filter(type="staff.alarm").order_by("pk").values_list("title", flat=True)
    assert list(told) == ["New payments are not made at sandbox", "New payments are made at sandbox"]


def test_finance_opens_and_closes_with_a_reason(admin, second):
    opened = admin.post("gateways/second/open/", WHY)
    assert (opened["state"], opened["forced"]) == ("open", True)
    assert admin.post("gateways/second/close/", WHY)["state"] == "closed"
    entries = AuditEntry.objects.filter(verb__startswith="gateway.").order_by("pk")
    assert [(each.verb, each.detail["reason"]) for each in entries] == [
        ("gateway.open", WHY["reason"]),
        ("gateway.close", WHY["reason"]),
    ]


def test_without_a_reason_or_for_another_gateway_nothing_changes(admin, second):
    admin.post("gateways/sandbox/open/", expect=400)
    admin.post("gateways/elsewhere/open/", WHY, expect=404)
    assert not GatewayHealth.objects.exists()
    assert not AuditEntry.objects.filter(verb__startswith="gateway.").exists()


def test_the_list_costs_one_query_beside_the_session(admin, second, django_assert_num_queries):
    admin.get("gateways/")
    with django_assert_num_queries(2):
        admin.get("gateways/")
