"""How frames look on the wire, and how processes hand them to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

import orjson


class Kind(StrEnum):
    """For whom an envelope is."""

    #: Numbered frames: (person, seq) pairs.
    FRAMES = "frames"
    #: Ephemeral, for these people.
    WHISPER = "whisper"
    #: Ephemeral, for everybody who watches this topic.
    TOPIC = "topic"
    #: Sessions or rights of these people have changed: look at them again.
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One thing on its way to the sockets of any process. `data` is JSON already, so it is made once for all."""

    kind: Kind
    to: list[Any]
    type: str
    data: bytes = b"null"
    #: The trace that it belongs to; empty while nothing is traced.
    trace: str = ""

    def pack(self, origin: str) -> bytes:
        """Return it as one message of the bus, with the name of the process that sends it."""
        head = [origin, self.kind, self.to, self.type]
        return orjson.dumps([*head, self.trace] if self.trace else head) + b"\n" + self.data

    @classmethod
    def unpack(cls, message: bytes) -> tuple[str, Self]:
        """Return the sender's name and the envelope; raises ValueError for anything else."""
        head, _, data = message.partition(b"\n")
        origin, kind, to, type_, *trace = orjson.loads(head)
        return origin, cls(Kind(kind), to, type_, data, *trace)


def encode(payload: Mapping[str, Any]) -> bytes:
    """Return a payload as JSON. UUIDs, moments, enums and dataclasses are understood; raises TypeError for others."""
    return orjson.dumps(payload, default=_plain, option=orjson.OPT_UTC_Z)


def frame(type: str, data: bytes, seq: int | None = None) -> str:  # noqa: A002  the word of the wire
    """Return the text of one frame around JSON that was made before."""
    number = "" if seq is None else f'"seq":{seq},'
    return f'{{"type":"{type}",{number}"data":{data.decode()}}}'


def _plain(value: Any) -> Any:
    """Say how a value of our own is written, for example Money."""
    if hasattr(value, "to_json"):
        return value.to_json()
    raise TypeError(f"{type(value).__name__} cannot be sent")
