"""Who may read, and who may change, the files of a record: the app that owns the record says so.

    files.access.register("message", can_read_message)      # in the AppConfig.ready of messaging
    files.access.register("job", can_read, may_change=may_change, most=10)

A record of a type that nobody registered is read by the file's owner alone. Where `may_change` is given, screens may
set the files of a record (PUT /api/attachments/<type>/<id>/); elsewhere they come with the record's own verbs.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from jobsphere.files.types import Purpose
from jobsphere.kit.actor import Actor

#: Answers whether this actor may read (or change) the record with this id.
Reader = Callable[[Actor, UUID], bool]
#: Answers which of these records the actor may read, with as few queries as it can.
BatchReader = Callable[[Actor, Collection[UUID]], Collection[UUID]]

#: Files that one record may have.
MAX_ATTACHED = 20


@dataclass(frozen=True, slots=True)
class Target:
    """What an app says of the files of its records."""

    can_read: Reader
    readable: BatchReader | None
    may_change: Reader | None
    purpose: Purpose
    most: int

    def readable_of(self, actor: Actor, ids: Collection[UUID]) -> set[UUID]:
        """Return which of these records the actor may read."""
        if self.readable:
            return set(self.readable(actor, ids))
        return {each for each in ids if self.can_read(actor, each)}


_targets: dict[str, Target] = {}


def register(
    target_type: str,
    can_read: Reader,
    *,
    readable: BatchReader | None = None,
    may_change: Reader | None = None,
    purpose: Purpose = Purpose.ATTACHMENT,
    most: int = MAX_ATTACHED,
) -> None:
    """Let the readers of these records read their files; `purpose` is what files must be uploaded for to be set."""
    _targets[target_type] = Target(can_read, readable, may_change, purpose, most)


def target(target_type: str) -> Target | None:
    """Return what is known of a type."""
    return _targets.get(target_type)


def may_read_target(actor: Actor, target_type: str, target_id: UUID) -> bool:
    """Ask the app that owns the record."""
    found = _targets.get(target_type)
    return bool(found and found.can_read(actor, target_id))
