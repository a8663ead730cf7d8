"""A lifecycle is one pure table: (status, action) -> status, with the parties who may act (DESIGN §5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from jobsphere.kit.errors import WrongStatus

Status = TypeVar("Status", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Step(Generic[Status]):
    """One row of the table: where the action leads, and which parties of the object may take it."""

    to: Status
    by: frozenset[str]


def step(to: Status, *by: str) -> Step[Status]:
    """Write a row: `step(Status.OPEN, "customer")`."""
    return Step(to, frozenset(by))


class Lifecycle(Generic[Status]):
    """The table with the questions that services, policies and screens ask of it."""

    def __init__(self, table: Mapping[tuple[Status, str], Step[Status]]) -> None:
        self.table = dict(table)

    def next(self, status: Status, action: str, *, party: str | None = None) -> Status:
        """Return the status that the action leads to.

        With `party`, the party must be one who may act. Raises WrongStatus with the actions that are possible.
        """
        row = self.table.get((status, action))
        if row is None or (party is not None and party not in row.by):
            raise WrongStatus(action, status, self.allowed(status, party))
        return row.to

    def sources(self, action: str) -> frozenset[Status]:
        """Return the statuses in which the action exists, for the WHERE of a guarded update."""
        return frozenset(status for status, name in self.table if name == action)

    def allowed(self, status: Status, party: str | None) -> list[str]:
        """Return the actions that this party (None: anyone) may take in this status, sorted."""
        return sorted(
            action
            for (source, action), row in self.table.items()
            if source == status and (party is None or party in row.by)
        )

    def final(self) -> frozenset[Status]:
        """Return the statuses that are reached and never left."""
        sources = {status for status, _ in self.table}
        return frozenset(row.to for row in self.table.values()) - sources
