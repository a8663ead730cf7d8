"""Every status × action × party of the four lifecycles, against tables written out by hand."""

from itertools import product
from typing import Any

import pytest

from jobsphere.contracts import policies
from jobsphere.contracts.errors import WrongParty
from jobsphere.contracts.rules.lifecycles import (
    ADMIN,
    CONTRACT,
    CONTRACTOR,
    CUSTOMER,
    FROZEN_ACTIONS,
    HELD_MILESTONES,
    LIVE_OFFERS,
    MILESTONE,
    OFFER,
    OPEN_OFFERS,
    PARTIES,
    REFUND_REQUEST,
    SYSTEM,
    TAKEN_OFFERS,
    ContractStatus,
    MilestoneStatus,
    OfferStatus,
    RefundRequestStatus,
)
from jobsphere.kit.errors import WrongStatus

S, C, M, R = OfferStatus, ContractStatus, MilestoneStatus, RefundRequestStatus

#: (status, party) -> {action: status it leads to}. What is not here is not possible.
Expected = dict[tuple[Any, str], dict[str, Any]]

OFFERS: Expected = {
    (S.AWAITING_PAYMENT, CUSTOMER): {"pay": S.AWAITING_PAYMENT, "withdraw": S.WITHDRAWN},
    (S.AWAITING_PAYMENT, ADMIN): {"withdraw": S.WITHDRAWN},
    (S.AWAITING_PAYMENT, SYSTEM): {
        "authorize": S.PENDING,
        "decline": S.DECLINED_BY_GATEWAY,
        "withdraw": S.WITHDRAWN,
        "expire": S.EXPIRED,
    },
    (S.PENDING, CUSTOMER): {"withdraw": S.WITHDRAWN},
    (S.PENDING, CONTRACTOR): {"accept": S.ACCEPTING, "reject": S.REJECTED},
    (S.PENDING, ADMIN): {"withdraw": S.WITHDRAWN},
    (S.PENDING, SYSTEM): {"decline": S.DECLINED_BY_GATEWAY, "withdraw": S.WITHDRAWN, "expire": S.EXPIRED},
    (S.ACCEPTING, SYSTEM): {"capture": S.ACCEPTED, "decline": S.DECLINED_BY_GATEWAY, "give_up": S.WITHDRAWN},
}
CONTRACTS: Expected = {
    (C.ACTIVE, CUSTOMER): {
        "complete": C.COMPLETED,
        "cancel": C.CANCELLED,
        "update": C.ACTIVE,
        "propose_change": C.ACTIVE,
        "tip": C.ACTIVE,
    },
    (C.COMPLETED, CUSTOMER): {"tip": C.COMPLETED},
    (C.COMPLETED, CONTRACTOR): {"claim_expense": C.COMPLETED},
    (C.ACTIVE, CONTRACTOR): {
        "deliver": C.ACTIVE,
        "cancel": C.CANCELLED,
        "log_time": C.ACTIVE,
        "claim_expense": C.ACTIVE,
        "propose_change": C.ACTIVE,
    },
    (C.ACTIVE, ADMIN): {"cancel": C.CANCELLED, "hold": C.ACTIVE, "resume": C.ACTIVE},
    (C.ACTIVE, SYSTEM): {"complete": C.COMPLETED, "cancel": C.CANCELLED, "log_time": C.ACTIVE},
}
MILESTONES: Expected = {
    (M.PENDING, CUSTOMER): {"fund": M.PENDING},
    (M.PENDING, SYSTEM): {"capture": M.FUNDED, "remove": M.REMOVED},
    (M.FUNDED, CUSTOMER): {"request_refund": M.FUNDED},
    (M.FUNDED, CONTRACTOR): {"start": M.IN_PROGRESS, "refund": M.REFUNDED},
    (M.FUNDED, ADMIN): {"refund": M.REFUNDED},
    (M.FUNDED, SYSTEM): {"refund": M.REFUNDED, "settle": M.RELEASED},
    (M.IN_PROGRESS, CUSTOMER): {"request_refund": M.IN_PROGRESS},
    (M.IN_PROGRESS, CONTRACTOR): {"submit": M.SUBMITTED, "refund": M.REFUNDED},
    (M.IN_PROGRESS, ADMIN): {"release": M.RELEASED, "refund": M.REFUNDED},
    (M.IN_PROGRESS, SYSTEM): {"refund": M.REFUNDED, "settle": M.RELEASED},
    (M.SUBMITTED, CUSTOMER): {
        "release": M.RELEASED,
        "request_changes": M.CHANGES_REQUESTED,
        "request_refund": M.SUBMITTED,
    },
    (M.SUBMITTED, CONTRACTOR): {"refund": M.REFUNDED},
    (M.SUBMITTED, ADMIN): {"release": M.RELEASED, "refund": M.REFUNDED},
    (M.SUBMITTED, SYSTEM): {"release": M.RELEASED, "refund": M.REFUNDED, "settle": M.RELEASED},
    (M.CHANGES_REQUESTED, CUSTOMER): {"request_refund": M.CHANGES_REQUESTED},
    (M.CHANGES_REQUESTED, CONTRACTOR): {"submit": M.SUBMITTED, "refund": M.REFUNDED},
    (M.CHANGES_REQUESTED, ADMIN): {"release": M.RELEASED, "refund": M.REFUNDED},
    (M.CHANGES_REQUESTED, SYSTEM): {"refund": M.REFUNDED, "settle": M.RELEASED},
    # It stays released, with a part of it refunded.
    (M.RELEASED, CONTRACTOR): {"refund": M.RELEASED},
    (M.RELEASED, ADMIN): {"refund": M.RELEASED},
}
REQUESTS: Expected = {
    (R.REQUESTED, CUSTOMER): {"withdraw": R.WITHDRAWN},
    (R.REQUESTED, CONTRACTOR): {"agree": R.AGREED, "decline": R.DECLINED},
    (R.REQUESTED, SYSTEM): {"withdraw": R.WITHDRAWN},
}
TABLES = [(OFFER, S, OFFERS), (CONTRACT, C, CONTRACTS), (MILESTONE, M, MILESTONES), (REFUND_REQUEST, R, REQUESTS)]
EVERY = [
    pytest.param(table, status, action, party, expected, id=f"{statuses.__name__}-{status}-{action}-{party}")
    for table, statuses, expected in TABLES
    for status, action, party in product(
        statuses, sorted({action for rows in expected.values() for action in rows} | {"fly"}), PARTIES
    )
]


