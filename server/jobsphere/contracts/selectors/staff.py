"""Reads for staff: everybody's contracts, and figures for the reports."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Avg, DurationField, ExpressionWrapper, F, Q

from jobsphere.contracts.models import Contract, Milestone
from jobsphere.contracts.rules.lifecycles import MilestoneStatus
from jobsphere.contracts.selectors import contract_views, present
from jobsphere.contracts.types import ContractView
from jobsphere.db.composed import first
from jobsphere.db.periods import between
from jobsphere.db.rows import Rows
from jobsphere.escrow import selectors as escrow
from jobsphere.kit.actor import Actor, require_right
from jobsphere.kit.errors import NotFound

SUPPORT = "support"
FINANCE = "finance"


def contracts_for_staff(
    viewer: Actor,
    *,
    status: str = "",
    person_id: UUID | None = None,
    job_id: UUID | None = None,
    on_hold: bool | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Rows[ContractView]:
    """Return everybody's contracts that fit; `person_id` is a party. Raises Forbidden without the right "support"."""
    require_right(viewer, SUPPORT)
    rows = Contract.objects.filter(between("created_at", since, until))
    if status:
        rows = rows.filter(status=status)
    if person_id:
        rows = rows.filter(Q(customer_id=person_id) | Q(contractor_id=person_id))
    if job_id:
        rows = rows.filter(job_id=job_id)
    if on_hold is not None:
        rows = rows.filter(held_at__isnull=not on_hold)
    return Rows(rows, lambda page: contract_views(viewer, page))


def contract_for_staff(viewer: Actor, contract_id: UUID) -> ContractView:
    """Return any contract as its page shows it; raises Forbidden without the right "support", and NotFound."""
    require_right(viewer, SUPPORT)
    row = first(Contract, pk=contract_id)
    if row is None:
        raise NotFound("There is no such contract.")
    return present.contracts(viewer, [row], escrow.holds_of_contract(row.pk), whole=True)[0]


def completed_count(viewer: Actor, since: datetime, until: datetime) -> int:
    """Count the contracts that were completed in a period; raises Forbidden without the right "finance"."""
    require_right(viewer, FINANCE)
    return Contract.objects.filter(between("completed_at", since, until), completed_at__isnull=False).count()


def authorisation_to_release(viewer: Actor, since: datetime, until: datetime) -> timedelta | None:
    """Return how long money stays with us: the average from the reservation on the card to the release of a milestone.

    Over what was released in the period; None when nothing was. Raises Forbidden without the right "finance".
    """
    require_right(viewer, FINANCE)
    released = Milestone.objects.filter(
        between("closed_at", since, until), status=MilestoneStatus.RELEASED, offer__sent_at__isnull=False
    )
    held = ExpressionWrapper(F("closed_at") - F("offer__sent_at"), output_field=DurationField())
    average: timedelta | None = released.aggregate(average=Avg(held, output_field=DurationField()))["average"]
    return average
