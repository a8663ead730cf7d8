"""Everything there is, page by page: filters, names, and a cost that does not grow with the page (R99, R102, R108)."""

import pytest

from jobsphere.kit.ids import uuid7
from tests.stories.people import DECLINED_CARD, Customer, dollars

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def market(make_deal, pay_out, settle, admin):
    """Three deals: one done and paid out, one refunded in part, one just begun; and a card that was declined."""
    done, refunded, begun = make_deal(), make_deal(), make_deal()
    done.complete()
    pay_out(done.contractor, 300)
    pay_out(done.contractor, 400)
    refunded.work(refunded.milestones[0])
    refunded.customer.post(f"milestones/{refunded.milestones[0]}/release/")
    hold = next(
        each
        for each in admin.get("holds/", contract_id=refunded.id)["results"]
        if each["milestone_id"] == refunded.milestones[1]
    )
    for amount in (100, 200):
        admin.post(f"holds/{hold['id']}/refund/", {"reason": "Half of it was done.", "amount": dollars(amount)})
    settle()
    broke = Customer("Bea Broke")
    proposal = begun.contractor.proposes(broke.posts_job(), 500)
    broke.offers(proposal_id=proposal, payment_method=DECLINED_CARD)
    settle()
    return done, refunded, begun


#: Path, query, statements a page (the first is who asks), rows if their number is worth knowing.
LISTS = [
    ("jobs/", {}, 2, 4),
    ("contracts/", {}, 7, 3),
    ("payments/", {}, 2, 4),
    ("holds/", {}, 3, 6),
    ("refunds/", {}, 2, 2),
    ("payouts/", {}, 3, 2),
    ("wallets/", {}, 3, 2),
    ("transfers/", {}, 4, None),
    ("operations/", {"status": "succeeded"}, 2, None),
    ("audit/", {"verb": "offer.accept"}, 3, 3),
]


def test_a_page_costs_the_same_whatever_its_size_and_pages_of_two_tell_the_same_story(
    admin, market, django_assert_num_queries
):
    for path, query, queries, total in LISTS:
        for size in (1, 100):
            with django_assert_num_queries(queries, info=path):
                page = admin.get(path, page_size=size, **query)
        found = ids(page)
        assert len(found) == total or (total is None and len(found) > 5), path
        assert found == sorted(found, reverse=True), path
        assert walked(admin, path, query) == found, path


def walked(admin, path: str, query: dict[str, str]) -> list[str]:
    """Turn pages of two, forwards to the end and back, and return what stood on them."""
    page = admin.get(path, page_size=2, **query)
    forwards = [page]
    while page["next"]:
        page = admin.client.get(page["next"]).json()
        forwards.append(page)
    for expected in reversed(forwards[:-1]):
        page = admin.client.get(page["previous"]).json()
        assert ids(page) == ids(expected)
    return [row_id for page in forwards for row_id in ids(page)]


def ids(page) -> list[str]:
    return [each["id"] for each in page["results"]]


def test_jobs_and_contracts_are_found(admin, staff, market):
    done, refunded, begun = market
    finished = admin.get("jobs/", status="completed")["results"]
    assert [each["customer"]["name"] for each in finished] == [done.customer.name]
    assert len(ids(admin.get("jobs/", customer_id=begun.customer.id))) == 1
    assert ids(admin.get("jobs/", contractor_id=refunded.contractor.id, status="open")) == []
    assert len(ids(admin.get("jobs/", search="bathroom"))) == 4
    assert admin.get(f"jobs/{finished[0]['id']}/")["title"] == "Renovate the bathroom"
    assert admin.get("jobs/", status="lost", expect=400)["errors"][0]["pointer"] == "/status"
    begun.customer.post("jobs/", {"title": "Not yet", "draft": True}, expect=201)
    assert [each["title"] for each in admin.get("jobs/", status="draft")["results"]] == ["Not yet"]

    assert ids(admin.get("contracts/", status="completed")) == [done.id]
    assert ids(admin.get("contracts/", person_id=refunded.contractor.id)) == [refunded.id]
    shown = staff("support").get(f"contracts/{begun.id}/")
    assert (shown["money"]["protected"], shown["allowed_actions"]) == (dollars(1000), [])
    assert ids(admin.get("contracts/", on_hold="true")) == []
    assert ids(staff("support").get("contracts/", job_id=shown["job_id"])) == [begun.id]


