"""What can stand in the way of hours."""

from jobsphere.kit.errors import Conflict


class WeekClosed(Conflict):
    """The week of this time is closed: its hours are billed and stay as they are. Talk about it, or give money back."""

    code = "week-closed"
    title = "This week is closed"


class WeekUnfunded(Conflict):
    """The customer has not paid this week in, so no hour of it would be protected. Ask them to; then log your time."""

    code = "week-unfunded"
    title = "This week is not paid in yet"


class HoursEnded(Conflict):
    """The contract by the hour was ended: time after that is not taken. Time before it is, until its week closes."""

    code = "hours-ended"
    title = "No more hours are taken"


class TimerRunning(Conflict):
    """A contractor has one running timer at a time: stop it, then start this one."""

    code = "timer-running"
    title = "Your timer is running"


class NoTimer(Conflict):
    """No timer of yours is running: it was stopped before, or at the end of the week."""

    code = "no-timer"
    title = "No timer is running"


class NotUnderReview(Conflict):
    """Hours are disputed while their week waits for the customer's answer, once. Afterwards ask for a refund."""

    code = "not-under-review"
    title = "This week is not under review"
