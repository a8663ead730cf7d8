"""How long each table keeps its rows, and why: every app says it of its own tables, in its `retention.py`.

    RULES = [
        delete(Session, days="sessions", since="expires_at", why="…"),   # by the nightly clean-up
        keep("ledger_entry", why="…"),                                   # for good
        follow("users_passkey", "users_user", why="…"),                  # goes with a row of another table
        elsewhere("realtime_frame", by="realtime.tasks.prune", why="…"), # by a task of the app's own
    ]

`days` is a name in `settings.RETENTION_DAYS`; nobody writes a period anywhere else. `accounts.cleaning` carries the
rules out, and keeps what it did. A table without a rule fails a test.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q, QuerySet

from jobsphere.kit import clock


class How(StrEnum):
    """What happens to a row whose time is over."""

    DELETE = "delete"
    #: Deleted as well, but the database lets nobody do it except through its door (append_only).
    DELETE_SEALED = "delete_sealed"
    KEEP = "keep"
    FOLLOW = "follow"
    ELSEWHERE = "elsewhere"


#: Returns the rows that are due, given the moment before which they are.
Due = Callable[[datetime], "QuerySet[Any]"]
#: Removes these rows, by their keys, in the open transaction; returns how many.
Remove = Callable[[Sequence[Any]], int]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of one table."""

    table: str
    how: How
    #: The ground, for whoever asks why we still have it, or why we have it no more.
    why: str
    #: The name of its period in RETENTION_DAYS.
    days: str = ""
    #: The table that it follows, or the task that cleans it.
    by: str = ""
    due: Due | None = None
    remove: Remove | None = None

    @property
    def is_cleaned(self) -> bool:
        """Say whether the nightly clean-up looks after it."""
        return self.how in (How.DELETE, How.DELETE_SEALED)

    def period(self) -> timedelta | None:
        """Return how long a row is kept, None where it has no period of its own."""
        return timedelta(days=settings.RETENTION_DAYS[self.days]) if self.days else None

    def before(self) -> datetime:
        """Return the moment before which rows are due. A clock that a rehearsal has moved ahead makes nothing old."""
        period = self.period()
        assert period is not None, f"{self.table} has no period"
        return min(clock.now(), clock.machine_now()) - period


#: Takes the rows of a sealed table before they are removed, and returns what it has put where, for the audit trail.
Archiver = Callable[[str, Sequence[dict[str, Any]]], dict[str, str]]
_archivers: list[Archiver] = []


def archive_with(archiver: Archiver) -> None:
    """Let every sealed row be handed to this before it is removed; what it raises keeps the rows."""
    if archiver not in _archivers:
        _archivers.append(archiver)


def archive(table: str, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Hand rows that are about to be removed to whoever keeps them, outside transactions; returns what they say."""
    return {name: word for archiver in _archivers for name, word in archiver(table, rows).items()}


def delete(
    model: type[Model],
    *,
    days: str,
    why: str,
    since: str = "created_at",
    only: Q | None = None,
    due: Due | None = None,
    remove: Remove | None = None,
) -> Rule:
    """Delete rows `days` after the moment in the column `since`, those that fit `only`; both can be said in code."""
    manager: Any = model._default_manager

    def old(before: datetime) -> "QuerySet[Any]":
        return manager.filter(only or Q(), **{f"{since}__lt": before})

    def remove_rows(keys: Sequence[Any]) -> int:
        by_table: dict[str, int] = manager.filter(pk__in=keys).delete()[1]
        return by_table.get(model._meta.label, 0)

    return Rule(model._meta.db_table, How.DELETE, why, days, due=due or old, remove=remove or remove_rows)


def delete_sealed(model: type[Model], *, days: str, why: str, spare: Callable[[], Q] = Q) -> Rule:
    """Delete rows of an append-only table by their `created_at`, through its door; those that fit `spare()` stay."""
    manager: Any = model._default_manager

    def old(before: datetime) -> "QuerySet[Any]":
        spared = spare()
        rows = manager.filter(created_at__lt=before)
        return rows.exclude(spared) if spared else rows

    def remove_rows(keys: Sequence[Any]) -> int:
        count: int = manager.filter(pk__in=keys).delete()[0]
        return count

    return Rule(model._meta.db_table, How.DELETE_SEALED, why, days, due=old, remove=remove_rows)


def keep(*tables: str, why: str) -> list[Rule]:
    """Keep these tables for good."""
    return [Rule(table, How.KEEP, why) for table in tables]


def follow(*tables: str, of: str, why: str = "") -> list[Rule]:
    """Say that rows of these tables go with the row of another one that they belong to."""
    return [Rule(table, How.FOLLOW, why or f"Part of {of}.", by=of) for table in tables]


def elsewhere(*tables: str, by: str, why: str) -> list[Rule]:
    """Say that a task of the app's own deletes these rows: sooner than once a night, or not by age alone."""
    return [Rule(table, How.ELSEWHERE, why, by=by) for table in tables]


def rules() -> list[Rule]:
    """Return what every app says, by table; raises ValueError when two rules speak of one table."""
    found: dict[str, Rule] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.retention"
        if config.name.startswith("jobsphere.") and find_spec(name):
            for rule in import_module(name).RULES:
                if rule.table in found:
                    raise ValueError(f"two rules speak of {rule.table}")
                found[rule.table] = rule
    return sorted(found.values(), key=lambda rule: rule.table)
