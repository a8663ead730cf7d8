"""From rows to what a viewer sees: who may do what, what is shown to whom, where the money is."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum, prefetch_related_objects

from jobsphere.contracts import policies
from jobsphere.contracts.models import Contract, Deliverable, Milestone, Offer, RefundRequest, TimeEntry
from jobsphere.contracts.rules.cancellation import CancellationPolicy, describe
from jobsphere.contracts.rules.lifecycles import (
    HELD_MILESTONES,
    ContractStatus,
    MilestoneStatus,
    OfferStatus,
    RefundRequestStatus,
)
from jobsphere.contracts.rules.windows import describe_slot
from jobsphere.contracts.selectors.changes import open_change_order
from jobsphere.contracts.selectors.expenses import cap_offered, expenses_of
from jobsphere.contracts.selectors.money import cancellation_preview, dispute_notice, milestone_money, summary
from jobsphere.contracts.selectors.tips import tips_of
from jobsphere.contracts.types import (
    ContractView,
    DeliverableView,
    FundingShape,
    MilestoneView,
    OfferView,
    PinnedFeesView,
    RefundRequestView,
    Split,
    TimeEntryView,
    TimeTotals,
)
from jobsphere.db.composed import composed, in_lists
from jobsphere.escrow.types import FeeTerms, HoldView, split
from jobsphere.files.selectors import files_for
from jobsphere.files.types import FileView
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money, total
from jobsphere.payments.types import PaymentView
from jobsphere.users.types import Person

Holds = dict[UUID, HoldView]
Requests = dict[UUID, RefundRequest]


def offers(viewer: Actor, rows: Sequence[Offer], payment: PaymentView | None = None) -> list[OfferView]:
    """Present offers; four queries for any number of them."""
    prefetch_related_objects(rows, "customer", "contractor", "milestones", "job", "contract")
    return [_offer(viewer, row, payment) for row in rows]


def contracts(
    viewer: Actor, rows: Sequence[Contract], holds: Iterable[HoldView], *, whole: bool = False
) -> list[ContractView]:
    """Present contracts with the holds of all of them; `whole` adds what only one contract's page shows."""
    prefetch_related_objects(rows, "customer", "contractor", "milestones")
    by_milestone = {hold.milestone_id: hold for hold in holds}
    requests = {each.milestone_id: each for each in in_lists(_requested, ids=[row.pk for row in rows])}
    return [_contract(viewer, row, by_milestone, requests, whole=whole) for row in rows]


@composed
def _requested(*, ids: list[UUID]) -> "QuerySet[RefundRequest]":
    return RefundRequest.objects.filter(milestone__contract__in=ids, status=RefundRequestStatus.REQUESTED)


def deliverables(rows: Sequence[Deliverable]) -> list[DeliverableView]:
    """Present what was handed in; one more query for the files of all."""
    files = files_for("deliverable", [row.pk for row in rows])
    return [_deliverable(row, files.get(row.pk, [])) for row in rows]


def _deliverable(row: Deliverable, files: Iterable[FileView]) -> DeliverableView:
    return DeliverableView(
        id=row.pk,
        milestone_id=row.milestone_id,
        note=row.note,
        links=tuple(row.links),
        files=tuple(files),
        answer=row.answer,
        feedback=row.feedback,
        answered_at=row.answered_at,
        created_at=row.created_at,
    )


def refund_request(viewer: Actor, row: RefundRequest, contract: Contract) -> RefundRequestView:
    """Present a refund request."""
    return RefundRequestView(
        id=row.pk,
        milestone_id=row.milestone_id,
        amount=Money(row.amount, row.currency),
        reason=row.reason,
        status=RefundRequestStatus(row.status),
        created_at=row.created_at,
        answered_at=row.answered_at,
        allowed_actions=policies.allowed_on_refund_request(viewer, row, contract),
    )


