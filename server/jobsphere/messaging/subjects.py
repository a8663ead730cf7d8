"""What conversations can be about. The app that owns the thing says who may begin one, and what the thing is called:

messaging.policies.register_subject("job", may_write, titles)       # in the AppConfig.ready of jobs
"""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from jobsphere.kit.actor import Actor

#: Answers whether the sender may begin to write to that person about the thing with this id.
MayWrite = Callable[[Actor, UUID, UUID], bool]

#: Answers what the things with these ids are called, for the two who talk about them. One query.
Titles = Callable[[Collection[UUID]], Mapping[UUID, str]]

_may_write: dict[str, MayWrite] = {}
_titles: dict[str, Titles] = {}


def register(subject_type: str, may_write: MayWrite, titles: Titles | None = None) -> None:
    """Let people begin conversations about things of this type, where the rule allows it; again replaces."""
    _may_write[subject_type] = may_write
    if titles:
        _titles[subject_type] = titles


def may_write(sender: Actor, recipient_id: UUID, subject_type: str, subject_id: UUID) -> bool:
    """Ask the app that owns the thing; a type that nobody registered is for services only."""
    rule = _may_write.get(subject_type)
    return rule is not None and rule(sender, recipient_id, subject_id)


def titles_of(things: Collection[tuple[str, UUID]]) -> dict[tuple[str, UUID], str]:
    """Return what these things are called, where their app says; one query for each type among them."""
    found: dict[tuple[str, UUID], str] = {}
    for subject_type in sorted({each for each, _ in things} & _titles.keys()):
        ids = {subject_id for each, subject_id in things if each == subject_type}
        found.update({(subject_type, key): title for key, title in _titles[subject_type](ids).items()})
    return found
