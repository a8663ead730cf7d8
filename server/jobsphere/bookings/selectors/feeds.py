"""One's bookings as a calendar program reads them (iCalendar, RFC 5545), at a secret address."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from icalendar import Calendar as Ical
from icalendar import Event

from jobsphere.bookings.models import Booking, CalendarFeed
from jobsphere.bookings.rules.lifecycle import LIVE, BookingStatus
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.users.selectors import actor_of, people

_PAST, _MOST = timedelta(days=60), 500
_TOKEN_LENGTH = 64


def digest_of(token: str) -> str:
    """Return what is kept of a token: who reads the database cannot read the feeds."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_feed(viewer: Actor) -> bool:
    """Say whether the viewer has an address that works."""
    return CalendarFeed.objects.filter(person_id=viewer.known_id()).exists()


def feed_of(token: str) -> bytes:
    """Return the bookings of whoever made this token, as customer and as contractor; raises NotFound. Four queries.

    Moments are written in UTC, so no program can get a change of the clocks wrong. Addresses are not in it.
    """
    row = CalendarFeed.objects.filter(token_digest=digest_of(token[:_TOKEN_LENGTH])).first()
    person = actor_of(row.person_id) if row else None
    if row is None or person is None:
        raise NotFound("There is no such calendar. Make a new address in your calendar's settings.")
    mine = Q(customer_id=row.person_id) | Q(contractor_id=row.person_id, seen_at__isnull=False)
    since = clock.now() - _PAST
    rows = Booking.objects.filter(mine, status__in=[*LIVE, BookingStatus.DONE], ends_at__gt=since)
    found = list(rows.order_by("starts_at")[:_MOST])
    others = {each.pk: _other(each, row.person_id) for each in found}
    names = people(others.values()) if found else {}
    feed = Ical()
    for name, value in (("prodid", "-//JobSphere//Bookings//EN"), ("version", "2.0"), ("x-wr-calname", "JobSphere")):
        feed.add(name, value)
    feed.add("refresh-interval", timedelta(minutes=30), parameters={"VALUE": "DURATION"})
    for each in found:
        other = names.get(others[each.pk])
        feed.add_component(_event(each, other.name if other else ""))
    return feed.to_ical()


def _event(row: Booking, other: str) -> Event:
    event = Event()
    event.add("uid", f"{row.pk}@jobsphere")
    event.add("dtstamp", clock.now())
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.ends_at)
    event.add("summary", f"{row.title} · {other}" if other else row.title)
    event.add("status", "TENTATIVE" if row.status == BookingStatus.HELD else "CONFIRMED")
    event.add("sequence", row.sequence)
    if row.extras:
        event.add("description", ", ".join(row.extras))
    return event


def _other(row: Booking, person_id: UUID) -> UUID:
    return row.contractor_id if person_id == row.customer_id else row.customer_id