def time_entry(viewer: Actor, row: TimeEntry, files: Sequence[FileView] = ()) -> TimeEntryView:
    """Present a time entry."""
    return TimeEntryView(
        id=row.pk,
        contract_id=row.contract_id,
        milestone_id=row.milestone_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        minutes=row.minutes,
        note=row.note,
        billed_at=row.billed_at,
        created_at=row.created_at,
        files=tuple(files),
        allowed_actions=policies.allowed_on_time_entry(viewer, row, row.contract),
    )


def time_totals(contract: Contract) -> TimeTotals:
    """Add up a contract's time log in one query; entries without a milestone count under ""."""
    rows = _logged(contract_id=contract.pk)
    totals = {str(row["milestone_id"] or ""): row["logged"] for row in rows}
    billed = sum(row["billed"] or 0 for row in rows)
    return TimeTotals(minutes=sum(totals.values()), billed_minutes=billed, by_milestone=totals)


@composed
def _logged(*, contract_id: UUID) -> "QuerySet[Any, Any]":
    rows = TimeEntry.objects.filter(contract_id=contract_id).values("milestone_id")
    billed = Sum("minutes", filter=Q(billed_at__isnull=False))
    return rows.annotate(logged=Sum("minutes"), billed=billed).order_by("milestone_id")


def _offer(viewer: Actor, row: Offer, payment: PaymentView | None) -> OfferView:
    contract: Contract | None = getattr(row, "contract", None)
    policy = CancellationPolicy(row.cancellation_policy)
    return OfferView(
        id=row.pk,
        status=OfferStatus(row.status),
        job_id=row.job_id,
        proposal_id=row.proposal_id,
        contract_id=contract.pk if contract else None,
        customer=Person(row.customer_id, row.customer.name),
        contractor=Person(row.contractor_id, row.contractor.name),
        title=row.title,
        description=row.job.description,
        place=row.job.place,
        amount=Money(row.amount, row.currency),
        funding=FundingShape(row.funding),
        due_now=_due_now(row),
        expense_cap=cap_offered(row),
        milestones=tuple(_planned(each) for each in _in_order(row.milestones.all())),
        message=row.message,
        expires_at=row.expires_at,
        sent_at=row.sent_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_booking=row.is_booking,
        cancellation_policy=policy,
        cancellation_summary=_summary(policy, FundingShape(row.funding), by_slot=row.cancels_by_slot),
        fees=None if viewer.id == row.customer_id else _fees(row),
        payment=payment,
        closed_reason=row.closed_reason,
        closed_at=row.closed_at,
        created_at=row.created_at,
        allowed_actions=policies.allowed_on_offer(viewer, row),
    )


def _contract(viewer: Actor, row: Contract, holds: Holds, requests: Requests, *, whole: bool) -> ContractView:
    rows = _in_order(row.milestones.all())
    own = {each.pk: holds[each.pk] for each in rows if each.pk in holds}
    unpaid = [each for each in rows if each.status == MilestoneStatus.PENDING]
    unfunded = total((Money(each.amount, each.currency) for each in unpaid), row.currency)
    policy = CancellationPolicy(row.cancellation_policy)
    change = open_change_order(viewer, row) if whole else None
    actions = policies.allowed_on_contract(viewer, row, rows)
    if change is not None:
        actions = tuple(each for each in actions if each != "propose_change")
    money = summary(own.values(), row.currency, unfunded=unfunded, with_fees=viewer.id != row.customer_id)
    return ContractView(
        id=row.pk,
        status=ContractStatus(row.status),
        offer_id=row.offer_id,
        job_id=row.job_id,
        payment_id=row.payment_id,
        customer=Person(row.customer_id, row.customer.name),
        contractor=Person(row.contractor_id, row.contractor.name),
        title=row.title,
        amount=Money(row.amount, row.currency),
        funding=FundingShape(row.funding),
        cancellation_policy=policy,
        cancellation_summary=_summary(policy, FundingShape(row.funding), by_slot=row.slot_starts_at is not None),
        milestones=tuple(_milestone(viewer, each, row, own.get(each.pk), requests.get(each.pk)) for each in rows),
        money=money,
        time=time_totals(row) if whole else None,
        if_cancelled=_preview(viewer, row, rows, own) if whole and "cancel" in actions else None,
        change_order=change,
        tips=tips_of(viewer, row, holds) if whole else (),
        expenses=expenses_of(viewer, row, holds) if whole else None,
        conversation_id=row.conversation_id,
        created_at=row.created_at,
        started_at=row.started_at,
        completed_at=row.completed_at,
        cancelled_at=row.cancelled_at,
        cancelled_by=row.cancelled_by,
        cancel_reason=row.cancel_reason,
        held_at=row.held_at,
        hold_reason=row.hold_reason,
        disputed_at=row.disputed_at,
        dispute_notice=dispute_notice(money, disputed=row.disputed_at is not None),
        allowed_actions=actions,
    )


