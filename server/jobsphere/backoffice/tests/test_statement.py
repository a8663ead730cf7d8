"""The statement of a contract: everything its money did, and it sums to zero (R74, DESIGN §4)."""

from typing import Any

import pytest

from jobsphere.backoffice.tests.conftest import holds_of
from jobsphere.kit.ids import uuid7
from tests.stories.people import books, dollars

pytestmark = pytest.mark.django_db(transaction=True)


def statement(admin, deal) -> Any:
    """Read a statement and check what must be true of every one."""
    found = admin.get(f"contracts/{deal.id}/statement/")
    assert found["total"] == dollars(0)
    assert sum(each["signed"]["amount"] for each in found["accounts"]) == 0
    for step in found["steps"]:
        assert sum(leg["debit"]["amount"] - leg["credit"]["amount"] for leg in step["legs"]) == 0
        assert all(min(leg["debit"]["amount"], leg["credit"]["amount"]) == 0 for leg in step["legs"])
    totals = {name: money["amount"] for name, money in found["totals"].items()}
    parts = ("platform_fee", "service_fee", "held", "contractor", "refunded", "unapplied")
    assert totals["charged"] == sum(totals[part] for part in parts)
    return found


def whole_dollars(found, *names) -> tuple[int, ...]:
    return tuple(found["totals"][name]["amount"] // 100 for name in names)


def balances(found) -> dict[str, int]:
    """Return what stands on each kind of account, in dollars."""
    sums: dict[str, int] = {}
    for each in found["accounts"]:
        kind = each["account"]["kind"]
        sums[kind] = sums.get(kind, 0) + each["balance"]["amount"] // 100
    return sums


def test_a_thousand_dollars_are_a_hundred_two_hundred_and_seven_hundred(admin, deal, pay_out):
    found = statement(admin, deal)
    assert balances(found) == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}
    assert whole_dollars(found, "charged", "held", "platform_fee") == (1000, 900, 100)
    deal.complete()
    found = statement(admin, deal)
    assert whole_dollars(found, "platform_fee", "service_fee", "contractor", "paid_out") == (100, 200, 700, 0)
    pay_out(deal.contractor, 700)
    found = statement(admin, deal)
    assert whole_dollars(found, "platform_fee", "service_fee", "contractor", "paid_out") == (100, 200, 700, 700)
    standing = {kind: balance for kind, balance in balances(found).items() if balance}
    assert standing == {"gateway": 300, "revenue_platform_fee": 100, "revenue_service_fee": 200}
    assert standing == books(), "the only contract there is explains all of the books"
    assert [step["number"] for step in found["steps"]] == list(range(1, len(found["steps"]) + 1))
    assert found["steps"][0]["code"] == "escrow.funded"
    wallet = next(each["account"] for each in found["accounts"] if each["account"]["kind"] == "wallet")
    assert wallet["owner_name"] == deal.contractor.name


def test_a_withdrawal_from_two_contracts_is_shared_between_their_statements(admin, make_deal, pay_out):
    first = make_deal()
    second = make_deal(contractor=first.contractor)
    first.complete()
    second.complete()
    pay_out(first.contractor, 1000)
    paid = {}
    for each in (first, second):
        found = statement(admin, each)
        (paid[each.id],) = whole_dollars(found, "paid_out")
        shared = [step["share_of"] for step in found["steps"] if step["source_type"] == "payout"]
        assert shared, "the payout is part of both"
        assert set(map(str, shared)) == {str(dollars(1000))}
    assert paid == {first.id: 700, second.id: 300}


def test_a_refund_stands_in_the_statement(admin, deal, settle):
    first, second = holds_of(admin, deal)
    admin.post(f"holds/{first['id']}/refund/", {"reason": "The pipes were never laid."})
    settle()
    deal.work(deal.milestones[1])
    deal.customer.post(f"milestones/{deal.milestones[1]}/release/")
    found = statement(admin, deal)
    assert whole_dollars(found, "charged", "refunded", "contractor", "held") == (1000, 400, 420, 0)
    assert second["held"] == dollars(540)


def test_a_statement_costs_the_same_whatever_has_happened(admin, deal, pay_out, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as beginning:
        admin.get(f"contracts/{deal.id}/statement/")
    deal.complete()
    pay_out(deal.contractor, 700)
    with django_assert_max_num_queries(20) as end:
        admin.get(f"contracts/{deal.id}/statement/")
    assert len(end) - len(beginning) in (0, 1), "names of people are read once there are wallets"


def test_there_is_no_statement_of_what_is_not_there(admin):
    admin.get(f"contracts/{uuid7()}/statement/", expect=404)
