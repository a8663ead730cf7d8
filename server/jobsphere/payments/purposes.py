"""What payments can be for. Higher apps register their purposes at start-up, so our routes never import upward."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.payments.types import RefundRequest, ReleaseRequest


@dataclass(frozen=True, slots=True)
class Purpose:
    """How a kind of purpose starts, releases and refunds its payments.

    Every function applies its own gate-keepers (NotFound for a stranger), runs inside the caller's transaction and
    returns the id of the payment that the answer shows.
    """

    #: (actor, purpose_id, payment_method) -> payment_id
    create_intent: Callable[[Actor, UUID, str | None], UUID]
    release: Callable[[Actor, ReleaseRequest], UUID]
    refund: Callable[[Actor, RefundRequest], UUID]


_purposes: dict[str, Purpose] = {}


def register(purpose_type: str, purpose: Purpose) -> None:
    """Register a purpose; called from `AppConfig.ready` of the app that owns it."""
    _purposes[purpose_type] = purpose


def purpose(purpose_type: str) -> Purpose:
    """Return a registered purpose; raises InvalidInput for any other."""
    try:
        return _purposes[purpose_type]
    except KeyError:
        known = ", ".join(sorted(_purposes)) or "none"
        raise InvalidInput.at(
            "/purpose/type", "unknown-purpose", f"There is no such purpose; known: {known}."
        ) from None


def release(actor: Actor, wanted: ReleaseRequest) -> UUID:
    """Release by the purpose that knows milestones and contracts; returns the payment's id."""
    return _only().release(actor, wanted)


def refund(actor: Actor, wanted: RefundRequest) -> UUID:
    """Refund by the purpose that knows milestones and contracts; returns the payment's id."""
    return _only().refund(actor, wanted)


def _only() -> Purpose:
    """Return the purpose that pays for contracts: until there is another one, the only one."""
    return next(iter(_purposes.values()), None) or purpose("")
