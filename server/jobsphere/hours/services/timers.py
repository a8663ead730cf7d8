"""A contractor's one running timer: a row, so it survives reloads and restarts. Stopped, it becomes a time entry."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from jobsphere.contracts import services as contracts
from jobsphere.contracts.services.weeks import start_week, take_weeks_turn
from jobsphere.db.composed import refresh
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.hours import policies
from jobsphere.hours.errors import NoTimer, TimerRunning
from jobsphere.hours.events import TimerStarted, TimerStopped
from jobsphere.hours.models import HourlyDeal, Timer
from jobsphere.hours.policies import CONTRACTOR
from jobsphere.hours.rules.weeks import LONGEST_RUN, whole_minutes
from jobsphere.hours.services.keeping import open_week_at
from jobsphere.hours.services.telling import record, tell
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import Conflict


def start_timer(*, actor: Actor, contract_id: UUID, note: str = "") -> None:
    """Start the timer on a contract; it stops by itself at the end of the week, and after a day.

    Raises NotFound, WrongParty, TimerRunning, WeekUnfunded, HoursEnded.
    """
    require_transaction()
    deal = policies.get_deal_of_contract_for(actor, contract_id)
    policies.require_party(actor, deal, CONTRACTOR)
    take_weeks_turn(contract_id)
    refresh(deal)
    now = clock.now()
    week = open_week_at(deal, now)
    start_week(actor=actor, milestone_id=week.milestone_id)
    stops_at = min(week.ends_at, now + LONGEST_RUN)
    timer = Timer(contractor_id=deal.contractor_id, deal=deal, note=note, started_at=now, stops_at=stops_at)
    try:
        with savepoint():
            timer.save(force_insert=True)
    except IntegrityError as error:
        raise TimerRunning("Stop your running timer first; you have one at a time.") from error
    record(actor, "start_timer", deal)
    tell(actor, deal, TimerStarted)


def stop_timer(*, actor: Actor, note: str | None = None) -> UUID | None:
    """Stop one's timer and log the time; returns the entry's id, None for less than a minute. Raises NoTimer."""
    require_transaction()
    timer = Timer.objects.select_related("deal").filter(contractor_id=actor.known_id()).first()
    if timer is None:
        raise NoTimer("No timer of yours is running. Look at your entries: it may have stopped by itself.")
    assert timer.deal.contract_id is not None, "a timer runs on a contract"
    take_weeks_turn(timer.deal.contract_id)
    return _stop(actor, timer, clock.now(), note)


def stop_overdue_timer(*, timer_id: UUID) -> bool:
    """Stop a timer whose time is over, at the moment that it was; False when it was stopped meanwhile."""
    require_transaction()
    timer = Timer.objects.select_related("deal").filter(pk=timer_id, stops_at__lte=clock.now()).first()
    if timer is None or timer.deal.contract_id is None:
        return False
    take_weeks_turn(timer.deal.contract_id)
    stop_timer_of(deal=timer.deal, at=timer.stops_at)
    return True


def stop_timer_of(*, deal: HourlyDeal, at: datetime, until: datetime | None = None) -> None:
    """Stop the timer of a deal, if one runs (`until`: that began before then), inside the contract's turn."""
    rows = Timer.objects.select_related("deal").filter(deal=deal)
    timer = rows.filter(started_at__lt=until).first() if until else rows.first()
    if timer is None:
        return
    _stop(SYSTEM, timer, at, None)


def _stop(actor: Actor, timer: Timer, at: datetime, note: str | None) -> UUID | None:
    """Take the timer away, which one of several does, and log its time as far as nothing stands in the way."""
    deleted, _ = Timer.objects.filter(pk=timer.pk).delete()
    if not deleted:
        raise NoTimer("It was stopped a moment ago.")
    deal = timer.deal
    assert deal.contract_id is not None, "a timer runs on a contract"
    starts_at, ends_at = whole_minutes(timer.started_at, min(at, timer.stops_at))
    words = timer.note if note is None else note
    entry_id = None
    if starts_at < ends_at:
        entry_id = _log(actor, deal, starts_at, ends_at, words)
    minutes = int((ends_at - starts_at).total_seconds() // 60) if entry_id else 0
    record(actor, "stop_timer", deal, minutes=minutes)
    tell(actor, deal, TimerStopped, minutes=minutes)
    return entry_id


def _log(actor: Actor, deal: HourlyDeal, starts_at: datetime, ends_at: datetime, note: str) -> UUID | None:
    """Log the time of a timer. One that the clock stops must not stand in the way of a week's close: time that cannot
    be logged (it was logged by hand meanwhile) is left out, and the audit entry of the timer says so.
    """
    assert deal.contract_id is not None, "a timer runs on a contract"
    try:
        with savepoint():
            return contracts.log_time(
                actor=actor, contract_id=deal.contract_id, started_at=starts_at, ended_at=ends_at, note=note
            )
    except Conflict:
        if not actor.is_system:
            raise
        return None
