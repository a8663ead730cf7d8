"""Reads of calendars, packages, free times and bookings."""

from jobsphere.bookings.selectors.calendars import (
    Order,
    availability,
    booking_page,
    calendar,
    is_offered,
    may_move,
    order_of,
    package_to_book,
    package_views,
    packages,
    quote,
)
from jobsphere.bookings.selectors.feeds import feed_of, has_feed
from jobsphere.bookings.selectors.shown import (
    absences_to_settle,
    booking,
    booking_views,
    bookings,
    slots_for_move,
    unpaid_bookings,
)

__all__ = [
    "Order",
    "absences_to_settle",
    "availability",
    "booking",
    "booking_page",
    "booking_views",
    "bookings",
    "calendar",
    "feed_of",
    "has_feed",
    "is_offered",
    "may_move",
    "order_of",
    "package_to_book",
    "package_views",
    "packages",
    "quote",
    "slots_for_move",
    "unpaid_bookings",
]
