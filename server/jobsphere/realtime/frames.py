"""What is said over the socket: every kind of frame with when it comes and what is in it (docs/reference/frames.md).

    SENT = frames.register("message.sent", "A line more.", ("chat", "message"))          # beside whatever sends it

A kind that nobody has registered cannot be sent, so the page of the kinds is whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One kind of frame: its name, when it is sent, the keys of its data, and those that are not always there."""

    name: str
    when: str
    fields: tuple[str, ...]
    sometimes: tuple[str, ...]
    #: It has a number of the person's stream, and is caught up with.
    kept: bool

    def fits(self, keys: set[str]) -> bool:
        """Say whether data with these keys is what was promised."""
        return set(self.fields) <= keys <= {*self.fields, *self.sometimes}


_told: dict[str, Told] = {}


def register(
    name: str,
    when: str,
    fields: Sequence[str] = (),
    *,
    sometimes: Sequence[str] = (),
    kept: bool = True,
) -> str:
    """Say what a kind of frame is, and return its name; again replaces it."""
    _told[name] = Told(name, when, tuple(fields), tuple(sometimes), kept)
    return name


def known(name: str) -> str:
    """Return the name of a kind; raises TypeError for one that nobody has registered."""
    if name not in _told:
        raise TypeError(f"nobody has registered the frame {name!r} (realtime.frames)")
    return name


def told() -> Iterator[Told]:
    """Return every kind, by name."""
    return iter(sorted(_told.values(), key=lambda each: each.name))


_OWN = {
    "ready": ("Who you are is known; numbered frames after `seq` follow.", ("seq", "expires_at", "heartbeat")),
    "renewed": ("A new token was good.", ("expires_at",)),
    "expiring": ("The token ends within a minute: get a new one and send `authenticate` again.", ("seconds",)),
    "ping": ("Nothing was heard for a heartbeat: answer `pong`.", ()),
    "pong": ("The answer to your `ping`.", ()),
    "watching": ("The topic is watched.", ("topic",)),
    "presence": ("Somebody whom you watch came or left.", ("user_id", "online", "last_seen")),
}
for _name, (_when, _fields) in _OWN.items():
    register(_name, _when, _fields, kept=False)
register("error", "What you said last, `re`, was refused.", ("re", "code", "detail"), sometimes=("topic",), kept=False)
register("resync", "What you missed is kept no more: ask for everything that you show afresh.")
register("changed", "Something has changed: ask for it, if you show it.", ("subject",), sometimes=("id",))
