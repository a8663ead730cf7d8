"""The clock makes the weeks, and closes them: a statement of the hours, and what it costs (ADR 0033)."""

from datetime import timedelta
from uuid import UUID

from jobsphere.contracts.selectors.weeks import time_in
from jobsphere.contracts.services.weeks import add_week, bill_week, take_weeks_turn
from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.hours.events import WeekStated
from jobsphere.hours.models import HourlyDeal, Week
from jobsphere.hours.rules.billing import billed, cost
from jobsphere.hours.rules.lifecycle import DealStatus, WeekStatus
from jobsphere.hours.rules.weeks import WEEK, bounds_of, monday_of, zone_named
from jobsphere.hours.services.telling import record, tell
from jobsphere.hours.services.timers import stop_timer_of
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM


def make_weeks(*, deal_id: UUID) -> bool:
    """Make the running week and the next one, where they are not there; False when nothing was to do."""
    require_transaction()
    deal = get(HourlyDeal, pk=deal_id)
    if deal.contract_id is None or deal.status != DealStatus.RUNNING:
        return False
    take_weeks_turn(deal.contract_id)
    refresh(deal)
    return make_missing(deal)


def make_missing(deal: HourlyDeal) -> bool:
    """Make the running week and the next one, where the deal wants them, inside the contract's turn."""
    if deal.contract_id is None or deal.status != DealStatus.RUNNING:
        return False
    zone = zone_named(deal.time_zone)
    running = monday_of(clock.now(), zone)
    there = set(Week.objects.filter(deal=deal).values_list("starts_on", flat=True))
    first, made = min(there, default=running), False
    for monday in (running, running + WEEK):
        number = (monday - first) // timedelta(days=7) + 1
        if monday in there or (deal.weeks is not None and number > deal.weeks):
            continue
        bounds = bounds_of(monday, zone)
        milestone_id = add_week(
            contract_id=deal.contract_id,
            title=f"Week {number} ({monday:%d %b %Y})",
            amount=cost(deal.rate, deal.weekly_cap),
            fund_by=monday,
            due_on=monday + timedelta(days=6),
        )
        Week.objects.create(
            deal=deal,
            milestone_id=milestone_id,
            number=number,
            starts_on=monday,
            starts_at=bounds.starts_at,
            ends_at=bounds.ends_at,
            closes_at=bounds.closes_at,
        )
        made = True
    return made


def close_week(*, week_id: UUID) -> bool:
    """Close a week whose time is over: bill its hours up to the cap, and give the rest back.

    False when it is too early, was done before, or no money of the contract may move just now: then the next round
    looks again, and its hours stay as they are meanwhile.
    """
    require_transaction()
    seen = get(Week, "deal", pk=week_id)
    deal = seen.deal
    assert deal.contract_id is not None, "a week belongs to a contract"
    if not take_weeks_turn(deal.contract_id):
        return False
    refresh(deal)
    make_missing(deal)
    week = get(Week, pk=week_id)
    if week.status != WeekStatus.OPEN or week.closes_at > clock.now():
        return False
    stop_timer_of(deal=deal, at=week.ends_at, until=week.ends_at)
    worked = sum(each.minutes for each in time_in([week.milestone_id]))
    minutes, amount = billed(deal.rate, deal.weekly_cap, worked)
    if not move(Week, week.pk, from_status=WeekStatus.OPEN, to_status=WeekStatus.CLOSED, closed_at=clock.now()):
        return False
    note = f"{_hours(worked)} worked, {_hours(minutes)} billed at {deal.rate} an hour."
    paid = bill_week(milestone_id=week.milestone_id, amount=amount, note=note)
    # Money that staff gave back, or a bank took, before the week closed is not there to be billed.
    billed_minutes = minutes if paid == amount else int(minutes * paid.amount // amount.amount)
    Week.objects.filter(pk=week.pk).update(minutes=worked, billed_minutes=billed_minutes, amount=paid.amount)
    record(SYSTEM, "close_week", deal, week_id=week.pk, minutes=worked, billed_minutes=billed_minutes, amount=paid)
    tell(SYSTEM, deal, WeekStated, week_id=week.pk, starts_on=week.starts_on, minutes=worked, amount=paid)
    return True


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02} h"
