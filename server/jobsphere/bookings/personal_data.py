"""What bookings hold about a person. Bookings stay with their contracts; words lose the person, calendars go."""

import json

from django.db.models import Q

from jobsphere.bookings.models import Booking, Calendar, CalendarFeed, Package, SpecialDay, WeeklyHours
from jobsphere.kit import clock
from jobsphere.users.personal_data import Data, Subject, scrub, table


def export(subject: Subject) -> Data:
    """Return bookings, the calendar with its exceptions, and packages."""
    mine = Booking.objects.filter(Q(customer_id=subject.id) | Q(contractor_id=subject.id))
    calendars = Calendar.objects.filter(contractor_id=subject.id)
    columns = ("id", "status", "title", "extras", "starts_at", "ends_at", "checked_in_at", "nearness", "created_at")
    return {
        "bookings": table(mine, *columns, "absent", "absence_reason", "contest_reason"),
        "calendar": table(calendars, "time_zone", "is_open", "notice_hours", "horizon_days", "cancellation_policy"),
        "weekly_hours": table(WeeklyHours.objects.filter(calendar__in=calendars), "weekday", "starts", "ends"),
        "exceptions": table(
            SpecialDay.objects.filter(calendar__in=calendars), "kind", "first_day", "last_day", "starts", "ends", "note"
        ),
        "packages": table(
            Package.objects.filter(contractor_id=subject.id), "id", "title", "description", "minutes", "extras"
        ),
    }


def erase(subject: Subject) -> None:
    """Take the person out of every free word; the calendar, its exceptions and the secret address are deleted."""
    mine = Booking.objects.filter(Q(customer_id=subject.id) | Q(contractor_id=subject.id))
    scrub(mine, ("title", "absence_reason", "contest_reason"), subject)
    for row in mine.exclude(extras=[]):
        Booking.objects.filter(pk=row.pk).update(extras=json.loads(subject.scrubbed(json.dumps(row.extras))))
    packages = Package.objects.filter(contractor_id=subject.id)
    scrub(packages, ("title", "description"), subject)
    packages.filter(retired_at=None).update(retired_at=clock.now())
    packages.update(extras=[])
    Calendar.objects.filter(contractor_id=subject.id).delete()
    CalendarFeed.objects.filter(person_id=subject.id).delete()
