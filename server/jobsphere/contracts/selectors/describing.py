"""What a payment or a hold was for, as people call it: the contract, the milestone, and where they are found."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.contracts.models import ChangeOrder, Contract, Expense, Milestone, Tip
from jobsphere.db.composed import composed, in_lists
from jobsphere.payments.types import Described
from jobsphere.plans.selectors.describing import described_periods


def holds(ids: Collection[UUID]) -> Mapping[UUID, Described]:
    """Name the milestones, tips and expenses whose money was held. At most three queries."""
    rows = Milestone.objects.filter(hold_id__in=list(ids), contract__isnull=False).select_related("contract")
    found = {row.hold_id: _named(row.contract, row.title) for row in rows if row.hold_id and row.contract}
    if left := [each for each in ids if each not in found]:
        tips = Tip.objects.filter(hold_id__in=left).select_related("contract")
        found |= {row.hold_id: _named(row.contract, "Tip") for row in tips if row.hold_id}
        spent = Expense.objects.filter(hold_id__in=left).select_related("contract")
        found |= {row.hold_id: _named(row.contract, _expense(row)) for row in spent if row.hold_id}
    return found


def payments(ids: Collection[UUID]) -> Mapping[UUID, Described]:
    """Name the contracts that were paid, and the milestones that were paid in later; and plans. At most six queries."""
    rows = Contract.objects.filter(payment_id__in=list(ids))
    found = {row.payment_id: _named(row) for row in rows}
    if left := [each for each in ids if each not in found]:
        parts = Milestone.objects.filter(payment_id__in=left, contract__isnull=False).select_related("contract")
        found |= {row.payment_id: _named(row.contract, row.title) for row in parts if row.payment_id and row.contract}
        orders = ChangeOrder.objects.filter(payment_id__in=left).select_related("contract")
        found |= {row.payment_id: _named(row.contract, "Change") for row in orders if row.payment_id}
        tips = Tip.objects.filter(payment_id__in=left).select_related("contract")
        found |= {row.payment_id: _named(row.contract, "Tip") for row in tips if row.payment_id}
        spent = Expense.objects.filter(payment_id__in=left).select_related("contract")
        found |= {row.payment_id: _named(row.contract, _expense(row)) for row in spent if row.payment_id}
        found |= described_periods([each for each in left if each not in found])
    return found


def titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Name contracts for the two who talk about them. One query."""
    return dict(in_lists(_titles, ids=ids))


@composed
def _titles(*, ids: list[UUID]) -> "QuerySet[Any]":
    return Contract.objects.filter(pk__in=ids).values_list("id", "title")


def _expense(row: Expense) -> str:
    return f"Expense: {row.what}"[:200]


def _named(contract: Contract, part: str = "") -> Described:
    # A contract in one piece has one milestone of the same name.
    return Described(contract.title, "" if part == contract.title else part, f"/contracts/{contract.pk}")