def _summary(policy: CancellationPolicy, funding: FundingShape, *, by_slot: bool) -> str:
    """Say what ending it early means, in a sentence or two."""
    if funding is FundingShape.WEEKLY:
        return (
            "Either of you can end the hours at any time: what was worked is paid, a week that has not begun is given"
            " back in full."
        )
    return describe_slot(policy) if by_slot else describe(policy)


def _preview(viewer: Actor, row: Contract, rows: Sequence[Milestone], holds: Holds) -> Split | None:
    party = policies.party_of(viewer, customer_id=row.customer_id, contractor_id=row.contractor_id) or ""
    held = [(each, holds[each.pk]) for each in rows if each.status in HELD_MILESTONES]
    return cancellation_preview(row, held, party=party)


def _milestone(
    viewer: Actor, row: Milestone, contract: Contract, hold: HoldView | None, request: RefundRequest | None
) -> MilestoneView:
    actions = policies.allowed_on_milestone(viewer, row, contract)
    if hold is not None and not hold.refundable.amount:
        actions = tuple(each for each in actions if each != "refund")
    return MilestoneView(
        **_common(row),
        money=milestone_money(hold, with_fees=viewer.id != contract.customer_id) if hold else None,
        payment_id=None if viewer.id == contract.contractor_id else row.payment_id,
        refund_request=refund_request(viewer, request, contract) if request else None,
        allowed_actions=actions,
    )


def _planned(row: Milestone) -> MilestoneView:
    return MilestoneView(**_common(row), money=None, payment_id=None, refund_request=None, allowed_actions=())


def _common(row: Milestone) -> dict[str, Any]:
    return {
        "id": row.pk,
        "contract_id": row.contract_id,
        "position": row.position,
        "title": row.title,
        "description": row.description,
        "due_on": row.due_on,
        "fund_by": row.fund_by,
        "amount": Money(row.amount, row.currency),
        "status": MilestoneStatus(row.status),
        "started_at": row.started_at,
        "submitted_at": row.submitted_at,
        "auto_release_at": row.auto_release_at,
        "closed_at": row.closed_at,
    }


def _due_now(row: Offer) -> Money:
    first = min(row.milestones.all(), key=lambda each: each.position)
    return Money(row.amount if row.funding == FundingShape.UPFRONT else first.amount, row.currency)


def _fees(row: Offer) -> PinnedFeesView:
    terms = FeeTerms.from_json(row.fee_terms)
    (whole,) = split(Money(row.amount, row.currency), terms)
    usual = terms.basis_points if terms.usual_basis_points is None else terms.usual_basis_points
    return PinnedFeesView(
        whole.platform_fee,
        whole.service_fee,
        whole.payout,
        reason=terms.reason,
        reason_name=terms.reason_name,
        share=terms.basis_points,
        usual_share=usual,
    )


def _in_order(rows: Iterable[Milestone]) -> list[Milestone]:
    return sorted(rows, key=lambda each: each.position)
