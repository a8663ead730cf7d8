"""Quiet hours and digests by the clock on the person's wall, also when it is put forward or back."""

from datetime import UTC, datetime, time

import pytest

from jobsphere.notifications.rules import digest_due, quiet_until
from jobsphere.notifications.types import Digest

BERLIN = "Europe/Berlin"


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    "moment,start,end,until",
    [
        (utc(2027, 1, 12, 23, 30), time(22), time(7), utc(2027, 1, 13, 6)),
        (utc(2027, 1, 12, 5, 59), time(22), time(7), utc(2027, 1, 12, 6)),
        (utc(2027, 1, 12, 6, 0), time(22), time(7), None),
        (utc(2027, 1, 12, 20, 59), time(22), time(7), None),
        (utc(2027, 1, 12, 21, 0), time(22), time(7), utc(2027, 1, 13, 6)),
        (utc(2027, 1, 12, 12, 30), time(13), time(14), utc(2027, 1, 12, 13)),
        (utc(2027, 1, 12, 13, 0), time(13), time(14), None),
        (utc(2027, 1, 12, 12, 0), time(13), time(13), None),
        (utc(2027, 1, 12, 12, 0), None, None, None),
        # The night of 28 March 2027 is an hour shorter: seven in the morning is five in UTC.
        (utc(2027, 3, 27, 23, 0), time(22), time(7), utc(2027, 3, 28, 5)),
        # An end that does not exist that night (02:30) is the same moment as half past three.
        (utc(2027, 3, 27, 23, 0), time(22), time(2, 30), utc(2027, 3, 28, 1, 30)),
        # The night of 31 October 2027 is an hour longer.
        (utc(2027, 10, 30, 22, 0), time(22), time(7), utc(2027, 10, 31, 6)),
        # Two o'clock comes twice: in its second coming, the quiet lasts until its second half past.
        (utc(2027, 10, 31, 1, 10), time(22), time(2, 30), utc(2027, 10, 31, 1, 30)),
    ],
)
def test_quiet_hours_end_when_the_persons_clock_says_so(moment, start, end, until):
    found = quiet_until(moment, BERLIN, start, end)
    assert (found.astimezone(UTC) if found else None) == until


@pytest.mark.parametrize(
    "moment,digest,last,due",
    [
        (utc(2027, 1, 12, 6, 59), Digest.DAILY, None, False),
        (utc(2027, 1, 12, 7, 0), Digest.DAILY, None, True),
        (utc(2027, 1, 12, 9, 0), Digest.DAILY, utc(2027, 1, 12, 7), False),
        (utc(2027, 1, 13, 7, 0), Digest.DAILY, utc(2027, 1, 12, 7), True),
        (utc(2027, 1, 12, 7, 0), Digest.OFF, None, False),
        (utc(2027, 1, 12, 7, 0), Digest.WEEKLY, None, False),
        (utc(2027, 1, 18, 7, 0), Digest.WEEKLY, utc(2027, 1, 11, 7), True),
        (utc(2027, 7, 1, 6, 0), Digest.DAILY, None, True),
    ],
)
def test_a_digest_is_due_once_after_eight_where_the_person_is(moment, digest, last, due):
    assert digest_due(moment, BERLIN, digest, last) is due
