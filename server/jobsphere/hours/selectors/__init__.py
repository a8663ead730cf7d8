"""Reads of deals by the hour, weeks, timers and reports."""

from jobsphere.hours.selectors.due import deals_without_next_week, timers_to_stop, weeks_to_close
from jobsphere.hours.selectors.reports import report
from jobsphere.hours.selectors.shown import deal, deal_views, deals, running_timer, week, week_views, weeks

__all__ = [
    "deal",
    "deal_views",
    "deals",
    "deals_without_next_week",
    "report",
    "running_timer",
    "timers_to_stop",
    "week",
    "week_views",
    "weeks",
    "weeks_to_close",
]