@pytest.mark.parametrize("table, status, action, party, expected", EVERY)
def test_an_action_leads_where_it_should_and_is_refused_everywhere_else(table, status, action, party, expected):
    wanted = expected.get((status, party), {}).get(action)
    if wanted is not None:
        assert table.next(status, action, party=party) is wanted
        assert policies.require(table, status, action, party) is wanted
        assert action in table.allowed(status, party)
        return
    assert action not in table.allowed(status, party)
    with pytest.raises(WrongStatus) as refusal:
        table.next(status, action, party=party)
    assert refusal.value.fields["current_status"] == status
    assert refusal.value.fields["allowed_actions"] == sorted(expected.get((status, party), {}))


@pytest.mark.parametrize("table, status, action, party, expected", EVERY)
def test_what_is_never_a_partys_to_do_is_forbidden_and_the_rest_is_a_conflict(table, status, action, party, expected):
    if action in expected.get((status, party), {}):
        return
    ever = any(action in rows for (_, doer), rows in expected.items() if doer == party)
    with pytest.raises(WrongStatus if ever else WrongParty) as refusal:
        policies.require(table, status, action, party)
    assert refusal.value.status == (409 if ever else 403)


@pytest.mark.parametrize("table, statuses, expected", TABLES)
def test_a_status_without_actions_is_final(table, statuses, expected):
    assert table.final() == set(statuses) - {status for status, _ in expected}


def test_groups_of_statuses_are_what_their_names_say():
    assert set(LIVE_OFFERS) == {status for status, _ in OFFERS}
    assert set(OPEN_OFFERS) == {status for (status, _), rows in OFFERS.items() if "withdraw" in rows}
    assert set(TAKEN_OFFERS) == {S.ACCEPTING, S.ACCEPTED}
    closing = {status for (status, _), rows in MILESTONES.items() if rows.get("refund") is M.REFUNDED}
    assert set(HELD_MILESTONES) == closing
    assert set(HELD_MILESTONES) == {status for (status, _), rows in MILESTONES.items() if "settle" in rows}


def test_a_hold_forbids_whatever_moves_money_and_nothing_else():
    moving = {"fund", "change", "tip", "release", "refund", "request_refund", "complete", "cancel", "agree"}
    assert moving == FROZEN_ACTIONS
