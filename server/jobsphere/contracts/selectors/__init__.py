"""Reads of offers and contracts; the first argument is the viewer. A page costs the same queries whatever its size."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.contracts import policies
from jobsphere.contracts.models import Contract, Deliverable, Offer, RefundRequest, TimeEntry
from jobsphere.contracts.rules.lifecycles import CONTRACTOR, CUSTOMER
from jobsphere.contracts.selectors import present
from jobsphere.contracts.selectors.due import (
    changes_to_expire,
    expenses_to_lapse,
    expenses_to_remind,
    is_being_accepted,
    milestones_to_fund,
    milestones_to_release,
    milestones_to_remind,
    offers_to_expire,
)
from jobsphere.contracts.selectors.money import payments_of
from jobsphere.contracts.types import (
    ContractView,
    DeliverableView,
    OfferView,
    RefundRequestView,
    TimeEntryView,
    TimeTotals,
)
from jobsphere.escrow import selectors as escrow
from jobsphere.files.selectors import files_for
from jobsphere.kit.actor import Actor
from jobsphere.payments import selectors as payments

__all__ = [
    "changes_to_expire",
    "contract",
    "contract_id_of_job",
    "contract_of_job",
    "contract_views",
    "contracts",
    "deliverable_views",
    "deliverables",
    "expenses_to_lapse",
    "expenses_to_remind",
    "is_being_accepted",
    "milestones_to_fund",
    "milestones_to_release",
    "milestones_to_remind",
    "offer",
    "offer_views",
    "offers",
    "offers_to_expire",
    "payments_of",
    "refund_request",
    "refund_request_views",
    "refund_requests",
    "time_entries",
    "time_entry",
    "time_entry_views",
    "time_totals",
]


def offers(viewer: Actor, *, role: str = "", status: str = "", job_id: UUID | None = None) -> "QuerySet[Offer]":
    """Return the offers that the viewer made (role customer) or received (role contractor), or both."""
    rows = Offer.objects.filter(policies.visible_offers(viewer))
    if role:
        rows = rows.filter(**{f"{role}_id": viewer.id})
    if status:
        rows = rows.filter(status=status)
    return rows.filter(job_id=job_id) if job_id else rows


def offer_views(viewer: Actor, rows: Sequence[Offer]) -> list[OfferView]:
    """Present offers of a page; their payments are not part of a list."""
    return present.offers(viewer, rows)


def offer(viewer: Actor, offer_id: UUID) -> OfferView:
    """Return one offer, for its customer with the payment and what it needs; raises NotFound."""
    row = policies.get_offer_for(viewer, offer_id)
    payment = None
    if row.payment_id and (viewer.id == row.customer_id or policies.is_staff(viewer)):
        payment = payments.payment(viewer, row.payment_id)
    return present.offers(viewer, [row], payment=payment)[0]


def contracts(viewer: Actor, *, role: str = "", status: str = "") -> "QuerySet[Contract]":
    """Return the contracts in which the viewer is the customer or the contractor (role), or either."""
    rows = Contract.objects.filter(policies.visible_contracts(viewer))
    if role in (CUSTOMER, CONTRACTOR):
        rows = rows.filter(**{f"{role}_id": viewer.id})
    return rows.filter(status=status) if status else rows


def contract_views(viewer: Actor, rows: Sequence[Contract]) -> list[ContractView]:
    """Present contracts of a page with their milestones and money."""
    holds = escrow.holds_of_contracts([row.pk for row in rows])
    return present.contracts(viewer, rows, [each for found in holds.values() for each in found])


def contract(viewer: Actor, contract_id: UUID) -> ContractView:
    """Return one contract with its time totals and what cancelling it now would do; raises NotFound."""
    return _whole(viewer, policies.get_contract_for(viewer, contract_id))


def contract_of_job(viewer: Actor, job_id: UUID) -> ContractView:
    """Return the contract of a job; raises NotFound when there is none for the viewer."""
    return _whole(viewer, policies.get_contract_of_job_for(viewer, job_id))


def contract_id_of_job(viewer: Actor, job_id: UUID) -> UUID:
    """Return which contract a job has; raises NotFound when there is none for the viewer."""
    return policies.get_contract_of_job_for(viewer, job_id).pk


def deliverables(viewer: Actor, contract_id: UUID) -> "QuerySet[Deliverable]":
    """Return what was handed in on a contract; raises NotFound for a stranger."""
    row = policies.get_contract_for(viewer, contract_id)
    return Deliverable.objects.filter(milestone__contract=row)


def deliverable_views(rows: Sequence[Deliverable]) -> list[DeliverableView]:
    """Present deliverables of a page, which `deliverables` has let the viewer see."""
    return present.deliverables(rows)


def refund_requests(viewer: Actor, contract_id: UUID) -> "QuerySet[RefundRequest]":
    """Return the refund requests of a contract; raises NotFound for a stranger."""
    row = policies.get_contract_for(viewer, contract_id)
    return RefundRequest.objects.filter(milestone__contract=row).select_related("milestone__contract")


def refund_request(viewer: Actor, request_id: UUID) -> RefundRequestView:
    """Return one refund request; raises NotFound for a stranger."""
    return refund_request_views(viewer, [policies.get_refund_request_for(viewer, request_id)])[0]


def refund_request_views(viewer: Actor, rows: Sequence[RefundRequest]) -> list[RefundRequestView]:
    """Present refund requests of a page."""
    shown = []
    for row in rows:
        found = row.milestone.contract
        assert found is not None, "only a funded milestone has requests"
        shown.append(present.refund_request(viewer, row, found))
    return shown


def time_entries(viewer: Actor, contract_id: UUID) -> "QuerySet[TimeEntry]":
    """Return the time log of a contract; raises NotFound for a stranger."""
    row = policies.get_contract_for(viewer, contract_id)
    return TimeEntry.objects.filter(contract=row).select_related("contract")


def time_entry(viewer: Actor, entry_id: UUID) -> TimeEntryView:
    """Return one time entry; raises NotFound for a stranger."""
    return time_entry_views(viewer, [policies.get_time_entry_for(viewer, entry_id)])[0]


def time_entry_views(viewer: Actor, rows: Sequence[TimeEntry]) -> list[TimeEntryView]:
    """Present time entries of a page; one more query for the files of all."""
    files = files_for("time_entry", [row.pk for row in rows])
    return [present.time_entry(viewer, row, files.get(row.pk, ())) for row in rows]


def time_totals(viewer: Actor, contract_id: UUID) -> TimeTotals:
    """Return the minutes logged on a contract; raises NotFound for a stranger."""
    return present.time_totals(policies.get_contract_for(viewer, contract_id))


def _whole(viewer: Actor, row: Contract) -> ContractView:
    return present.contracts(viewer, [row], escrow.holds_of_contract(row.pk), whole=True)[0]
