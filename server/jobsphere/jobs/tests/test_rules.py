"""Every status x action x party, and every refusal of input."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from jobsphere.jobs import rules
from jobsphere.jobs.types import (
    Budget,
    JobDetails,
    JobStatus,
    PriceKind,
    ProposalDetails,
    ProposalStatus,
    ProposedMilestone,
)
from jobsphere.kit.errors import InvalidInput, WrongStatus
from jobsphere.kit.money import Money

TODAY = date(2026, 3, 1)
PARTIES = ("customer", "contractor", "admin", "candidate", "contract", "system")

#: DESIGN §5 written out a second time, by party: "from action to".
JOB_TABLE = {
    "customer": """draft edit draft; draft publish open; draft delete draft; open edit open; open cancel cancelled;
        expired repost open""",
    "contractor": "",
    "admin": "open cancel cancelled",
    "candidate": "open propose open",
    "contract": """open cancel cancelled; open assign assigned; assigned start in_progress; assigned cancel cancelled;
        assigned reopen open; in_progress deliver delivered; in_progress cancel cancelled;
        in_progress dispute disputed; delivered resume in_progress; delivered complete completed;
        delivered dispute disputed; disputed resume in_progress; disputed complete completed;
        disputed cancel cancelled""",
    "system": "open expire expired",
}
PROPOSAL_TABLE = {
    "customer": """pending shortlist shortlisted; pending reject rejected; shortlisted reject rejected;
        pending offer pending; shortlisted offer shortlisted""",
    "contractor": "pending edit pending; pending withdraw withdrawn; shortlisted withdraw withdrawn",
    "admin": "",
    "candidate": "",
    "contract": """pending accept accepted; shortlisted accept accepted; pending close rejected;
        shortlisted close rejected; accepted release withdrawn""",
    "system": "pending close rejected; shortlisted close rejected",
}


def expected(table: dict[str, str], party: str) -> dict[tuple[str, str], str]:
    lines = [line.split() for line in table[party].split(";") if line.strip()]
    return {(source, action): target for source, action, target in lines}


def actions_of(table: dict[str, str]) -> set[str]:
    return {action for party in table for _, action in expected(table, party)}


def check_table(lifecycle, table, party, status) -> None:
    for action in [*sorted(actions_of(table)), "destroy"]:
        target = expected(table, party).get((status, action))
        assert (action in lifecycle.allowed(status, party)) is (target is not None)
        if target is None:
            with pytest.raises(WrongStatus) as refused:
                lifecycle.next(status, action, party=party)
            assert refused.value.fields["current_status"] == status
        else:
            assert lifecycle.next(status, action, party=party) == target


@pytest.mark.parametrize("party, status", list(product(PARTIES, JobStatus)))
def test_a_job_moves_as_designed_and_in_no_other_way(party, status):
    check_table(rules.JOB, JOB_TABLE, party, status)


@pytest.mark.parametrize("party, status", list(product(PARTIES, ProposalStatus)))
def test_a_proposal_moves_as_designed_and_in_no_other_way(party, status):
    check_table(rules.PROPOSAL, PROPOSAL_TABLE, party, status)


def test_what_is_completed_or_cancelled_stays_so():
    assert rules.JOB.final() == {JobStatus.COMPLETED, JobStatus.CANCELLED}
    assert rules.PROPOSAL.final() == {ProposalStatus.REJECTED, ProposalStatus.WITHDRAWN}


def usd(amount: int) -> Money:
    return Money(amount, "USD")


WHOLE = JobDetails(
    title="Paint the fence",
    description="Green, two coats.",
    category="painters",
    budget=Budget(PriceKind.FIXED, usd(100), usd(200)),
    due_on=TODAY + timedelta(days=7),
)

WRONG_JOBS = [
    ({"title": " "}, "/title", "blank"),
    ({"skills": tuple(f"s{n}" for n in range(16))}, "/skills", "too-many"),
    ({"due_on": TODAY - timedelta(days=1)}, "/due_on", "past"),
    ({"starts_on": TODAY - timedelta(days=1)}, "/starts_on", "past"),
    ({"due_on": TODAY + timedelta(days=3000)}, "/due_on", "too-far"),
    ({"starts_on": TODAY + timedelta(days=8)}, "/due_on", "order"),
    ({"latitude": 1.0}, "/latitude", "incomplete"),
    ({"budget": Budget(PriceKind.FIXED, usd(0), usd(5))}, "/budget/min/amount", "positive"),
    ({"budget": Budget(PriceKind.FIXED, usd(-3), usd(5))}, "/budget/min/amount", "positive"),
    ({"budget": Budget(PriceKind.FIXED, usd(9), usd(5))}, "/budget/max/amount", "order"),
    ({"budget": Budget(PriceKind.FIXED, usd(9), Money(10, "EUR"))}, "/budget/max/currency", "mixed"),
    ({"description": " "}, "/description", "required"),
    ({"category": ""}, "/category", "required"),
    ({"budget": None}, "/budget", "required"),
]


@pytest.mark.parametrize("change, pointer, code", WRONG_JOBS)
def test_a_wrong_job_is_refused_with_the_field_and_a_code(change, pointer, code):
    with pytest.raises(InvalidInput) as refused:
        rules.check_job(replace(WHOLE, **change), today=TODAY, complete=True)
    assert (pointer, code) in {(error.pointer, error.code) for error in refused.value.errors}


def test_a_whole_job_and_a_draft_with_only_a_title_are_fine():
    rules.check_job(WHOLE, today=TODAY, complete=True)
    rules.check_job(JobDetails(title="Something"), today=TODAY, complete=False)


FINE = ProposalDetails(
    price=usd(300),
    message="I can.",
    estimated_days=3,
    milestones=(ProposedMilestone("Half", usd(100)), ProposedMilestone("Rest", usd(200))),
)

WRONG_PROPOSALS = [
    ({"price": usd(0)}, "/price/amount", "positive"),
    ({"price": usd(-1)}, "/price/amount", "positive"),
    ({"price": Money(300, "EUR")}, "/price/currency", "currency"),
    ({"estimated_days": 0}, "/estimated_days", "out-of-range"),
    ({"estimated_days": 10_000}, "/estimated_days", "out-of-range"),
    ({"message": "  "}, "/message", "blank"),
    ({"price": usd(301)}, "/milestones", "sum"),
    ({"milestones": (ProposedMilestone("All", Money(300, "EUR")),)}, "/milestones/0/amount/currency", "mixed"),
    (
        {"milestones": (ProposedMilestone("More", usd(400)), ProposedMilestone("Less", usd(-100)))},
        "/milestones/1/amount/amount",
        "positive",
    ),
    ({"milestones": tuple(ProposedMilestone("x", usd(10)) for _ in range(30))}, "/milestones", "too-many"),
]


@pytest.mark.parametrize("change, pointer, code", WRONG_PROPOSALS)
def test_a_wrong_proposal_is_refused_with_the_field_and_a_code(change, pointer, code):
    with pytest.raises(InvalidInput) as refused:
        rules.check_proposal(replace(FINE, **change), currency="USD")
    assert (pointer, code) in {(error.pointer, error.code) for error in refused.value.errors}


def test_a_proposal_may_have_milestones_that_add_up_or_none():
    rules.check_proposal(FINE, currency="USD")
    rules.check_proposal(replace(FINE, milestones=()), currency="USD")


def test_an_open_job_expires_after_a_month_or_when_it_was_due():
    published = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert rules.expires_at(published=published, due_on=None) == published + timedelta(days=30)
    assert rules.expires_at(published=published, due_on=date(2027, 1, 1)) == published + timedelta(days=30)
    assert rules.expires_at(published=published, due_on=date(2026, 3, 3)).isoformat().startswith("2026-03-03T23:59:59")
