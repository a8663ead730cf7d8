"""What a contractor offers, and which times are free. Each answer costs the same queries, however long the range."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from jobsphere.bookings import policies
from jobsphere.bookings.models import Booking, Calendar, Package, SlotClaim, SpecialDay, WeeklyHours
from jobsphere.bookings.rules.checks import MOST_DAYS
from jobsphere.bookings.rules.lifecycle import CUSTOMER
from jobsphere.bookings.rules.slots import (
    Hours,
    Special,
    SpecialKind,
    WeeklyRange,
    Wish,
    claimed_cells,
    day_bounds,
    free_slots,
    is_free,
)
from jobsphere.bookings.types import (
    Availability,
    BookingPage,
    CalendarSettings,
    CalendarView,
    Extra,
    PackageView,
    Quote,
    SpecialView,
)
from jobsphere.contracts.selectors.bookings import cancelling_costs, describe_slot
from jobsphere.contracts.types import CancellationPolicy
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound
from jobsphere.kit.money import Money
from jobsphere.profiles.selectors import contractor
from jobsphere.users.types import Person

_SETTINGS = (
    *("time_zone", "is_open", "buffer_before", "buffer_after", "notice_hours", "horizon_days", "step"),
    "arrival_minutes",
)
_MARGIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Order:
    """A package with the chosen extras: what it costs, and how long it takes (minutes)."""

    price: Money
    minutes: int
    extras: tuple[str, ...]
    description: str


def calendar(viewer: Actor) -> CalendarView:
    """Return the contractor's own calendar, with what differs from yesterday on; a default until they have one."""
    row = policies.calendar_of(viewer.known_id())
    if row is None:
        settings = CalendarSettings(time_zone="UTC", is_open=False)
        return CalendarView(settings, describe_slot(settings.cancellation_policy), (), (), saved=False)
    settings = _settings(row)
    weekly = WeeklyHours.objects.filter(calendar=row).order_by("weekday", "starts")
    specials = SpecialDay.objects.filter(calendar=row, last_day__gte=clock.now().date() - _MARGIN)
    return CalendarView(
        settings,
        describe_slot(settings.cancellation_policy),
        tuple(WeeklyRange(each.weekday, each.starts, each.ends) for each in weekly),
        tuple(_special_view(each) for each in specials.order_by("first_day", "starts")),
        saved=True,
    )


def packages(viewer: Actor) -> list[PackageView]:
    """Return the packages that the contractor lists, in their order."""
    return package_views(_listed(viewer.known_id()))


def package_views(rows: Sequence[Package]) -> list[PackageView]:
    """Present packages."""
    return [_package(row) for row in rows]


def booking_page(contractor_id: UUID) -> BookingPage:
    """Return what can be booked of a contractor; raises NotFound without a public profile. Three queries."""
    person = contractor(contractor_id)
    if person is None:
        raise NotFound("There is no such contractor.")
    row = policies.calendar_of(contractor_id)
    listed = _listed(contractor_id)
    policy = CancellationPolicy(row.cancellation_policy) if row else CancellationPolicy.MODERATE
    return BookingPage(
        contractor=Person(person.id, person.name),
        is_open=bool(row and row.is_open and listed),
        time_zone=row.time_zone if row else "UTC",
        arrival_minutes=row.arrival_minutes if row else 0,
        horizon_days=row.horizon_days if row else 0,
        cancellation_policy=policy,
        policy_summary=describe_slot(policy),
        packages=tuple(package_views(listed)),
    )


def availability(
    contractor_id: UUID, *, first: date | None, last: date | None, package_id: UUID | None, extras: Sequence[str] = ()
) -> Availability:
    """Return the free slots of a package on these days of the contractor's zone, both included.

    Raises NotFound for what is not listed, InvalidInput for too many days. Five queries.
    """
    package = package_to_book(contractor_id, package_id)
    first, last = _days(first, last)
    order = order_of(package, extras)
    row = policies.calendar_of(contractor_id)
    if row is None or not row.is_open:
        return Availability(row.time_zone if row else "UTC", order.minutes, ())
    since, until = day_bounds(ZoneInfo(row.time_zone), first, last)
    slots = _free(row, minutes=order.minutes, since=since, until=until)
    return Availability(row.time_zone, order.minutes, tuple(slots))


def quote(
    contractor_id: UUID,
    *,
    package_id: UUID | None,
    starts_at: datetime | None,
    extras: Sequence[str] = (),
    customer_id: UUID | None = None,
) -> Quote:
    """Say what a booking would cost, and what cancelling it would, by today's fees; raises NotFound, InvalidInput."""
    package = package_to_book(contractor_id, package_id)
    if starts_at is None:
        raise InvalidInput.at("/starts_at", "required", "Say when it would start.")
    order = order_of(package, extras)
    row = policies.calendar_of(contractor_id)
    if row is None:
        raise NotFound("This contractor has no calendar.")
    policy = CancellationPolicy(row.cancellation_policy)
    return Quote(
        title=package.title,
        price=order.price,
        minutes=order.minutes,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=order.minutes),
        time_zone=row.time_zone,
        arrival_minutes=row.arrival_minutes,
        cancellation_policy=policy,
        policy_summary=describe_slot(policy),
        steps=cancelling_costs(
            policy=policy,
            amount=order.price,
            category=package.category,
            starts_at=starts_at,
            contractor_id=contractor_id,
            customer_id=customer_id,
        ),
    )


def package_to_book(contractor_id: UUID, package_id: UUID | None) -> Package:
    """Return a listed package of a contractor with a public profile; raises NotFound, InvalidInput without one."""
    known = contractor(contractor_id) is not None
    if package_id is None and known:
        raise InvalidInput.at("/package", "required", "Say which package.")
    found = (
        known
        and package_id
        and Package.objects.filter(pk=package_id, contractor_id=contractor_id, retired_at=None).first()
    )
    if not found:
        raise NotFound("This is not offered any more. Look at the contractor's page again.")
    return found


