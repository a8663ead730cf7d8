"""Stopping a hold while a dispute is open."""

from uuid import UUID

from jobsphere.escrow import selectors
from jobsphere.escrow.acting import get_hold, record, take, tell
from jobsphere.escrow.events import EscrowFrozen, EscrowUnfrozen
from jobsphere.escrow.types import HoldView
from jobsphere.kit.actor import Actor


def freeze_hold(*, actor: Actor, hold_id: UUID, reason: str) -> HoldView:
    """Let the money neither be released nor refunded; raises WrongStatus unless it is held."""
    hold = get_hold(hold_id)
    take(hold, "freeze", frozen_reason=reason[:1000])
    record(actor, "escrow.freeze", hold, reason=reason)
    tell(EscrowFrozen, hold, actor, reason=reason)
    return selectors.view_of_hold(hold)


def unfreeze_hold(*, actor: Actor, hold_id: UUID) -> HoldView:
    """Let the money move again; raises WrongStatus unless it is frozen."""
    hold = get_hold(hold_id)
    take(hold, "unfreeze", frozen_reason="")
    record(actor, "escrow.unfreeze", hold)
    tell(EscrowUnfrozen, hold, actor)
    return selectors.view_of_hold(hold)
