"""What the bookings above ask about the money of a slot: shown before anybody decides (ADR 0029)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from jobsphere.contracts.models import Contract, Milestone, Offer
from jobsphere.contracts.rules.cancellation import CancellationPolicy, Split, WorkStage, cancellation_split
from jobsphere.contracts.rules.lifecycles import CUSTOMER, HELD_MILESTONES, ContractStatus
from jobsphere.contracts.rules.windows import describe_slot, moments_of
from jobsphere.contracts.selectors.money import cancellation_preview
from jobsphere.contracts.types import SlotDeal, SlotStep
from jobsphere.db.composed import get
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import split
from jobsphere.kit.money import Money
from jobsphere.plans.selectors import terms_for

__all__ = ["cancelling_costs", "deals_of", "describe_slot", "free_until", "place_of", "split_of_absence"]


def cancelling_costs(
    *,
    policy: CancellationPolicy,
    amount: Money,
    category: str,
    starts_at: datetime,
    contractor_id: UUID,
    customer_id: UUID | None = None,
) -> tuple[SlotStep, ...]:
    """Say what a customer gets back who cancels a slot, and until when; by today's fees for these two, before there is
    an offer.
    """
    terms = terms_for(contractor_id=contractor_id, customer_id=customer_id, category=category, amount=amount)
    (whole,) = split(amount, terms)
    steps = []
    for until, earned in moments_of(policy, starts_at):
        part = cancellation_split(
            policy=policy,
            stage=WorkStage.BEFORE_START,
            by=CUSTOMER,
            held=amount - whole.platform_fee,
            platform_fee=whole.platform_fee,
            service_fee=whole.service_fee,
            slot_earned=earned,
        )
        steps.append(SlotStep(until=until, refund=part.refund, earned_percent=earned // 100))
    return tuple(steps)


def split_of_absence(contract_id: UUID, *, absent: str) -> Split | None:
    """Say where the money would go now if that party did not come; None when nothing is protected any more."""
    contract = get(Contract, pk=contract_id)
    holds = {hold.milestone_id: hold for hold in escrow.holds_of_contract(contract_id)}
    rows = Milestone.objects.filter(contract=contract, status__in=HELD_MILESTONES)
    held = [(each, holds[each.pk]) for each in rows]
    return cancellation_preview(contract, held, party=absent) if held else None


def deals_of(contract_ids: Iterable[UUID]) -> dict[UUID, SlotDeal]:
    """Return where these contracts stand, for the bookings on them; one query."""
    rows = Contract.objects.filter(pk__in=list(contract_ids))
    return {
        row.pk: SlotDeal(
            status=ContractStatus(row.status),
            is_frozen=row.is_frozen,
            started=row.started_at is not None,
        )
        for row in rows
    }


def place_of(offer_id: UUID) -> tuple[float, float] | None:
    """Return the exact place of a booking's job in degrees, for its own check-in; None when nobody said it."""
    row = get(Offer, "job", pk=offer_id).job
    if row.exact_latitude is None or row.exact_longitude is None:
        return None
    return row.exact_latitude, row.exact_longitude


def free_until(contract_id: UUID) -> datetime | None:
    """Return until when a customer may cancel a booked slot for nothing; None where time does not decide."""
    row = get(Contract, pk=contract_id)
    if row.slot_starts_at is None:
        return None
    return moments_of(CancellationPolicy(row.cancellation_policy), row.slot_starts_at)[0][0]
