"""What every verb on a hold does: a guarded move, an audit entry, an event."""

from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import first, refresh
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow.errors import HoldChanged
from jobsphere.escrow.events import HoldEvent
from jobsphere.escrow.models import EscrowHold
from jobsphere.escrow.rules import HOLD, HoldStatus
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.outbox import services as outbox
from jobsphere.payments import services as payments


def get_hold(hold_id: UUID) -> EscrowHold:
    """Return a hold to change; raises NotFound."""
    require_transaction()
    row = first(EscrowHold, pk=hold_id)
    if row is None:
        raise NotFound("There is no such hold.")
    return row


def get_hold_to_settle(hold_id: UUID) -> EscrowHold:
    """Return a hold to release or refund, when no other hold of its payment is being settled; raises NotFound."""
    hold = get_hold(hold_id)
    payments.take_turn(payment_id=hold.payment_id)
    refresh(hold)
    return hold


def take(hold: EscrowHold, action: str, *, to: HoldStatus | None = None, **changes: Any) -> None:
    """Take an action of the table if the hold is still as we have read it: of two verbs at once exactly one wins.

    `to` is for an action that leaves the status (a partial refund). Raises WrongStatus when the table has no such
    action, and HoldChanged when someone else was faster and left it possible: read it again and decide again.
    """
    follows = HOLD.next(HoldStatus(hold.status), action)
    seen = {"pk": hold.pk, "status": hold.status, "held": hold.held}
    moved = update_where(EscrowHold, seen, status=to or follows, **changes)
    refresh(hold)
    if not moved:
        HOLD.next(HoldStatus(hold.status), action)
        raise HoldChanged


def record(actor: Actor, verb: str, hold: EscrowHold, **detail: Any) -> None:
    """Leave the audit entry of a verb on a hold."""
    audit.record(
        actor=actor,
        verb=verb,
        target_type="hold",
        target_id=hold.pk,
        detail={"contract": hold.contract_id, "milestone": hold.milestone_id, **detail},
    )


def tell(kind: type[HoldEvent], hold: EscrowHold, actor: Actor, **fields: Any) -> None:
    """Publish a hold event with what all of them carry."""
    event = kind(
        hold_id=hold.pk,
        contract_id=hold.contract_id,
        milestone_id=hold.milestone_id,
        payment_id=hold.payment_id,
        payer_id=hold.payer_id,
        payee_id=hold.payee_id,
        **fields,
    )
    outbox.publish(event, actor=actor)
