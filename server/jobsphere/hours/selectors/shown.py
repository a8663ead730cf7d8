"""Deals and weeks as their viewers see them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.contracts.selectors.weeks import time_in, weeks_of
from jobsphere.contracts.types import LoggedTime, WeekMoney
from jobsphere.hours import policies
from jobsphere.hours.models import HourlyDeal, Timer, Week
from jobsphere.hours.rules.billing import billed, cost
from jobsphere.hours.rules.lifecycle import DealStatus, WeekStatus
from jobsphere.hours.rules.weeks import minutes_by_day, zone_named
from jobsphere.hours.types import DayView, DealView, DisputeView, TimerView, WeekView
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.users.types import Person


def deals(viewer: Actor, *, contract_id: UUID | None = None, offer_id: UUID | None = None) -> "QuerySet[HourlyDeal]":
    """Return the viewer's deals by the hour, perhaps of one contract or offer."""
    rows = policies.deals_of(viewer)
    narrowed = {"contract_id": contract_id, "offer_id": offer_id}
    return rows.filter(**{name: value for name, value in narrowed.items() if value is not None})


def deal(viewer: Actor, deal_id: UUID) -> DealView:
    """Return one deal; raises NotFound for a stranger."""
    return deal_views(viewer, [policies.get_deal_for(viewer, deal_id)])[0]


def deal_views(viewer: Actor, rows: Sequence[HourlyDeal]) -> list[DealView]:
    """Present deals of a page; one query for their people."""
    found = HourlyDeal.objects.filter(pk__in=[row.pk for row in rows]).select_related("customer", "contractor")
    by_id = {row.pk: row for row in found}
    return [_deal(viewer, by_id[row.pk]) for row in rows]


def weeks(viewer: Actor, deal_id: UUID) -> "QuerySet[Week]":
    """Return the weeks of a deal; raises NotFound for a stranger."""
    return Week.objects.filter(deal=policies.get_deal_for(viewer, deal_id)).select_related("deal")


def week(viewer: Actor, week_id: UUID) -> WeekView:
    """Return one week; raises NotFound for a stranger."""
    return week_views(viewer, [policies.get_week_for(viewer, week_id)])[0]


def week_views(viewer: Actor, rows: Sequence[Week]) -> list[WeekView]:
    """Present weeks: one query for their money, one for their time, however many."""
    ids = [row.milestone_id for row in rows]
    waiting = [row.disputed_milestone_id for row in rows if row.disputed_milestone_id]
    money = weeks_of([*ids, *waiting])
    logged: dict[UUID, list[LoggedTime]] = {}
    for each in time_in(ids):
        logged.setdefault(each.milestone_id, []).append(each)
    return [_week(viewer, row, money, logged.get(row.milestone_id, [])) for row in rows]


def running_timer(viewer: Actor) -> TimerView | None:
    """Return the viewer's running timer, if one runs."""
    row = Timer.objects.select_related("deal").filter(contractor_id=viewer.known_id()).first()
    if row is None or row.deal.contract_id is None or row.stops_at <= clock.now():
        return None
    return TimerView(row.deal.contract_id, row.deal.title, row.note, row.started_at, row.stops_at)


def _deal(viewer: Actor, row: HourlyDeal) -> DealView:
    return DealView(
        id=row.pk,
        status=DealStatus(row.status),
        offer_id=row.offer_id,
        contract_id=row.contract_id,
        customer=Person(row.customer_id, row.customer.name),
        contractor=Person(row.contractor_id, row.contractor.name),
        title=row.title,
        rate=row.rate,
        weekly_cap_minutes=row.weekly_cap,
        weekly_price=cost(row.rate, row.weekly_cap),
        time_zone=row.time_zone,
        weeks=row.weeks,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        end_reason=row.end_reason,
        created_at=row.created_at,
        allowed_actions=policies.allowed_on_deal(viewer, row),
    )


def _week(viewer: Actor, row: Week, money: dict[UUID, WeekMoney], logged: Sequence[LoggedTime]) -> WeekView:
    terms, own = row.deal, money[row.milestone_id]
    worked, (payable, amount) = row.minutes, (row.billed_minutes, Money(row.amount, terms.currency))
    if row.status == WeekStatus.OPEN:
        worked = sum(each.minutes for each in logged)
        payable, amount = billed(terms.rate, terms.weekly_cap, worked)
    minutes = minutes_by_day(((each.starts_at, each.ends_at) for each in logged), zone_named(terms.time_zone))
    seven = (row.starts_on + timedelta(days=number) for number in range(7))
    return WeekView(
        id=row.pk,
        deal_id=row.deal_id,
        contract_id=terms.contract_id,  # type: ignore[arg-type]  # a week belongs to a contract
        milestone_id=row.milestone_id,
        number=row.number,
        status=WeekStatus(row.status),
        milestone_status=own.status,
        starts_on=row.starts_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        time_zone=terms.time_zone,
        cap_minutes=terms.weekly_cap,
        minutes=worked,
        billed_minutes=payable,
        price=cost(terms.rate, terms.weekly_cap),
        amount=amount,
        release_at=own.auto_release_at,
        days=tuple(DayView(day, minutes.get(day, 0)) for day in seven),
        dispute=_dispute(row, money),
        allowed_actions=policies.allowed_on_week(viewer, row, own),
    )


def _dispute(row: Week, money: dict[UUID, WeekMoney]) -> DisputeView | None:
    if row.disputed_at is None or row.disputed_milestone_id is None:
        return None
    return DisputeView(
        minutes=row.disputed_minutes,
        amount=Money(row.disputed_amount, row.deal.currency),
        reason=row.dispute_reason,
        entry_ids=tuple(UUID(each) for each in row.disputed_entries),
        disputed_at=row.disputed_at,
        milestone_id=row.disputed_milestone_id,
        milestone_status=money[row.disputed_milestone_id].status,
    )
