"""The contractor's time log (R55): a record for both parties; it moves no money."""

from datetime import datetime, timedelta
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.errors import TimeEntryBilled, WrongParty
from jobsphere.contracts.models import Milestone, TimeEntry
from jobsphere.contracts.rules.lifecycles import CONTRACT, ContractStatus
from jobsphere.contracts.rules.terms import minutes_of
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput


def log_time(
    *,
    actor: Actor,
    contract_id: UUID,
    milestone_id: UUID | None = None,
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
    minutes: int | None = None,
    note: str = "",
) -> UUID:
    """Log time on a contract: a start and an end, or a number of minutes; returns the entry's id.

    Raises NotFound, WrongParty, WrongStatus, InvalidInput.
    """
    require_transaction()
    contract = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    policies.require(CONTRACT, ContractStatus(contract.status), "log_time", party)
    worked = minutes_of(started_at, ended_at, minutes, now=clock.now())
    if milestone_id and not Milestone.objects.filter(pk=milestone_id, contract=contract).exists():
        raise InvalidInput.at("/milestone_id", "unknown", "This contract has no such milestone.")
    entry = TimeEntry.objects.create(
        contract=contract,
        milestone_id=milestone_id,
        started_at=started_at,
        ended_at=ended_at or (started_at and started_at + timedelta(minutes=worked)),
        minutes=worked,
        note=note,
    )
    audit.record(
        actor=actor,
        verb="time_entry.log",
        target_type="time_entry",
        target_id=entry.pk,
        detail={"contract_id": contract_id, "minutes": worked},
    )
    return entry.pk


def delete_time_entry(*, actor: Actor, entry_id: UUID) -> None:
    """Take an entry back until it is billed. Raises NotFound, WrongParty, TimeEntryBilled."""
    require_transaction()
    entry = policies.get_time_entry_for(actor, entry_id)
    if actor.id != entry.contract.contractor_id:
        raise WrongParty("Only who logged this time can take it back.")
    deleted, _ = TimeEntry.objects.filter(pk=entry_id, billed_at=None).delete()
    if not deleted:
        raise TimeEntryBilled("This time belongs to work that was paid or closed; the record stays.")
    audit.record(
        actor=actor,
        verb="time_entry.delete",
        target_type="time_entry",
        target_id=entry_id,
        detail={"contract_id": entry.contract_id, "minutes": entry.minutes},
    )
