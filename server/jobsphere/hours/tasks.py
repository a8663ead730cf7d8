"""What runs by the clock. Each week, deal and timer in a transaction of its own, so one fault stops no other."""

from datetime import timedelta

from jobsphere.hours import selectors, services
from jobsphere.outbox.rounds import one_by_one
from jobsphere.outbox.subscriptions import periodic

ROUND = 200


@periodic(every=timedelta(minutes=1))
def stop_timers() -> None:
    """Stop the timers whose week, or day, is over."""
    one_by_one(selectors.timers_to_stop(ROUND), lambda each: services.stop_overdue_timer(timer_id=each))


@periodic(every=timedelta(minutes=5))
def turn_weeks() -> None:
    """Make the weeks that are missing, and close those whose time is over."""
    one_by_one(selectors.deals_without_next_week(ROUND), lambda each: services.make_weeks(deal_id=each))
    one_by_one(selectors.weeks_to_close(ROUND), lambda each: services.close_week(week_id=each))
