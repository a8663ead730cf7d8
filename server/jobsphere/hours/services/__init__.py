"""Verbs that write deals by the hour, weeks and timers. Each runs inside the transaction of its edge."""

from jobsphere.hours.services.disputing import dispute_hours
from jobsphere.hours.services.offering import end_hours, offer_by_the_hour
from jobsphere.hours.services.timers import start_timer, stop_overdue_timer, stop_timer
from jobsphere.hours.services.weeks import close_week, make_weeks

__all__ = [
    "close_week",
    "dispute_hours",
    "end_hours",
    "make_weeks",
    "offer_by_the_hour",
    "start_timer",
    "stop_overdue_timer",
    "stop_timer",
]
