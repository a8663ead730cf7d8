"""How the values of an event become JSON and come back as the same values.

Strict on the way out (a str where the event says UUID is a bug, found at publish), tolerant on the way in: an
event that was stored before a field existed is read with the field's default, and unknown fields are ignored.
"""

import types
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from jobsphere.kit.money import Money


class CodecError(TypeError):
    """A value or a type that an event may not carry: a bug of ours, never a person's."""


@dataclass(frozen=True, slots=True)
class Codec:
    """The two directions of one type."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


@cache
def codec_for(annotation: Any) -> Codec:
    """Return the codec of a type that an event may carry; raises CodecError for any other type (float, dict)."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return _optional(annotation)
    if origin is tuple:
        return _tuple(get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Codec(_exactly(annotation, lambda value: value.value), annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _dataclass(annotation)
    raise CodecError(f"an event may not carry {annotation!r}")


def _exactly(kind: type, encode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Refuse every value that is not of this very type (True is not a number here)."""

    def checked(value: Any) -> Any:
        if type(value) is not kind and not (kind is str and isinstance(value, str)):
            raise CodecError(f"expected {kind.__name__}, not {type(value).__name__}")
        return encode(value)

    return checked


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise CodecError("a moment needs a time zone")
    return value.astimezone(UTC).isoformat()


_SIMPLE: dict[Any, Codec] = {
    UUID: Codec(_exactly(UUID, str), UUID),
    str: Codec(_exactly(str, str), str),
    int: Codec(_exactly(int, int), int),
    bool: Codec(_exactly(bool, bool), bool),
    datetime: Codec(_exactly(datetime, _moment), datetime.fromisoformat),
    date: Codec(_exactly(date, date.isoformat), date.fromisoformat),
    Money: Codec(_exactly(Money, Money.to_json), Money.from_json),
}


def _optional(annotation: Any) -> Codec:
    choices = [choice for choice in get_args(annotation) if choice is not types.NoneType]
    if len(choices) != 1:
        raise CodecError(f"an event may not carry {annotation!r}: only `X | None`")
    inner = codec_for(choices[0])
    return Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda value: None if value is None else inner.decode(value),
    )


def _tuple(parts: tuple[Any, ...]) -> Codec:
    if len(parts) == 2 and parts[1] is Ellipsis:
        each = codec_for(parts[0])
        return Codec(
            _exactly(tuple, lambda value: [each.encode(item) for item in value]),
            lambda value: tuple(each.decode(item) for item in value),
        )
    codecs = [codec_for(part) for part in parts]
    return Codec(
        _exactly(tuple, lambda value: [one.encode(item) for one, item in zip(codecs, value, strict=True)]),
        lambda value: tuple(one.decode(item) for one, item in zip(codecs, value, strict=True)),
    )


def _dataclass(kind: type) -> Codec:
    hints = get_type_hints(kind)
    codecs = {field.name: codec_for(hints[field.name]) for field in fields(kind)}
    optional = {f.name for f in fields(kind) if f.default is not MISSING or f.default_factory is not MISSING}

    def encode(value: Any) -> dict[str, Any]:
        encoded = {}
        for name, one in codecs.items():
            try:
                encoded[name] = one.encode(getattr(value, name))
            except (CodecError, ValueError) as error:
                raise CodecError(f"{kind.__name__}.{name}: {error}") from error
        return encoded

    def decode(data: dict[str, Any]) -> Any:
        if missing := codecs.keys() - data.keys() - optional:
            raise CodecError(f"{kind.__name__} was stored without {', '.join(sorted(missing))}")
        return kind(**{name: one.decode(data[name]) for name, one in codecs.items() if name in data})

    return Codec(_exactly(kind, encode), decode)
