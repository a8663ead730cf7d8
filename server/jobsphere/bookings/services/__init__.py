"""Verbs of calendars, packages and bookings. Each runs inside the transaction of its edge."""

from jobsphere.bookings.services.absence import contest_no_show, report_no_show, settle_no_show, withdraw_no_show
from jobsphere.bookings.services.arriving import check_in, set_out
from jobsphere.bookings.services.booking import book, cancel_booking, release_unpaid
from jobsphere.bookings.services.calendars import add_special, remove_special, save_calendar
from jobsphere.bookings.services.feeds import make_feed, revoke_feed
from jobsphere.bookings.services.moving import (
    accept_reschedule,
    decline_reschedule,
    reschedule,
)
from jobsphere.bookings.services.packages import add_package, change_package, retire_package

__all__ = [
    "accept_reschedule",
    "add_package",
    "add_special",
    "book",
    "cancel_booking",
    "change_package",
    "check_in",
    "contest_no_show",
    "decline_reschedule",
    "make_feed",
    "release_unpaid",
    "remove_special",
    "report_no_show",
    "reschedule",
    "retire_package",
    "revoke_feed",
    "save_calendar",
    "set_out",
    "settle_no_show",
    "withdraw_no_show",
]
