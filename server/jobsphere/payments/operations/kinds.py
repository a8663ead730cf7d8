"""What the engine needs to know of each kind of operation. The kinds themselves stand in `payments/outcomes/`."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from jobsphere.payments.gateways.base import ActionRequired, Declined, Gateway, Ok, Outcome, Rejected
from jobsphere.payments.rules import OperationKind

Settled = Ok[Any] | ActionRequired | Declined | Rejected


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the gateway call sees it: no row, nothing that could be written by mistake."""

    id: UUID
    kind: OperationKind
    subject_id: UUID
    gateway: str
    key: str
    request: dict[str, Any]
    attempt: int
    first_sent_at: datetime


class Kind(ABC):
    """How one kind of operation is sent, looked up, and what its outcome means."""

    kind: ClassVar[OperationKind]
    #: It makes an object at the gateway that can be found by the operation's id. The others only move an object that
    #: exists, and the gateway port promises that repeating them is harmless.
    makes_object: ClassVar[bool] = True

    def begin(self, operation: Operation) -> bool:
        """Prepare the subject in the transaction that claims the attempt; False gives the operation up unsent."""
        return True

    @abstractmethod
    def send(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        """Ask the gateway; outside of any transaction."""

    def find(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        """Look up what the operation has made; Ok(None) when it surely made nothing."""
        return Ok(None)

    def judge(self, found: Any) -> Outcome[Any]:
        """Say what an object that was found means as an outcome."""
        return Ok(found)

    def waits_out(self, outcome: Declined) -> bool:
        """Say whether this refusal may pass by itself, so that the operation goes on with a new key."""
        return False

    @abstractmethod
    def record(self, operation: Operation, outcome: Settled) -> None:
        """Write what the outcome means, in the transaction that settles the operation."""


_kinds: dict[OperationKind, Kind] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Make a kind known to the engine; use as a class decorator."""
    _kinds[kind.kind] = kind()
    return kind


def kind_of(operation: Operation) -> Kind:
    """Return how this operation is sent and recorded."""
    return _kinds[operation.kind]
