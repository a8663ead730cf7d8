"""What `manage.py reconcile` looks at: that offers, contracts, milestones and holds tell the same story."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Count

from jobsphere.contracts.models import Contract, Expense, Milestone, Offer, Tip
from jobsphere.contracts.models.extras import Extra
from jobsphere.contracts.rules.lifecycles import (
    HELD_MILESTONES,
    UNPAID_MILESTONES,
    ContractStatus,
    MilestoneStatus,
    OfferStatus,
)
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import HoldStatus, HoldView
from jobsphere.ledger.checks import Explanation
from jobsphere.ledger.types import Discrepancy

_CHUNK = 500
#: The status of an extra whose money is in the contractor's wallet.
PAID = "paid"
_HELD = {HoldStatus.FUNDED, HoldStatus.FROZEN}
#: Where the money of a milestone must be.
HOLDS_OF = {
    **dict.fromkeys(HELD_MILESTONES, _HELD),
    MilestoneStatus.RELEASED: {HoldStatus.RELEASED},
    MilestoneStatus.REFUNDED: {HoldStatus.REFUNDED},
}

EXPLANATIONS = {
    "contracts.milestones": Explanation(
        "A milestone and the money behind it tell different stories: one of the two was edited by hand.",
        "Freeze the contract, compare its statement with its history, and put the row right that stands alone.",
    ),
    "contracts.tips": Explanation(
        "A tip and the money behind it tell different stories: one of the two was edited by hand.",
        "Compare the tip with its payment and the transfers of its hold, which are right, and put the row right.",
    ),
    "contracts.expenses": Explanation(
        "An expense and the money behind it tell different stories: one of the two was edited by hand.",
        "Compare the expense with its payment and the transfers of its hold, which are right, and put the row right.",
    ),
    "contracts.offers": Explanation(
        "An accepted offer has no contract, or one that was not accepted has one.",
        "Look at the offer's payment: if it was captured for this offer, a contract must be there; else refund it.",
    ),
}


def milestones_match_their_holds() -> Iterator[Discrepancy]:
    """Every milestone that was paid in has one hold of its amount, in a status that fits, and no other has any; an
    ended contract holds none and waits for none.
    """
    last: UUID | None = None
    while chunk := _contracts_after(last):
        last = chunk[-1].pk
        holds = escrow.holds_of_contracts([contract.pk for contract in chunk])
        for contract in chunk:
            by_milestone = {hold.milestone_id: hold for hold in holds.get(contract.pk, ())}
            yield from _compare(contract, by_milestone)


def tips_match_their_holds() -> Iterator[Discrepancy]:
    """A paid tip has one hold of its amount, released without a fee; no other tip has any."""
    return _extras_match_their_holds("tip", Tip)


def expenses_match_their_holds() -> Iterator[Discrepancy]:
    """A paid expense has one hold of its amount, released without a fee; no other expense has any."""
    return _extras_match_their_holds("expense", Expense)


def _extras_match_their_holds(name: str, model: type[Extra]) -> Iterator[Discrepancy]:
    rows = model._default_manager.order_by("pk")
    holds = escrow.holds_of_contracts(rows.order_by().values_list("contract_id", flat=True).distinct())
    by_row = {hold.milestone_id: hold for found in holds.values() for hold in found}
    for row in rows.iterator():
        hold = by_row.get(row.pk)
        fits = hold is not None and hold.status is HoldStatus.RELEASED and hold.amount.amount == row.amount
        free = hold is not None and not hold.platform_fee.amount and not hold.service_fee.amount
        if not ((fits and free) if row.status == PAID else hold is None):
            found_hold = f"its hold is {hold.status} with {hold.amount}" if hold else "it has no hold"
            yield Discrepancy(f"contracts.{name}s", f"{name} {row.pk}", f"is {row.status}, but {found_hold}.")


def offers_match_their_contracts() -> Iterator[Discrepancy]:
    """An accepted offer has a contract, and no other offer has one."""
    counted = Offer.objects.annotate(contracts=Count("contract"))
    for offer in counted.filter(status=OfferStatus.ACCEPTED, contracts=0):
        yield Discrepancy("contracts.offers", f"offer {offer.pk}", "is accepted, but has no contract.")
    for offer in counted.exclude(status=OfferStatus.ACCEPTED).filter(contracts__gt=0):
        yield Discrepancy("contracts.offers", f"offer {offer.pk}", f"is {offer.status}, but has a contract.")


def _contracts_after(last: UUID | None) -> list[Contract]:
    rows = Contract.objects.order_by("pk").prefetch_related("milestones")
    return list((rows.filter(pk__gt=last) if last else rows)[:_CHUNK])


def _compare(contract: Contract, holds: Mapping[UUID, HoldView]) -> Iterator[Discrepancy]:
    rows: list[Milestone] = list(contract.milestones.all())
    for row in rows:
        hold = holds.get(row.pk)
        status = MilestoneStatus(row.status)
        if status in UNPAID_MILESTONES:
            if hold is not None:
                text = f"is {status}, but its hold is {hold.status} with {hold.amount}."
                yield Discrepancy("contracts.milestones", f"milestone {row.pk}", text)
        elif hold is None or hold.amount.amount != row.amount or hold.status not in HOLDS_OF.get(status, set()):
            found = f"its hold is {hold.status} with {hold.amount}" if hold else "it has no hold"
            yield Discrepancy("contracts.milestones", f"milestone {row.pk}", f"is {status}, but {found}.")
    open_ = any(row.status in (*HELD_MILESTONES, MilestoneStatus.PENDING) for row in rows)
    if open_ != (contract.status == ContractStatus.ACTIVE):
        text = f"is {contract.status}, but " + ("a part of it is open." if open_ else "every part of it has ended.")
        yield Discrepancy("contracts.milestones", f"contract {contract.pk}", text)
