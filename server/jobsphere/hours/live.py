"""What the two of a contract by the hour are told at once (realtime.hints)."""

from jobsphere.hours.events import HoursDisputed, HoursStopped, TimerStarted, TimerStopped, WeekStated
from jobsphere.realtime import hints
from jobsphere.realtime.hints import Hint

_BOTH = [Hint("contract", "contract_id", ("customer_id", "contractor_id"))]

HINTS: hints.Table = dict.fromkeys((WeekStated, HoursDisputed, HoursStopped, TimerStarted, TimerStopped), _BOTH)

announce = hints.announcer(HINTS, name="hours.live")