def test_payments_refunds_payouts_holds_and_wallets_are_found(admin, market):
    done, refunded, begun = market
    failed = admin.get("payments/", status="failed")["results"]
    assert [(each["payer_name"], each["failure_code"] != "") for each in failed] == [("Bea Broke", True)]
    assert [each["status"] for each in admin.get("payments/", person_id=done.customer.id)["results"]] == ["withdrawn"]
    assert len(ids(admin.get("payments/", person_id=begun.contractor.id))) == 2
    assert ids(admin.get("payments/", disputed="true")) == []
    assert ids(admin.get("payments/", until="2001-01-01T00:00:00Z")) == []
    assert admin.get(f"payments/{failed[0]['id']}/") == failed[0]

    amounts = [each["amount"] for each in admin.get("refunds/", person_id=refunded.customer.id)["results"]]
    assert amounts == [dollars(200), dollars(100)]
    payment = admin.get("refunds/")["results"][0]["payment_id"]
    assert len(ids(admin.get("refunds/", payment_id=payment))) == 2
    assert ids(admin.get("refunds/", status="failed")) == []
    paid = admin.get("payouts/", status="paid", person_id=done.contractor.id)["results"]
    assert [(each["payee"]["name"], each["amount"]) for each in paid] == [
        (done.contractor.name, dollars(400)),
        (done.contractor.name, dollars(300)),
    ]
    held = admin.get("holds/", status="funded", person_id=begun.contractor.id)["results"]
    assert {each["contract_id"] for each in held} == {begun.id}
    assert {each["payer"]["name"] for each in held} == {begun.customer.name}

    found = {each["owner"]["name"]: each["balance"] for each in admin.get("wallets/", currency="USD")["results"]}
    assert found == {done.contractor.name: dollars(0), refunded.contractor.name: dollars(280)}
    assert len(ids(admin.get("wallets/", user_id=refunded.contractor.id))) == 1
    assert ids(admin.get("wallets/", currency="EUR")) == []


def test_transfers_are_found_by_code_source_account_and_date_and_the_trail_by_its_words(admin, market, ada):
    done, refunded, _ = market
    funded = admin.get("transfers/", code="escrow.funded")["results"]
    assert len(funded) == 3
    assert all(sum(leg["signed"]["amount"] for leg in each["legs"]) == 0 for each in funded)
    of_refunds = admin.get("transfers/", kind="refund_in_transit", page_size=100)["results"]
    assert {each["code"] for each in of_refunds} == {"refund.requested", "refund.succeeded"}
    theirs = admin.get("transfers/", kind="wallet", account_owner=refunded.contractor.id)["results"]
    assert [each["code"] for each in theirs] == ["escrow.released"]
    source = funded[0]
    same = admin.get("transfers/", source_type=source["source_type"], source_id=source["source_id"])
    assert source["id"] in ids(same)
    assert ids(admin.get("transfers/", since="2100-01-01T00:00:00Z")) == []
    assert ids(admin.get("transfers/", currency="EUR")) == []
    assert admin.get("transfers/", kind="pocket", expect=400)["errors"][0]["pointer"] == "/kind"

    mine = admin.get("audit/", actor_id=str(ada.id))["results"]
    assert {each["actor_name"] for each in mine} == {"Ada Admin"}
    verbs = {each["verb"] for each in admin.get("audit/", verb="escrow.", page_size=100)["results"]}
    assert {"escrow.fund", "escrow.release", "escrow.refund"} <= verbs
    assert all(verb.startswith("escrow.") for verb in verbs)
    one = admin.get("audit/", target_id=done.id, page_size=100)["results"]
    assert one
    together = admin.get("audit/", request_id=one[0]["request_id"], page_size=100)["results"]
    assert one[0] in together
    assert admin.get("audit/", verb="escrow.fund", target_type="job")["results"] == []


@pytest.mark.parametrize("path", ["jobs/", "contracts/", "payments/", "users/", "operations/", "events/"])
def test_what_is_not_there_is_not_found(admin, stage, path):
    admin.get(f"{path}{uuid7()}/", expect=404)


@pytest.mark.parametrize("query", [{"page_size": 0}, {"page_size": 101}, {"cursor": "nonsense"}, {"colour": "red"}])
def test_a_wrong_query_is_refused(admin, query):
    assert admin.get("users/", **query, expect=400)["code"] == "invalid-input"
