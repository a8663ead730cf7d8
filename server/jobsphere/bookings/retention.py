"""How long bookings are kept."""

from jobsphere.db.retention import Rule, follow, keep

RULES: list[Rule] = [
    *keep(
        "bookings_booking", "bookings_package", why="Part of the record of a contract; scrubbed when a person leaves."
    ),
    *keep(
        "bookings_calendar",
        "bookings_calendarfeed",
        why="The contractor's own settings, and the digest of a secret address; deleted when the person leaves.",
    ),
    *follow("bookings_weeklyhours", "bookings_specialday", of="bookings_calendar"),
    *follow("bookings_slotclaim", of="bookings_booking", why="Deleted when the booking takes no time any more."),
]
