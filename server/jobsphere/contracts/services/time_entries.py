"""The contractor's time log (R55), the only way into it: a record for both parties, and what an hourly week bills."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.contracts import policies, timekeeping
from jobsphere.contracts.errors import TimeEntryBilled, TimeOverlaps, WrongParty
from jobsphere.contracts.models import Contract, Milestone, TimeEntry, TimeTurn
from jobsphere.contracts.rules.lifecycles import CONTRACT, ContractStatus
from jobsphere.contracts.rules.terms import minutes_of
from jobsphere.contracts.services.turns import wait_for
from jobsphere.contracts.timekeeping import Span
from jobsphere.contracts.types import TimeDetails
from jobsphere.db import guarded
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.files import services as files
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
    file_ids: Sequence[UUID] = (),
) -> UUID:
    """Log time on a contract: a start and an end, or a number of minutes; returns the entry's id.

    On a contract by the hour it needs a start and an end, and what runs over the end of a week becomes an entry for
    each week; the first one's id is returned, and it has the files. Raises NotFound, WrongParty, WrongStatus,
    InvalidInput, TimeOverlaps, and what the contract's keeper refuses.
    """
    require_transaction()
    contract = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    policies.require(CONTRACT, ContractStatus(contract.status), "log_time", party)
    take_turn(contract)
    details = TimeDetails(milestone_id, started_at, ended_at, minutes, note)
    first, *_ = [_add(actor, contract, each) for each in _placed(actor, contract, details)]
    files.attach(actor=actor, file_ids=file_ids, to_type="time_entry", to_id=first.pk)
    return first.pk


def change_time(*, actor: Actor, entry_id: UUID, details: TimeDetails, file_ids: Sequence[UUID] = ()) -> UUID:
    """Say anew when and what it was, until it is billed; files are added. Returns the entry's id.

    Raises NotFound, WrongParty, WrongStatus, InvalidInput, TimeEntryBilled, TimeOverlaps, and what the contract's
    keeper refuses, for the time that it was and the time that it is to be.
    """
    require_transaction()
    entry = _own(actor, entry_id)
    contract = entry.contract
    first, *others = _placed(actor, contract, details)
    _refuse_overlap(contract, first, besides=entry_id)
    if not update_where(TimeEntry, {"pk": entry_id, "billed_at": None}, **asdict(first)):
        raise _billed()
    _record(actor, "change", get(TimeEntry, pk=entry_id), minutes_before=entry.minutes)
    for each in others:
        _add(actor, contract, each)
    files.attach(actor=actor, file_ids=file_ids, to_type="time_entry", to_id=entry_id)
    return entry_id


def delete_time_entry(*, actor: Actor, entry_id: UUID) -> None:
    """Take an entry back until it is billed. Raises NotFound, WrongParty, TimeEntryBilled."""
    require_transaction()
    entry = _own(actor, entry_id)
    files.remove_attached(actor=actor, target_type="time_entry", target_id=entry_id)
    deleted, _ = TimeEntry.objects.filter(pk=entry_id, billed_at=None).delete()
    if not deleted:
        raise _billed()
    _record(actor, "delete", entry)


def take_turn(contract: Contract) -> None:
    """Wait for the verbs that are running on the contract, then for whoever is writing into its contractor's time.

    Always in this order, so that two never wait for each other.
    """
    wait_for(contract.pk)
    TimeTurn.objects.get_or_create(contractor_id=contract.contractor_id)
    guarded.take_turn(TimeTurn, contractor_id=contract.contractor_id)


def _own(actor: Actor, entry_id: UUID) -> TimeEntry:
    """Return an entry of the actor's that may still change, inside its turn; raises NotFound, WrongParty and
    TimeEntryBilled, and what its keeper refuses.
    """
    entry = policies.get_time_entry_for(actor, entry_id)
    if actor.id != entry.contract.contractor_id:
        raise WrongParty("Only who logged this time can take it back.")
    take_turn(entry.contract)
    if entry.billed_at is not None:
        raise _billed()
    keeper = timekeeping.keeper_of(entry.contract)
    if keeper is not None and entry.milestone_id is not None:
        keeper.require_open(entry.milestone_id)
    return entry


def _placed(actor: Actor, contract: Contract, details: TimeDetails) -> list[TimeDetails]:
    """Return the entries that this becomes, each with its end and its minutes where they can be known.

    Raises InvalidInput, and what the contract's keeper refuses.
    """
    worked = minutes_of(details.started_at, details.ended_at, details.minutes, now=clock.now())
    starts_at = details.started_at
    ends_at = details.ended_at or (starts_at and starts_at + timedelta(minutes=worked))
    keeper = timekeeping.keeper_of(contract)
    if keeper is None:
        milestone_id = details.milestone_id
        if milestone_id and not Milestone.objects.filter(pk=milestone_id, contract=contract).exists():
            raise InvalidInput.at("/milestone_id", "unknown", "This contract has no such milestone.")
        return [replace(details, ended_at=ends_at, minutes=worked)]
    if starts_at is None or ends_at is None:
        raise InvalidInput.at("/started_at", "required", "Time by the hour has a start and an end.")
    return [
        replace(
            details,
            milestone_id=span.milestone_id,
            started_at=span.starts_at,
            ended_at=span.ends_at,
            minutes=(span.ends_at - span.starts_at) // timedelta(minutes=1),
        )
        for span in keeper.place(actor, contract.pk, contract.created_at, Span(starts_at, ends_at))
    ]


def _add(actor: Actor, contract: Contract, details: TimeDetails) -> TimeEntry:
    _refuse_overlap(contract, details)
    entry = TimeEntry.objects.create(contract=contract, **asdict(details))
    _record(actor, "log", entry)
    return entry


def _refuse_overlap(contract: Contract, details: TimeDetails, *, besides: UUID | None = None) -> None:
    """Raise TimeOverlaps when the contractor worked elsewhere, or here, at the same time; inside their turn."""
    if details.started_at is None or details.ended_at is None:
        return
    mine = TimeEntry.objects.filter(contract__contractor_id=contract.contractor_id)
    if besides is not None:
        mine = mine.exclude(pk=besides)
    found = mine.filter(started_at__lt=details.ended_at, ended_at__gt=details.started_at)
    other = found.select_related("contract").order_by("started_at").first()
    if other is not None:
        raise TimeOverlaps(
            f"Time on “{other.contract.title}” is logged from {other.started_at:%Y-%m-%d %H:%M} to"
            f" {other.ended_at:%Y-%m-%d %H:%M} UTC. Change one of the two."
        )


def _billed() -> TimeEntryBilled:
    return TimeEntryBilled("This time belongs to work that was paid or closed; the record stays.")


def _record(actor: Actor, verb: str, entry: TimeEntry, **detail: Any) -> None:
    audit.record(
        actor=actor,
        verb=f"time_entry.{verb}",
        target_type="time_entry",
        target_id=entry.pk,
        detail={"contract_id": entry.contract_id, "minutes": entry.minutes, **detail},
    )