def order_of(package: Package, extras: Sequence[str]) -> Order:
    """Return what a package with these extras (ids) costs; raises InvalidInput for one that it does not have."""
    known = {each["id"]: each for each in package.extras}
    if any(each not in known for each in extras) or len(set(extras)) != len(extras):
        raise InvalidInput.at("/extras", "unknown", "This extra is not offered any more. Choose again.")
    chosen = [known[each] for each in extras]
    titles = tuple(each["title"] for each in chosen)
    return Order(
        price=Money(package.amount + sum(each["amount"] for each in chosen), package.currency),
        minutes=package.minutes + sum(each["minutes"] for each in chosen),
        extras=titles,
        description="\n".join(filter(None, [package.description, ", ".join(titles)])),
    )


def is_offered(row: Calendar, *, minutes: int, starts_at: datetime) -> bool:
    """Say whether exactly this time is free and offered now."""
    wish = _wish(row, minutes)
    return is_free(_hours(row), wish, _busy(row.contractor_id, starts_at - _MARGIN, starts_at + 2 * _MARGIN), starts_at)


def may_move(booking: Booking, starts_at: datetime, *, party: str) -> bool:
    """Say whether a booking may be moved there: a customer to what is offered, a contractor to what is not taken."""
    if starts_at <= clock.now() or starts_at == booking.starts_at:
        return False
    row = policies.calendar_of(booking.contractor_id)
    minutes = int((booking.ends_at - booking.starts_at).total_seconds()) // 60
    if row is not None and party == CUSTOMER:
        return starts_at in _free(row, minutes=minutes, since=starts_at, until=starts_at + _MARGIN / 96, but=booking)
    ends_at = starts_at + timedelta(minutes=minutes)
    cells = claimed_cells(starts_at, ends_at, before=booking.buffer_before, after=booking.buffer_after)
    taken = SlotClaim.objects.filter(contractor_id=booking.contractor_id, cell__in=cells)
    return not taken.exclude(booking=booking).exists()


def free_for(booking: Booking, *, first: date | None, last: date | None) -> Availability:
    """Return where a booking may be moved to, by the contractor's hours; its own time counts as free."""
    first, last = _days(first, last)
    minutes = int((booking.ends_at - booking.starts_at).total_seconds()) // 60
    row = policies.calendar_of(booking.contractor_id)
    if row is None:
        return Availability(booking.time_zone, minutes, ())
    since, until = day_bounds(ZoneInfo(row.time_zone), first, last)
    slots = _free(row, minutes=minutes, since=since, until=until, but=booking)
    return Availability(row.time_zone, minutes, tuple(each for each in slots if each != booking.starts_at))


def _free(
    row: Calendar, *, minutes: int, since: datetime, until: datetime, but: Booking | None = None
) -> list[datetime]:
    busy = _busy(row.contractor_id, since - _MARGIN, until + _MARGIN, but=but)
    return free_slots(_hours(row), _wish(row, minutes), busy, since=since, until=until)


def _busy(contractor_id: UUID, since: datetime, until: datetime, *, but: Booking | None = None) -> set[datetime]:
    rows = SlotClaim.objects.filter(contractor_id=contractor_id, cell__gte=since, cell__lt=until)
    if but is not None:
        rows = rows.exclude(booking=but)
    return set(rows.values_list("cell", flat=True))


def _hours(row: Calendar) -> Hours:
    weekly = WeeklyHours.objects.filter(calendar=row).values_list("weekday", "starts", "ends")
    specials = SpecialDay.objects.filter(calendar=row)
    return Hours(
        ZoneInfo(row.time_zone),
        tuple(WeeklyRange(*each) for each in weekly),
        tuple(
            Special(SpecialKind(each.kind), each.first_day, each.last_day, each.starts, each.ends) for each in specials
        ),
    )


def _wish(row: Calendar, minutes: int) -> Wish:
    now = clock.now()
    return Wish(
        minutes=minutes,
        before=row.buffer_before,
        after=row.buffer_after,
        step=row.step,
        earliest=now + timedelta(hours=row.notice_hours),
        latest=now + timedelta(days=row.horizon_days),
    )


def _days(first: date | None, last: date | None) -> tuple[date, date]:
    """Return the days that are asked for, by default the next four weeks; raises InvalidInput for too many."""
    begin = first or clock.now().date()
    end = last or begin + timedelta(days=27)
    if not timedelta(0) <= end - begin < timedelta(days=MOST_DAYS):
        raise InvalidInput.at("/to", "out-of-range", f"From 'from' on, at most {MOST_DAYS} days at once.")
    return begin, end


def _settings(row: Calendar) -> CalendarSettings:
    policy = CancellationPolicy(row.cancellation_policy)
    return CalendarSettings(**{name: getattr(row, name) for name in _SETTINGS}, cancellation_policy=policy)


def _special_view(row: SpecialDay) -> SpecialView:
    return SpecialView(row.pk, SpecialKind(row.kind), row.first_day, row.last_day, row.starts, row.ends, row.note)


def _listed(contractor_id: UUID) -> list[Package]:
    return list(Package.objects.filter(contractor_id=contractor_id, retired_at=None).order_by("position", "pk"))


def _package(row: Package) -> PackageView:
    extras = tuple(
        Extra(id=each["id"], title=each["title"], minutes=each["minutes"], price=Money(each["amount"], row.currency))
        for each in row.extras
    )
    price = Money(row.amount, row.currency)
    return PackageView(row.pk, row.title, row.description, row.category, row.minutes, price, extras)
