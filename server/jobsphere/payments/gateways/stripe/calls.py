"""One way to call Stripe: guard, send, translate what went wrong, and look before believing a doubtful answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import stripe
from stripe import RequestOptions

from jobsphere.payments.gateways.base import (
    ActionRequired,
    Declined,
    Ok,
    Outcome,
    Rejected,
    Unknown,
)
from jobsphere.payments.gateways.stripe.errors import Failure, failure_of, was_replayed
from jobsphere.payments.gateways.stripe.normalise import OPERATION

T = TypeVar("T")

#: Seconds for connecting and for each read. The SDK's own default is 80.
TIMEOUT_SECONDS = 10
#: Stripe authorisations last 7 days online with most networks; the charge says exactly.
AUTHORIZATION_LIFETIME = timedelta(days=7)
#: Stripe prunes keys after at least 24 hours; we stop trusting them earlier.
IDEMPOTENCY_LIFETIME = timedelta(hours=20)
#: Clocks differ: look-ups by time begin a little earlier.
_SKEW = timedelta(minutes=10)

# The SDK would otherwise write an id into the home directory and send timings along.
stripe.enable_telemetry = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An object that Stripe returned, as a plain dictionary."""

    body: Mapping[str, Any]
    #: It is the stored answer of an earlier request with this key: the object may have changed since.
    replayed: bool


class Resource(Protocol):
    """What every object of the SDK can do that we need."""

    @property
    def last_response(self) -> Any: ...

    def to_dict(self) -> dict[str, Any]: ...


class StripeCalls:
    """The plumbing under the adapter's verbs."""

    def __init__(self, client: stripe.StripeClient, guard: Callable[[], None]) -> None:
        self._v1 = client.v1
        self._guard = guard

    def _send(self, request: Callable[[], Resource]) -> Answer | Failure:
        """Carry out one request. The guard raises when a database transaction is open."""
        self._guard()
        try:
            resource = request()
        except stripe.StripeError as error:
            return failure_of(error)
        response = resource.last_response
        return Answer(resource.to_dict(), was_replayed(response.headers if response else None))

    def _read(self, request: Callable[[], Resource], normalise: Callable[[Mapping[str, Any]], T]) -> Outcome[T]:
        """Read one object."""
        answer = self._send(request)
        if isinstance(answer, Failure):
            return answer.outcome
        return Ok(normalise(answer.body))

    def _collect(
        self,
        first_page: Callable[[], Any],
        *,
        keep: Callable[[Mapping[str, Any]], bool],
        stop_at_first: bool = False,
    ) -> list[Mapping[str, Any]] | Failure:
        """Walk every page of a list and keep what is wanted."""
        self._guard()
        kept: list[Mapping[str, Any]] = []
        try:
            for resource in first_page().auto_paging_iter():
                body = resource.to_dict()
                if keep(body):
                    kept.append(body)
                    if stop_at_first:
                        break
        except stripe.StripeError as error:
            return failure_of(error)
        return kept

    def _find(
        self,
        first_page: Callable[[], Any],
        operation_id: str,
        normalise: Callable[[Mapping[str, Any]], T],
    ) -> Outcome[T | None]:
        """Look through a list for the object that an operation made; Ok(None) when there is none."""
        found = self._collect(first_page, keep=lambda body: made_by(body, operation_id), stop_at_first=True)
        if isinstance(found, Failure):
            return found.outcome
        return Ok(normalise(found[0]) if found else None)

    def _made(
        self,
        answer: Answer | Failure,
        *,
        normalise: Callable[[Mapping[str, Any]], T],
        read: Callable[[str], Outcome[T]],
        find: Callable[[], Outcome[T | None]],
    ) -> Outcome[T]:
        """Settle a request that makes an object: look it up when the answer is old or doubtful."""
        if isinstance(answer, Answer):
            return read(answer.body["id"]) if answer.replayed else Ok(normalise(answer.body))
        if not answer.doubtful:
            return answer.outcome
        return _settled_by(find(), otherwise=answer.outcome)


def _settled_by(found: Outcome[T | None], *, otherwise: Declined | Rejected | Unknown) -> Outcome[T]:
    """Take what the look-up found; when it surely found nothing, the first answer stands."""
    if isinstance(found, Ok):
        return otherwise if found.object is None else Ok(found.object)
    if isinstance(found, ActionRequired | Unknown):
        return found
    return otherwise


def options(idempotency_key: str = "", account: str = "") -> RequestOptions:
    """Return the SDK's options: our own key, as its automatic one is lost in a crash, and whose account."""
    chosen: RequestOptions = {}
    if idempotency_key:
        chosen["idempotency_key"] = idempotency_key
    if account:
        chosen["stripe_account"] = account
    return chosen


def labels(operation_id: str, metadata: Mapping[str, str] | None) -> dict[str, str]:
    """Return the metadata to send: the caller's, and our operation id."""
    return {**(metadata or {}), OPERATION: operation_id}


def made_by(body: Mapping[str, Any], operation_id: str) -> bool:
    """Say whether this object was made by that operation."""
    return (body.get("metadata") or {}).get(OPERATION) == operation_id


def seconds(moment: datetime) -> int:
    """Return the Unix time of a moment."""
    return int(moment.timestamp())


def look_back(since: datetime) -> int:
    """Return the Unix time from which on a list must be searched."""
    return seconds(since - _SKEW)
