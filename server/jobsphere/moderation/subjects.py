"""What can be reported. The app that owns a kind of thing says what it is, and to whom it shows:

    moderation.subjects.register("job", describe)       # in the AppConfig.ready of jobs

`describe(actor, id)` answers None for whoever cannot see the thing, so nobody learns by a report that it exists. The
system (kit.actor.SYSTEM) sees everything: staff look through it at what a report is about, as it stands today.
"""

from collections.abc import Callable
from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.moderation.types import Subject

Describe = Callable[[Actor, UUID], Subject | None]

_subjects: dict[str, Describe] = {}


def register(type: str, describe: Describe) -> None:  # noqa: A002  the word on the wire
    """Let things of this type be reported; again replaces."""
    _subjects[type] = describe


def known() -> list[str]:
    """Return what can be reported, by name."""
    return sorted(_subjects)


def find(actor: Actor, subject_type: str, subject_id: UUID) -> Subject | None:
    """Return the thing, if there is such a kind and the actor can see it."""
    describe = _subjects.get(subject_type)
    return describe(actor, subject_id) if describe else None


def find_for(actor: Actor, subject_type: str, subject_id: UUID) -> Subject:
    """Return the thing; raises NotFound for whoever cannot see it."""
    found = find(actor, subject_type, subject_id)
    if found is None:
        raise NotFound("There is no such thing to report, or it is not for you.")
    return found
