"""Who may read a file that is part of a record: the app that owns the record says so.

    files.access.register("message", can_read_message)      # in the AppConfig.ready of messaging

A record of a type that nobody registered is read by the file's owner alone.
"""

from collections.abc import Callable
from uuid import UUID

from jobsphere.kit.actor import Actor

#: Answers whether this actor may read the record with this id.
Reader = Callable[[Actor, UUID], bool]

_readers: dict[str, Reader] = {}


def register(target_type: str, can_read: Reader) -> None:
    """Let the readers of these records read the files that are attached to them."""
    _readers[target_type] = can_read


def may_read_target(actor: Actor, target_type: str, target_id: UUID) -> bool:
    """Ask the app that owns the record."""
    can_read = _readers.get(target_type)
    return bool(can_read and can_read(actor, target_id))
