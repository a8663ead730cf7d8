"""Events and their stored form."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import ClassVar, Optional
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.kit.money import Money
from jobsphere.outbox.codec import CodecError, codec_for
from jobsphere.outbox.types import Event, event_type


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Fees:
    platform: Money
    basis_points: int


@dataclass(frozen=True)
class Everything(Event):
    name: ClassVar[str] = "test.everything"
    aggregate: ClassVar[str] = "thing"
    thing_id: UUID
    text: str
    count: int
    flag: bool
    moment: datetime
    price: Money
    colour: Colour
    fees: Fees
    parts: tuple[Money, ...]
    pair: tuple[UUID, int]
    nested: tuple[tuple[str, ...], ...]
    maybe_price: Money | None
    maybe_id: Optional[UUID] = None  # noqa: UP045  the older spelling must work too
    later: int = 7


money = st.builds(Money, st.integers(-(10**15), 10**15), st.sampled_from(["USD", "JPY", "KWD"]))
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]))
events = st.builds(
    Everything,
    thing_id=st.uuids(),
    text=st.text(),
    count=st.integers(),
    flag=st.booleans(),
    moment=moments,
    price=money,
    colour=st.sampled_from(Colour),
    fees=st.builds(Fees, money, st.integers(0, 10_000)),
    parts=st.lists(money, max_size=4).map(tuple),
    pair=st.tuples(st.uuids(), st.integers()),
    nested=st.lists(st.lists(st.text(), max_size=3).map(tuple), max_size=3).map(tuple),
    maybe_price=st.none() | money,
    maybe_id=st.none() | st.uuids(),
    later=st.integers(),
)


@given(events)
def test_an_event_comes_back_from_json_as_it_was(event: Everything) -> None:
    assert Everything.from_json(json.loads(json.dumps(event.to_json()))) == event


def test_a_field_that_is_newer_than_the_stored_event_takes_its_default() -> None:
    stored = an_event().to_json()
    del stored["later"], stored["maybe_id"]
    stored["forgotten"] = "a field of an older version"
    assert Everything.from_json(stored) == an_event()


def test_a_stored_event_without_a_needed_field_is_refused_by_name() -> None:
    stored = an_event().to_json()
    del stored["price"]
    with pytest.raises(CodecError, match="without price"):
        Everything.from_json(stored)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("thing_id", "0193a3c1-7a5e-7c44-9f1e-6d1f0f3b2a10"),
        ("count", True),
        ("count", 1.5),
        ("flag", 1),
        ("text", None),
        ("price", 100),
        ("moment", datetime(2026, 1, 1)),  # noqa: DTZ001  that is the point
        ("parts", [Money(1, "USD")]),
        ("pair", (uuid4(),)),
        ("colour", "red"),
    ],
)
def test_a_value_of_another_type_is_refused_when_it_is_published(field: str, value: object) -> None:
    with pytest.raises(CodecError, match=field):
        an_event(**{field: value}).to_json()


@pytest.mark.parametrize("annotation", [float, dict[str, int], list[int], object, int | str | None, bytes])
def test_types_that_json_would_change_are_refused(annotation: object) -> None:
    with pytest.raises(CodecError, match="may not carry"):
        codec_for(annotation)


def test_two_events_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match="two events are called"):

        @dataclass(frozen=True)
        class Impostor(Event):
            name: ClassVar[str] = "test.everything"
            aggregate: ClassVar[str] = "thing"
            thing_id: UUID

    assert event_type("test.everything") is Everything


def test_an_event_must_name_its_aggregate() -> None:
    with pytest.raises(TypeError, match="needs a field thing_id"):

        @dataclass(frozen=True)
        class Homeless(Event):
            name: ClassVar[str] = "test.homeless"
            aggregate: ClassVar[str] = "thing"

    with pytest.raises(LookupError):
        event_type("test.homeless")


def test_the_aggregates_id_is_found_by_convention() -> None:
    event = an_event()
    assert event.aggregate_id == event.thing_id


def an_event(**changes: object) -> Everything:
    values: dict[str, object] = {
        "thing_id": UUID(int=1),
        "text": "t",
        "count": 1,
        "flag": True,
        "moment": datetime(2026, 1, 1, tzinfo=UTC),
        "price": Money(1, "USD"),
        "colour": Colour.RED,
        "fees": Fees(Money(1, "USD"), 1000),
        "parts": (),
        "pair": (UUID(int=2), 3),
        "nested": (),
        "maybe_price": None,
    }
    return Everything(**{**values, **changes})  # type: ignore[arg-type]
