"""Where a contract's money is, from its escrow holds alone."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from jobsphere.contracts.models import ChangeOrder, Contract, Expense, Milestone, Tip
from jobsphere.contracts.rules.cancellation import CancellationPolicy, Split, cancellation_split, stage_of
from jobsphere.contracts.rules.lifecycles import MilestoneStatus
from jobsphere.contracts.rules.windows import earned_by_slot
from jobsphere.contracts.types import FeesView, MilestoneMoney, MoneySummary
from jobsphere.escrow.types import HoldStatus, HoldView
from jobsphere.kit import clock
from jobsphere.kit.money import Money, total


def payments_of(contract_id: UUID) -> list[UUID]:
    """Return every payment of a contract (ADR 0030): at acceptance, for milestones, changes, tips and expenses.

    One query. For callers with a gate-keeper of their own. A payment that is only under way is among them.
    """
    first = Contract.objects.filter(pk=contract_id).values_list("payment_id", flat=True)
    later = [
        rows.objects.filter(contract_id=contract_id, payment__isnull=False).values_list("payment_id", flat=True)
        for rows in (Milestone, ChangeOrder, Tip, Expense)
    ]
    return sorted(first.union(*later))


def platform_fee_left(hold: HoldView) -> Money:
    """Return what the platform still has of its fee on a milestone, after refunds."""
    return hold.platform_fee_left


def milestone_money(hold: HoldView, *, with_fees: bool) -> MilestoneMoney:
    """Say what became of a milestone's amount."""
    nothing = Money.zero(hold.amount.currency)
    rest = hold.amount - hold.refunded
    return MilestoneMoney(
        protected=rest if hold.status in (HoldStatus.FUNDED, HoldStatus.FROZEN) else nothing,
        released=rest if hold.status is HoldStatus.RELEASED else nothing,
        refunded=hold.refunded,
        kept_fee=rest if hold.status is HoldStatus.REFUNDED else nothing,
        charged_back=hold.charged_back or nothing,
        on_hold=hold.status is HoldStatus.FROZEN,
        fees=_fees([hold], hold.amount.currency) if with_fees else None,
    )


def gone_back(hold: HoldView | None) -> Money | None:
    """Return what of a tip or an expense is the contractor's no more; None while all of it stands."""
    return hold.refunded if hold and hold.refunded.amount else None


def summary(holds: Iterable[HoldView], currency: str, *, unfunded: Money, with_fees: bool) -> MoneySummary:
    """Add up what became of a contract's money."""
    rows = list(holds)
    parts = [milestone_money(hold, with_fees=False) for hold in rows]
    released = [hold for hold in rows if hold.status is HoldStatus.RELEASED]
    protected = [hold for hold in rows if hold.status in (HoldStatus.FUNDED, HoldStatus.FROZEN)]
    return MoneySummary(
        funded=total((hold.amount for hold in rows), currency),
        protected=total((part.protected for part in parts), currency),
        released=total((part.released for part in parts), currency),
        refunded=total((part.refunded for part in parts), currency),
        kept_fee=total((part.kept_fee for part in parts), currency),
        charged_back=total((part.charged_back for part in parts), currency),
        on_hold=any(part.on_hold for part in parts),
        unfunded=unfunded,
        fees=_fees(released, currency) if with_fees else None,
        expected=_fees(protected, currency) if with_fees else None,
    )


def cancellation_preview(contract: Contract, held: Sequence[tuple[Milestone, HoldView]], *, party: str) -> Split:
    """Say what cancelling by that party would make of everything that is protected now."""
    parts = [split_of(contract, milestone, hold, party=party) for milestone, hold in held]
    currency = contract.currency
    return Split(
        refund=total((part.refund for part in parts), currency),
        payout=total((part.payout for part in parts), currency),
        platform_fee=total((part.platform_fee for part in parts), currency),
        service_fee=total((part.service_fee for part in parts), currency),
        platform_fee_refundable=all(part.platform_fee_refundable for part in parts),
        rounding=total((part.rounding for part in parts), currency),
    )


def split_of(contract: Contract, milestone: Milestone, hold: HoldView, *, party: str) -> Split:
    """Return what cancelling by that party would make of one milestone's money now."""
    policy = CancellationPolicy(contract.cancellation_policy)
    return cancellation_split(
        policy=policy,
        stage=stage_of(MilestoneStatus(milestone.status), contract_started=contract.started_at is not None),
        by=party,
        held=hold.held,
        platform_fee=platform_fee_left(hold),
        service_fee=hold.service_fee,
        slot_earned=earned_by_slot(policy, contract.slot_starts_at, now=clock.now()),
    )


def dispute_notice(money: MoneySummary, *, disputed: bool) -> str:
    """Say what a chargeback means for a contract, to both of its parties."""
    gone = money.charged_back
    words = []
    if disputed:
        words.append(
            "The customer's bank is taking the payment back. Nothing of its money is released or refunded until the"
            " bank has decided."
        )
    if gone.amount:
        words.append(
            f"The customer's bank has returned {gone} to the customer for good. What was protected is gone from the"
            " contract; what had been released was taken back from those who got it."
        )
    return " ".join(words)


def _fees(holds: Iterable[HoldView], currency: str) -> FeesView:
    rows = list(holds)
    return FeesView(
        platform_fee=total((platform_fee_left(hold) for hold in rows), currency),
        service_fee=total((hold.service_fee for hold in rows), currency),
        payout=total((hold.payout for hold in rows), currency),
    )
