"""How backups are named, and which are kept. Pure."""

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime

_FORM = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"\d{8}T\d{6}Z")

#: What makes two backups count as one of the same period; the newest of a period stays.
_PERIODS: dict[str, Callable[[datetime], Hashable]] = {
    "daily": lambda moment: moment.date(),
    "weekly": lambda moment: moment.isocalendar()[:2],
    "monthly": lambda moment: (moment.year, moment.month),
}
PERIODS = tuple(_PERIODS)


def name_of(moment: datetime) -> str:
    """Return the name of a backup that is taken now; names sort by time."""
    return moment.astimezone(UTC).strftime(_FORM)


def is_name(text: str) -> bool:
    """Say whether a backup may be called so."""
    return bool(_NAME.fullmatch(text))


def moment_of(name: str) -> datetime:
    """Return when a backup was taken; raises ValueError for what is no name."""
    return datetime.strptime(name, _FORM).replace(tzinfo=UTC)


def to_keep(names: Iterable[str], keep: dict[str, int]) -> set[str]:
    """Return those that stay: the newest of each of the last so many days, weeks and months, and the newest of all.

    Periods count that have a backup, so that a pause never lets an old one fall for want of new ones.
    """
    newest_first = sorted(names, reverse=True)
    kept = set(newest_first[:1])
    for period, number in keep.items():
        firsts: dict[Hashable, str] = {}
        for name in newest_first:
            firsts.setdefault(_PERIODS[period](moment_of(name)), name)
        kept.update(list(firsts.values())[:number])
    return kept
