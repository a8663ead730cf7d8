"""Events, and what handlers and operators see of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from jobsphere.outbox.codec import Codec, codec_for


class Event:
    """A fact that happened to one aggregate; subclasses are frozen dataclasses.

    `name` says what happened ("offer.accepted"), `aggregate` to what kind of thing ("offer"). The field
    `<aggregate>_id` names which one. Fields are UUID, str, int, bool, date, datetime, Money, enums, frozen
    dataclasses of these, `X | None` and `tuple[X, ...]`. A new field of an existing event needs a default.
    """

    name: ClassVar[str]
    aggregate: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__:
            _register(cls)

    @property
    def aggregate_id(self) -> UUID:
        """Return which aggregate this happened to."""
        found: UUID = getattr(self, f"{self.aggregate}_id")
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the stored form; raises CodecError when a field does not hold what its annotation says."""
        encoded: dict[str, Any] = _codec(type(self)).encode(self)
        return encoded

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read the stored form back; raises CodecError when a field without a default is missing."""
        decoded: Self = _codec(cls).decode(data)
        return decoded


def _codec(cls: type[Event]) -> Codec:
    hashable: Any = cls
    return codec_for(hashable)


_events: dict[str, type[Event]] = {}


def _register(cls: type[Event]) -> None:
    same = _events.get(cls.name)
    # dataclass(slots=True) makes the class a second time, which is not a clash.
    if same and (same.__module__, same.__qualname__) != (cls.__module__, cls.__qualname__):
        raise TypeError(f"two events are called {cls.name!r}: {same.__qualname__} and {cls.__qualname__}")
    if not any(f"{cls.aggregate}_id" in getattr(base, "__annotations__", {}) for base in cls.__mro__):
        raise TypeError(f"{cls.__qualname__} needs a field {cls.aggregate}_id")
    _events[cls.name] = cls


def event_type(name: str) -> type[Event]:
    """Return the class of an event by its name; raises LookupError when no code knows it any more."""
    try:
        return _events[name]
    except KeyError:
        raise LookupError(f"no event is called {name!r}") from None


def event_types() -> list[type[Event]]:
    """Return every event that is loaded, by name, for the docs and for tests."""
    return [_events[name] for name in sorted(_events)]


@dataclass(frozen=True, slots=True)
class EventMeta:
    """What is known of an event besides the fact itself.

    `sequence` rises with every event of one aggregate (with gaps: it is the position in the whole log).
    """

    id: UUID
    sequence: int
    occurred_at: datetime
    actor_id: UUID | None


@dataclass(frozen=True, slots=True)
class Retry:
    """When a failed task is tried again: `first`, doubled each time up to `cap`, with jitter, `attempts` runs in all.

    The default goes on for about three hours, so that an outage of an hour loses nothing.
    """

    attempts: int = 20
    first: timedelta = timedelta(seconds=1)
    cap: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class DeadLetterView:
    """A task that was given up, for operators."""

    id: UUID
    handler: str
    args: list[Any]
    error: str
    traceback: str
    attempts: int
    first_failed_at: datetime
    last_failed_at: datetime
    replayed_at: datetime | None
    dropped_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredEventView:
    """An event of the log, for operators and timelines."""

    meta: EventMeta
    name: str
    aggregate: str
    aggregate_id: UUID
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """The queue in five figures: for the health page and the metrics."""

    due: int
    scheduled: int
    running: int
    oldest_due: timedelta
    dead_letters: int
