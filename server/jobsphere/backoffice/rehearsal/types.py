"""The shape of an exercise, and of what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jobsphere.mail.types import Kept
from jobsphere.payments.gateways.sandbox.cards import Card

#: The values of an exercise's parameters: whole numbers and words.
Values = Mapping[str, int | str]
#: What an exercise does once its targets are found; returns what happened, in sentences.
Act = Callable[[], list[str]]


class ParameterKind(StrEnum):
    """How a value is asked for."""

    WHOLE = "whole"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that an exercise takes. A text that may stay empty has the default ""."""

    name: str
    title: str
    kind: ParameterKind
    default: int | str
    #: (value, label) of a choice.
    choices: tuple[tuple[str, str], ...] = ()
    minimum: int = 0
    maximum: int = 0
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One thing that can be rehearsed.

    `prepare` looks for its targets and raises what is wrong with them while nothing has happened yet; the act that it
    returns does it, outside of any transaction, as a gateway stands outside of ours.
    """

    name: str
    group: str
    title: str
    happens: str
    watch: str
    prepare: Callable[[Values], Act]
    parameters: tuple[Parameter, ...] = ()
    #: Deliver events and run the queue afterwards, so that its consequences are there at once.
    settles: bool = True


@dataclass(frozen=True, slots=True)
class Proof:
    """What recomputing the books found: nothing, when they balance.

    `gateway_asked` is False while the gateway is down: then only our own side could be proved.
    """

    sound: bool
    differences: tuple[str, ...]
    gateway_asked: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an exercise."""

    exercise: str
    happened: tuple[str, ...]
    watch: str
    books: Proof


@dataclass(frozen=True, slots=True)
class FaultState:
    """A fault that waits for its request. `times` is None when it lasts until it is cleared."""

    kind: str
    target: str
    skip: int
    times: int | None
    argument: str


@dataclass(frozen=True, slots=True)
class GatewayState:
    """One sandbox gateway."""

    name: str
    in_use: bool
    down: bool
    faults: tuple[FaultState, ...]
    events_pending: int
    events_withheld: int


@dataclass(frozen=True, slots=True)
class ClockState:
    """The marketplace's clock beside the machine's."""

    now: datetime
    machine: datetime
    ahead_seconds: int


@dataclass(frozen=True, slots=True)
class QueueState:
    """The queue in figures."""

    due: int
    scheduled: int
    running: int
    dead_letters: int


@dataclass(frozen=True, slots=True)
class RehearsalState:
    """The stage, as it stands."""

    gateways: tuple[GatewayState, ...]
    clock: ClockState
    queue: QueueState
    last_mail: Kept | None
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class SandboxMode:
    """What the bar over every screen shows; empty where no sandbox is played with."""

    sandbox: bool = False
    gateway: str = ""
    down: bool = False
    clock: ClockState | None = None
    cards: tuple[Card, ...] = ()
    last_mail: Kept | None = None
