"""What money was for. Apps that know register it at start-up, so our statements name jobs without importing them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from jobsphere.payments.types import Described

Describe = Callable[[Collection[UUID]], Mapping[UUID, Described]]

_describers: dict[str, Describe] = {}


def register(source_type: str, describe: Describe) -> None:
    """Say how sources of a type are described, many at once in a fixed number of queries; from `AppConfig.ready`."""
    _describers[source_type] = describe


def describe(sources: Iterable[tuple[str, UUID | str]]) -> dict[tuple[str, str], Described]:
    """Describe what is known of these sources; what nobody knows is left out."""
    wanted: dict[str, set[UUID]] = {}
    for source_type, source_id in sources:
        if source_type in _describers:
            wanted.setdefault(source_type, set()).add(UUID(str(source_id)))
    return {
        (source_type, str(source_id)): about
        for source_type, ids in sorted(wanted.items())
        for source_id, about in _describers[source_type](ids).items()
    }
