"""What runs by the clock. Each booking in a transaction of its own, so one fault stops no other."""

from datetime import timedelta

from jobsphere.bookings import selectors, services
from jobsphere.outbox.rounds import one_by_one
from jobsphere.outbox.subscriptions import periodic

ROUND = 200


@periodic(every=timedelta(minutes=5))
def release_unpaid_bookings() -> None:
    """Give back the time that nobody has paid for."""
    one_by_one(selectors.unpaid_bookings(ROUND), lambda each: services.release_unpaid(booking_id=each))


@periodic(every=timedelta(minutes=15))
def settle_absences() -> None:
    """End the contracts of which it was reported, and not contested, that somebody did not come."""
    one_by_one(selectors.absences_to_settle(ROUND), lambda each: services.settle_no_show(booking_id=each))
