"""What runs by the clock. Each in a transaction of its own, so one fault stops no other."""

from datetime import timedelta

from jobsphere.outbox.rounds import one_by_one
from jobsphere.outbox.subscriptions import periodic
from jobsphere.repeats import selectors, services

ROUND = 200


@periodic(every=timedelta(minutes=15))
def make_occurrences() -> None:
    """Make and fund what is due of every series, ask refused cards again, and let go what is not paid in time."""
    one_by_one(selectors.repeats_to_make(ROUND), lambda each: services.make_next(repeat_id=each))
    one_by_one(selectors.occurrences_to_try(ROUND), lambda each: services.try_again(occurrence_id=each))
    one_by_one(selectors.occurrences_to_give_up(ROUND), lambda each: services.give_up(occurrence_id=each))
