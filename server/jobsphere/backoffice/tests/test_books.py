"""The trial balance and its proof; figures; fees; settings (R64, R65, R76, R100, R101, R105)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.audit.models import AuditEntry
from jobsphere.backoffice.tests.conftest import holds_of
from jobsphere.escrow.models import EscrowHold, FeePolicy
from jobsphere.kit import clock
from jobsphere.ledger import checks
from tests.stories.people import DECLINED_CARD, Customer, dollars

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_books_balance_and_say_so(admin, deal):
    deal.complete()
    found = admin.get("books/")
    (usd,) = found["currencies"]
    assert (found["sound"], usd["currency"], usd["difference"]) == (True, "USD", dollars(0))
    natural = {line["kind"]: line["balance"]["amount"] // 100 for line in usd["lines"] if line["balance"]["amount"]}
    assert natural == {"gateway": 1000, "revenue_platform_fee": 100, "revenue_service_fee": 200, "wallet": 700}
    names = {check["name"] for check in found["verified"]}
    assert names == {name for name in checks.registered() if not name.endswith(".gateway")}
    assert all(check["found"] == [] for check in found["verified"])


def test_the_gateway_is_asked_only_when_wanted(admin, deal):
    asked = admin.get("books/", gateway="true")
    assert {check["name"] for check in asked["verified"]} == set(checks.registered())
    assert asked["sound"]
    assert admin.get("books/", verify="false")["verified"] is None


def test_unsound_books_are_not_called_sound(admin, deal):
    EscrowHold.objects.filter(contract_id=deal.id).update(status="released")
    found = admin.get("books/")
    assert found["sound"] is False
    assert [each for check in found["verified"] for each in check["found"]]


def test_the_reports_count_what_really_happened(admin, make_deal, settle, pay_out):
    first, second = make_deal(), make_deal()
    clock.set_offset(timedelta(minutes=90))
    first.complete()
    pay_out(first.contractor, 200)
    hold, _ = holds_of(admin, second)
    admin.post(f"holds/{hold['id']}/refund/", {"reason": "Never begun."})
    broke = Customer("Bea Broke")
    broke.offers(proposal_id=second.contractor.proposes(broke.posts_job(), 500), payment_method=DECLINED_CARD)
    rejected = broke.offers(proposal_id=second.contractor.proposes(broke.posts_job(), 300))
    second.contractor.post(f"offers/{rejected['id']}/reject/")
    settle()
    found = admin.get("reports/")
    assert sum(week["people"] for week in found["user_growth"]) == 6
    assert sum(week["customers"] for week in found["user_growth"]) == 3
    assert sum(week["contractors"] for week in found["user_growth"]) == 2
    jobs = {each["status"]: each["count"] for each in found["jobs_by_status"]}
    assert (jobs["completed"], jobs["assigned"], jobs["open"], jobs["cancelled"]) == (1, 1, 2, 0)
    assert found["contracts_completed"] == 1
    assert found["gross_volume"] == [dollars(2000)]
    platform = sum(week["platform_fee"]["amount"] for week in found["commission_by_week"])
    service = sum(week["service_fee"]["amount"] for week in found["commission_by_week"])
    assert (platform, service) == (160_00, 200_00), "the refunded share of the platform fee is taken off"
    assert found["payments"] == {
        "started": 4, "captured": 2, "declined": 1, "failed": 0, "given_up": 1, "success_rate": 1.0,
    }  # fmt: skip
    assert found["failures"] == {"payouts": 0, "refunds": 0, "operations": 0}
    assert found["minutes_from_authorisation_to_release"] == 90
    assert found["wallet_balances"] == [dollars(500)]


def test_weeks_begin_on_monday_and_the_period_cuts(admin, deal):
    week = datetime.fromisoformat(admin.get("reports/")["user_growth"][0]["week"])
    assert week.weekday() == 0
    long_ago = admin.get("reports/", since="2001-01-01T00:00:00Z", until="2002-01-01T00:00:00Z")
    assert (long_ago["user_growth"], long_ago["gross_volume"], long_ago["commission_by_week"]) == ([], [], [])
    assert long_ago["payments"]["success_rate"] is None
    assert long_ago["minutes_from_authorisation_to_release"] is None


def test_an_empty_marketplace_has_a_report_that_costs_a_fixed_number_of_queries(admin, make_deal, settle):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            admin.get("reports/")
        counts.append(len(queries))
        make_deal().complete()
    assert counts[0] == counts[1] <= 16


def test_a_period_that_ends_before_it_begins_is_refused(admin):
    problem = admin.get("reports/", since="2002-01-01T00:00:00Z", until="2001-01-01T00:00:00Z", expect=400)
    assert problem["errors"][0]["pointer"] == "/until"
    assert admin.get("reports/", since="yesterday", expect=400)["errors"][0]["pointer"] == "/since"


POLICY = {"name": "spring", "acceptance": {"basis_points": 500}, "completion": {"basis_points": 1500}}


def test_what_is_charged_changes_for_new_offers_only(admin, deal, make_deal):
    classic = admin.get("commission/")
    assert (classic["in_force"]["policy"], classic["policies"]) == ("jobsphere-classic", [])
    made = admin.post("commission/", POLICY, expect=201)
    assert made["acceptance"] == {"basis_points": 500, "fixed": 0, "minimum": 0, "cap": None}
    assert admin.get("commission/")["in_force"]["policy"] == "spring"
    deal.complete()
    assert deal.contractor.wallet() == 700_00, "a running contract keeps its terms"
    later = make_deal()
    later.complete()
    assert later.contractor.wallet() == 800_00
    assert AuditEntry.objects.filter(verb="fees.set").count() == 1


def test_a_policy_may_hold_from_a_later_moment_and_none_is_ever_edited(admin):
    later = (clock.now() + timedelta(days=3)).astimezone(UTC).isoformat()
    first = admin.post("commission/", {**POLICY, "valid_from": later}, expect=201)
    second = admin.post("commission/", {**POLICY, "name": "simple"}, expect=201)
    found = admin.get("commission/")
    assert found["policies"] == [first, second]
    assert found["in_force"]["policy"] == "simple"
    clock.set_offset(timedelta(days=4))
    assert admin.get("commission/")["in_force"]["policy"] == "spring"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"acceptance": {"basis_points": 10_001}}, "/acceptance/basis_points"),
        ({"acceptance": {"basis_points": -1}}, "/acceptance/basis_points"),
        ({"acceptance": {"basis_points": 100, "fixed": 50}}, "/currency"),
        ({"acceptance": {"basis_points": 1, "minimum": 9, "cap": 5}, "currency": "USD"}, "/acceptance/cap"),
        ({"currency": "XXX1"}, "/currency"),
        ({"currency": "ZZZ"}, "/currency"),
        ({"valid_from": "2001-01-01T00:00:00Z"}, "/valid_from"),
        ({"name": ""}, "/name"),
        ({"tier": "Gold Kunden"}, "/tier"),
        ({"tier": "größer"}, "/tier"),
        ({"percent": 10}, "/percent"),
    ],
)
def test_a_wrong_policy_is_refused_before_and_when_it_is_set_and_nothing_changes(admin, rows, change, pointer):
    before = rows(FeePolicy, AuditEntry)
    for path in ("commission/example/", "commission/"):
        problem = admin.post(path, {**POLICY, **change}, expect=400)
        assert [each["pointer"] for each in problem["errors"]] == [pointer]
    assert rows(FeePolicy, AuditEntry) == before


def test_a_tier_that_no_plan_could_name_is_refused_with_what_to_write(admin):
    (error,) = admin.post("commission/", {**POLICY, "tier": "Gold Kunden"}, expect=400)["errors"]
    assert (error["code"], "such as pro-2026" in error["detail"]) == ("tier-name", True)
    plan = {"audience": "contractor", "every": "month", "name": "Gold", "price": dollars(5), "tier": "Gold Kunden"}
    assert admin.post("plans/", plan, expect=400)["errors"] == [error], "plans and policies say the same"
    assert admin.get("plans/") == {"plans": [], "tiers": []}


def test_policies_say_where_they_stand_and_an_old_name_of_a_tier_stays_readable(admin):
    old = admin.post("commission/", {**POLICY, "tier": "gold"}, expect=201)
    FeePolicy.objects.filter(pk=old["id"]).update(tier="Gold Kunden")
    for name, more in (("first", {}), ("second", {}), ("dear", {"tier": "pro"})):
        admin.post("commission/", {**POLICY, "name": name, **more}, expect=201)
    later = (clock.now() + timedelta(days=3)).isoformat()
    admin.post("commission/", {**POLICY, "name": "third", "valid_from": later}, expect=201)
    standings = {each["name"]: (each["tier"], each["standing"]) for each in admin.get("commission/")["policies"]}
    assert standings == {
        "third": ("", "planned"),
        "dear": ("pro", "in_force"),
        "second": ("", "in_force"),
        "first": ("", "replaced"),
        "spring": ("Gold Kunden", "in_force"),
    }
    clock.set_offset(timedelta(days=4))
    later_on = {each["name"]: each["standing"] for each in admin.get("commission/")["policies"]}
    assert (later_on["third"], later_on["second"]) == ("in_force", "replaced")


def test_an_example_says_what_a_policy_means_and_sets_nothing(admin, rows):
    before = rows(FeePolicy, AuditEntry)
    found = admin.post("commission/example/", POLICY)
    assert found == {
        "amount": dollars(100),
        "then": {"platform_fee": dollars(5), "service_fee": dollars(15), "payout": dollars(80)},
        "now": {"platform_fee": dollars(10), "service_fee": dollars(20), "payout": dollars(70)},
        "policy_now": "jobsphere-classic",
    }
    assert rows(FeePolicy, AuditEntry) == before
    yen = {"basis_points": 100, "fixed": 30, "cap": 30}
    dear = admin.post("commission/example/", {**POLICY, "currency": "JPY", "acceptance": yen})
    assert (dear["amount"], dear["then"]["platform_fee"]["amount"]) == ({"amount": 100, "currency": "JPY"}, 30)


def test_an_example_is_reckoned_against_what_holds_by_then_and_costs_a_fixed_number_of_queries(admin):
    later = (clock.now() + timedelta(days=3)).isoformat()
    admin.post("commission/", {**POLICY, "name": "coming", "tier": "pro", "valid_from": later}, expect=201)
    wish = {**POLICY, "tier": "pro"}
    assert admin.post("commission/example/", wish)["policy_now"] == "jobsphere-classic"
    after = (clock.now() + timedelta(days=5)).isoformat()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert admin.post("commission/example/", {**wish, "valid_from": after})["policy_now"] == "coming"
        counts.append(len(queries))
        admin.post("commission/", {**POLICY, "name": "another"}, expect=201)
    assert counts[0] == counts[1] <= 3


def test_a_fee_setter_sets_fees_without_seeing_the_books(staff):
    clerk = staff("commission")
    clerk.post("commission/", POLICY, expect=201)
    assert len(clerk.get("commission/")["policies"]) == 1
    clerk.get("books/", expect=403)
    staff("finance").post("commission/example/", POLICY, expect=403)


def test_settings_are_shown_with_their_source_and_without_secrets(admin, monkeypatch):
    monkeypatch.setenv("THROTTLE_READ", "1200/min")
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_live_never_show_me")
    found = {each["name"]: each for each in admin.get("settings/")}
    assert found["AUTO_RELEASE_DAYS"]["value"] == str(django_settings.AUTO_RELEASE_DAYS)
    assert (found["THROTTLE_READ"]["set_by"], found["THROTTLE_WRITE"]["set_by"]) == ("environment", "default")
    assert found["STRIPE_SECRET_KEY"]["value"] == "set"
    everything = str(found)
    assert "never_show_me" not in everything
    assert django_settings.SECRET_KEY not in everything
