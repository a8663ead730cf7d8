"""Where a deal by the hour, and a week of it, stand. Pure."""

from enum import StrEnum


class DealStatus(StrEnum):
    """Where an agreement by the hour stands."""

    #: The offer is alive, and there is no contract.
    OFFERED = "offered"
    RUNNING = "running"
    #: No new week begins and no new hour is taken; the last week closes as usual.
    ENDING = "ending"
    #: The contract has ended, or the offer came to nothing.
    OVER = "over"


class WeekStatus(StrEnum):
    """Where a week stands. What became of its money is in its milestone alone."""

    #: It runs, is to come, or may still be put right.
    OPEN = "open"
    #: Its statement is made: the hours stay as they are.
    CLOSED = "closed"
