"""What `manage.py reconcile` looks at: that offers, contracts, milestones and holds tell the same story."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Count

from jobsphere.contracts.models import Contract, Milestone, Offer
from jobsphere.contracts.rules.lifecycles import HELD_MILESTONES, ContractStatus, MilestoneStatus, OfferStatus
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import HoldStatus, HoldView
from jobsphere.ledger.types import Discrepancy

_CHUNK = 500
_HELD = {HoldStatus.FUNDED, HoldStatus.FROZEN}
#: Where the money of a milestone must be.
HOLDS_OF = {
    **dict.fromkeys(HELD_MILESTONES, _HELD),
    MilestoneStatus.RELEASED: {HoldStatus.RELEASED},
    MilestoneStatus.REFUNDED: {HoldStatus.REFUNDED},
}


def milestones_match_their_holds() -> Iterator[Discrepancy]:
    """Every milestone of a contract has one hold of its amount, in a status that fits; an ended contract holds none."""
    last: UUID | None = None
    while chunk := _contracts_after(last):
        last = chunk[-1].pk
        holds = escrow.holds_of_contracts([contract.pk for contract in chunk])
        for contract in chunk:
            by_milestone = {hold.milestone_id: hold for hold in holds.get(contract.pk, ())}
            yield from _compare(contract, by_milestone)


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
        if hold is None or hold.amount.amount != row.amount or hold.status not in HOLDS_OF.get(status, set()):
            found = f"its hold is {hold.status} with {hold.amount}" if hold else "it has no hold"
            yield Discrepancy("contracts.milestones", f"milestone {row.pk}", f"is {status}, but {found}.")
    open_ = any(row.status in HELD_MILESTONES for row in rows)
    if open_ != (contract.status == ContractStatus.ACTIVE):
        text = f"is {contract.status}, but " + ("has protected money." if open_ else "nothing of it is protected.")
        yield Discrepancy("contracts.milestones", f"contract {contract.pk}", text)
