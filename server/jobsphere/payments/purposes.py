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

    #: (actor, purpose_id, payment_method, gateway whose form has made it) -> payment_id
    create_intent: Callable[[Actor, UUID, str | None, str], UUID]
    #: Set by the one purpose that knows every milestone and contract, whatever they were paid by.
    release: Callable[[Actor, ReleaseRequest], UUID] | None = None
    refund: Callable[[Actor, RefundRequest], UUID] | None = None
    #: (purpose_id) waits until no verb is running on what is paid for. Its own verbs wait there before they touch the
    #: payment, so whoever comes from the payment's side must as well.
    take_turn: Callable[[UUID], None] = lambda purpose_id: None


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


def take_turn(purpose_type: str, purpose_id: UUID) -> None:
    """Wait for the verbs that are running on what a payment is for; nothing to wait for is fine."""
    if found := _purposes.get(purpose_type):
        found.take_turn(purpose_id)


def release(actor: Actor, wanted: ReleaseRequest) -> UUID:
    """Release by the purpose that knows milestones and contracts; returns the payment's id."""
    verb = _settling().release
    assert verb is not None, "it was chosen for that"
    return verb(actor, wanted)


def refund(actor: Actor, wanted: RefundRequest) -> UUID:
    """Refund by the purpose that knows milestones and contracts; returns the payment's id."""
    verb = _settling().refund
    assert verb is not None, "it was chosen for that"
    return verb(actor, wanted)


def _settling() -> Purpose:
    """Return the purpose that releases and refunds."""
    return next((each for each in _purposes.values() if each.release and each.refund), None) or purpose("")
