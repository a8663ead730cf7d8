"""Work on milestones: start, hand in, ask for changes; and their titles and dates before work starts."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.errors import MilestoneUnfunded, WorkStarted
from jobsphere.contracts.events import ChangesRequested, MilestoneStarted, WorkSubmitted
from jobsphere.contracts.models import Contract, Deliverable, Milestone
from jobsphere.contracts.rules.lifecycles import CONTRACT, CONTRACTOR, ContractStatus, MilestoneStatus
from jobsphere.contracts.services.funding import remind_of_next
from jobsphere.contracts.services.turns import (
    milestone_facts,
    record,
    settle,
    take_milestone,
    take_step,
    take_turn,
)
from jobsphere.contracts.types import Handover, MilestoneChange
from jobsphere.db.transactions import require_transaction
from jobsphere.files import services as files
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox


def start_milestone(*, actor: Actor, milestone_id: UUID) -> UUID:
    """Begin work; the first start of a contract ends its free cancellation. Returns the contract's id.

    Raises NotFound, WrongParty, WrongStatus, and MilestoneUnfunded when the customer has not paid it in yet.
    """
    require_transaction()
    _refuse_unfunded(actor, milestone_id)
    milestone, contract, _ = take_milestone(actor, milestone_id, "start")
    start(milestone, contract, actor=actor)
    settle(contract, actor=actor)
    return contract.pk


def submit_milestone(*, actor: Actor, milestone_id: UUID, work: Handover) -> UUID:
    """Hand work in; from now on silence releases the money after settings.AUTO_RELEASE_DAYS.

    Returns the contract's id. Raises NotFound, WrongParty, WrongStatus.
    """
    require_transaction()
    milestone, contract, _ = take_milestone(actor, milestone_id, "submit")
    submit(milestone, contract, work, actor=actor)
    settle(contract, actor=actor)
    return contract.pk


def request_changes(*, actor: Actor, milestone_id: UUID, reason: str) -> UUID:
    """Send work back with a reason; the automatic release stops. Returns the contract's id."""
    require_transaction()
    milestone, contract, party = take_milestone(actor, milestone_id, "request_changes")
    take_step(milestone, "request_changes", party=party, auto_release_at=None, reminders_sent=0)
    answer_deliverables(milestone, "changes_requested", reason)
    record(actor, "request_changes", milestone, reason=reason)
    outbox.publish(ChangesRequested(**milestone_facts(milestone, contract), reason=reason), actor=actor)
    settle(contract, actor=actor)
    return contract.pk


def update_milestones(*, actor: Actor, contract_id: UUID, changes: Sequence[MilestoneChange]) -> None:
    """Change titles, descriptions and dates of milestones until work starts; amounts are fixed with the payment.

    Raises NotFound, WrongParty, WrongStatus, WorkStarted, and InvalidInput for a milestone of another contract.
    """
    require_transaction()
    seen = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=seen.customer_id, contractor_id=seen.contractor_id)
    policies.require(CONTRACT, ContractStatus(seen.status), "update", party)
    contract, _ = take_turn(actor, contract_id, "update")
    if contract.started_at:
        raise WorkStarted("Work has started, so the milestones are fixed. Agree on a refund to change what is owed.")
    rows = {row.pk: row for row in Milestone.objects.filter(contract=contract)}
    _refuse_unknown(rows, changes)
    for change in changes:
        _apply(rows[change.id], change)
    Milestone.objects.bulk_update([rows[each.id] for each in changes], ["title", "description", "due_on"])
    audit.record(
        actor=actor,
        verb="contract.update",
        target_type="contract",
        target_id=contract_id,
        detail={"milestones": [each.id for each in changes]},
    )


def start(milestone: Milestone, contract: Contract, *, actor: Actor) -> None:
    """Begin a milestone, inside a turn."""
    now = clock.now()
    take_step(milestone, "start", party=CONTRACTOR, started_at=now)
    if contract.started_at is None:
        Contract.objects.filter(pk=contract.pk).update(started_at=now)
        contract.started_at = now
    record(actor, "start", milestone)
    outbox.publish(MilestoneStarted(**milestone_facts(milestone, contract)), actor=actor)


def submit(milestone: Milestone, contract: Contract, work: Handover, *, actor: Actor) -> None:
    """Hand a milestone in, inside a turn."""
    now = clock.now()
    release_at = now + timedelta(days=settings.AUTO_RELEASE_DAYS)
    take_step(milestone, "submit", party=CONTRACTOR, submitted_at=now, auto_release_at=release_at, reminders_sent=0)
    row = Deliverable.objects.create(milestone=milestone, note=work.note, links=list(work.links))
    files.attach(actor=actor, file_ids=work.file_ids, to_type="deliverable", to_id=row.pk)
    remind_of_next(milestone, contract)
    record(actor, "submit", milestone, files=len(work.file_ids), links=len(work.links))
    event = WorkSubmitted(**milestone_facts(milestone, contract), release_at=release_at)
    outbox.publish(event, actor=actor)


def answer_deliverables(milestone: Milestone, answer: str, feedback: str = "") -> None:
    """Note on what was handed in what the customer said to it."""
    Deliverable.objects.filter(milestone=milestone, answer="").update(
        answer=answer, feedback=feedback[:1000], answered_at=clock.now()
    )


def _refuse_unfunded(actor: Actor, milestone_id: UUID) -> None:
    """Say to the contractor what to do about work that nobody has paid in."""
    seen = policies.get_milestone_for(actor, milestone_id)
    contract = seen.contract
    if seen.status == MilestoneStatus.PENDING and contract is not None and actor.id == contract.contractor_id:
        amount = Money(seen.amount, seen.currency)
        raise MilestoneUnfunded(
            f"“{seen.title}” is not protected yet. Ask the customer to pay {amount} in; you are told as soon as it is.",
            current_status=seen.status,
            allowed_actions=policies.allowed_on_milestone(actor, seen, contract),
        )


def _refuse_unknown(rows: Iterable[UUID], changes: Sequence[MilestoneChange]) -> None:
    known = set(rows)
    errors = [
        FieldError(f"/milestones/{index}/id", "unknown", "This contract has no such milestone.")
        for index, change in enumerate(changes)
        if change.id not in known
    ]
    if errors:
        raise InvalidInput(errors)


def _apply(row: Milestone, change: MilestoneChange) -> None:
    wanted: dict[str, Any] = {"title": change.title, "description": change.description, "due_on": change.due_on}
    for name, value in wanted.items():
        if value is not None:
            setattr(row, name, value)
    if change.clear_due_on:
        row.due_on = None
