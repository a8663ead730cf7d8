"""Every way in which a gateway may answer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from jobsphere.payments.gateways.base.snapshots import (
    PayeeStatus,
    PaymentSnapshot,
    PayoutSnapshot,
    RefundSnapshot,
    TransferReversalSnapshot,
    TransferSnapshot,
)
from jobsphere.payments.gateways.base.words import DeclineCode, RejectedCode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """It is done; `object` is the gateway's present state of it."""

    object: T


@dataclass(frozen=True, slots=True)
class ActionRequired:
    """The payer must act: choose a card (`url` empty) or prove who they are (`url`)."""

    payment: PaymentSnapshot
    client_secret: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """The gateway said no, for good: no money moved. `retryable`: the same request with a new key may succeed later."""

    code: DeclineCode
    message: str
    retryable: bool = False
    #: The object that exists at the gateway nevertheless, if any.
    gateway_id: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Our bug or our configuration; no money moved. A person must look."""

    message: str
    code: RejectedCode = RejectedCode.INVALID_REQUEST


@dataclass(frozen=True, slots=True)
class Unknown:
    """Money may or may not have moved. Ask again with the same key, or look the operation up.

    `key_spent`: the gateway stored a failure of its own under this key and will only ever repeat it. The adapter has
    looked and found nothing; go on with a new key after `find_by_operation` still finds nothing.
    """

    reason: str
    retry_after: timedelta | None = None
    key_spent: bool = False


Outcome = Ok[T] | ActionRequired | Declined | Rejected | Unknown


Found = (
    PaymentSnapshot | RefundSnapshot | TransferSnapshot | TransferReversalSnapshot | PayoutSnapshot | PayeeStatus | None
)
