"""What clients may say over the socket beside authenticate, watch and pong. The app that understands it registers it:

    realtime.commands.register("typing", handle, rate="30/min", fields={"chat_id": UUID})

The handler runs on a thread, outside of a transaction, with the fields as their types; whatever it refuses
(DomainError) goes back to the client as an "error" frame. A command is ephemeral: it may be lost with its connection.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import FieldError, InvalidInput

Handle = Callable[[Actor, dict[str, Any]], None]

#: How long a text of a command may be.
TEXT_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class Command:
    """One kind of frame that clients may send, and how often a person may."""

    name: str
    handle: Handle
    rate: str
    fields: Mapping[str, type]

    def understood(self, data: Any) -> dict[str, Any]:
        """Return the fields as their types; raises InvalidInput that names what is missing, odd or unknown."""
        given = data if isinstance(data, dict) else {}
        wrong = [FieldError(f"/data/{name}", "unknown", "Unknown field.") for name in given if name not in self.fields]
        values: dict[str, Any] = {}
        for name, kind in self.fields.items():
            try:
                values[name] = _READERS[kind](given[name])
            except (KeyError, TypeError, ValueError):
                wrong.append(FieldError(f"/data/{name}", "invalid", f"Needs a {kind.__name__}."))
        if wrong:
            raise InvalidInput(wrong)
        return values


_commands: dict[str, Command] = {}


def register(type: str, handle: Handle, *, rate: str, fields: Mapping[str, type] | None = None) -> None:  # noqa: A002
    """Let clients send frames of this type, so many a period ("30/min"); again replaces the handler.

    `fields` are all required; each is a UUID, str, bool, int, float or datetime. Raises TypeError for other types.
    """
    unknown = [kind.__name__ for kind in (fields or {}).values() if kind not in _READERS]
    if unknown:
        raise TypeError(f"a command cannot hold {', '.join(unknown)}")
    _commands[type] = Command(type, handle, rate, fields or {})


def everything() -> list[Command]:
    """Return every command, by name."""
    return sorted(_commands.values(), key=lambda each: each.name)


def command(type: str) -> Command | None:  # noqa: A002
    """Return what is registered under a type."""
    return _commands.get(type)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > TEXT_LENGTH:
        raise ValueError
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError
    return moment


_READERS: dict[type, Callable[[Any], Any]] = {
    UUID: lambda value: UUID(_text(value)),
    str: _text,
    bool: _flag,
    int: _whole,
    float: _number,
    datetime: _moment,
}
