"""Who holds what about people: each app says how its part is shown to the person, erased, and what speaks against it.

    personal_data.register("jobs", export=export, erase=erase, blockers=blockers)      # in the AppConfig.ready of jobs

`accounts` builds the export from all of them and erases through all of them, in one transaction. Names are the files
of the export. Kept here, on the lowest floor that knows people, so that every app above can register.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.kit.errors import NotFound
from jobsphere.users.models import User

#: What one app knows of a person, as JSON.
Data = Mapping[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Subject:
    """The person whose data it is, and what identifies them in texts. `label` stands in its place afterwards."""

    id: UUID
    name: str
    email: str
    phone: str
    label: str

    @property
    def traces(self) -> tuple[str, ...]:
        """Return the texts by which the person can be recognised; too short ones would hit everything."""
        return tuple(each for each in (self.email, self.name, self.phone) if len(each) >= 4)

    def scrubbed(self, text: str) -> str:
        """Return the text with the person's label in place of name, address and number."""
        for trace in self.traces:
            text = re.sub(re.escape(trace), self.label, text, flags=re.IGNORECASE)
        return text


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why a person cannot be erased yet: a stable code, how many or how much, and what to do about it."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Holding:
    """One app's part."""

    name: str
    export: Callable[[Subject], Data]
    erase: Callable[[Subject], None]
    blockers: Callable[[Subject], Iterable[Blocker]]


_holdings: dict[str, Holding] = {}


def register(
    name: str,
    *,
    export: Callable[[Subject], Data],
    erase: Callable[[Subject], None],
    blockers: Callable[[Subject], Iterable[Blocker]] = lambda subject: (),
) -> None:
    """Add an app's part; again replaces it."""
    _holdings[name] = Holding(name, export, erase, blockers)


def holdings() -> list[Holding]:
    """Return every part, by name; what users itself holds comes last, because the others look the person up."""
    return sorted(_holdings.values(), key=lambda each: (each.name == "account", each.name))


def blockers(subject: Subject) -> list[Blocker]:
    """Return everything that speaks against erasing this person now."""
    return [blocker for holding in holdings() for blocker in holding.blockers(subject)]


def subject_of(user_id: UUID) -> Subject:
    """Return a person, active or not; raises NotFound."""
    row = User.objects.filter(pk=user_id).first()
    if row is None:
        raise NotFound("There is no such person.")
    return Subject(row.id, row.name, row.email, row.phone, label_for(row))


def label_for(person: User) -> str:
    """Return what others read in place of the name of somebody who has left."""
    both = person.is_customer == person.is_contractor
    return "Former member" if both else "Former customer" if person.is_customer else "Former contractor"


def table(rows: "QuerySet[Any]", *fields: str) -> list[dict[str, Any]]:
    """Return these columns of the rows, oldest first, for an export."""
    return list(rows.order_by("pk").values(*fields))


def scrub(rows: "QuerySet[Any]", fields: Iterable[str], subject: Subject) -> int:
    """Put the person's label in place of their traces in these text columns; returns how many rows had one."""
    names = list(fields)
    if not subject.traces:
        return 0
    found = Q()
    for name in names:
        for trace in subject.traces:
            found |= Q(**{f"{name}__icontains": trace})
    changed = rows.filter(found)
    count = 0
    for values in changed.values("pk", *names):
        row_id = values.pop("pk")
        rows.model._default_manager.filter(pk=row_id).update(
            **{name: subject.scrubbed(text) for name, text in values.items() if isinstance(text, str)}
        )
        count += 1
    return count
