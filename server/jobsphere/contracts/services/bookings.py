"""What the bookings above ask of the contract of a slot: move it, and settle that somebody did not come (ADR 0029)."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.contracts.events import ContractHeld, ContractResumed
from jobsphere.contracts.models import Contract, Offer
from jobsphere.contracts.policies import refuse_while_held
from jobsphere.contracts.rules.lifecycles import CONTRACTOR, CUSTOMER, OfferStatus
from jobsphere.contracts.rules.terms import Slot
from jobsphere.contracts.services.cancellation import end_early
from jobsphere.contracts.services.holding import freeze, unfreeze
from jobsphere.contracts.services.turns import contract_facts, take_turn
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.outbox import services as outbox

#: The hold that a report of absence puts on a contract; staff's own holds have other words.
NO_SHOW_HOLD = "One of you reports that the other did not come. The money waits until that is settled"


def move_slot(*, actor: Actor, offer_id: UUID, slot: Slot) -> None:
    """Let the booking take place at another time, which the two have agreed on; what cancelling costs moves with it.

    Raises WrongStatus unless the offer is accepted and its contract runs.
    """
    require_transaction()
    contract = Contract.objects.get(offer_id=offer_id)
    contract, _ = take_turn(actor, contract.pk, "reschedule")
    accepted = {"pk": offer_id, "status": OfferStatus.ACCEPTED, "is_booking": True}
    if not update_where(Offer, accepted, starts_at=slot.starts_at, ends_at=slot.ends_at):
        raise WrongStatus("reschedule", contract.status)
    if contract.slot_starts_at is not None:
        Contract.objects.filter(pk=contract.pk).update(slot_starts_at=slot.starts_at)
    detail = {"starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat()}
    audit.record(actor=actor, verb="contract.move_slot", target_type="contract", target_id=contract.pk, detail=detail)


def hold_for_no_show(*, actor: Actor, contract_id: UUID) -> None:
    """Freeze the money until it is settled who did not come; a hold of staff's stays as it is. Raises WrongStatus."""
    require_transaction()
    contract, _ = take_turn(actor, contract_id, "report-no-show")
    if contract.held_at:
        return
    Contract.objects.filter(pk=contract.pk).update(held_at=clock.now(), hold_reason=NO_SHOW_HOLD)
    freeze(contract, actor=SYSTEM, reason=NO_SHOW_HOLD)
    audit.record(actor=actor, verb="contract.hold", target_type="contract", target_id=contract.pk)
    outbox.publish(ContractHeld(**contract_facts(contract), reason=NO_SHOW_HOLD), actor=actor)


def release_no_show_hold(*, actor: Actor, contract_id: UUID, reason: str) -> None:
    """Let the money move again after the report was taken back; a hold of staff's stays. Raises WrongStatus."""
    require_transaction()
    contract, _ = take_turn(actor, contract_id, "withdraw-no-show")
    if _lift(contract):
        audit.record(actor=actor, verb="contract.resume", target_type="contract", target_id=contract.pk)
        outbox.publish(ContractResumed(**contract_facts(contract), reason=reason), actor=actor)


def cancel_for_no_show(*, actor: Actor, contract_id: UUID, absent: str, reason: str) -> None:
    """End the contract at the cost of whoever did not come: an absent contractor gets nothing, an absent customer pays
    what the policy leaves the contractor once the slot has started.

    Raises WrongStatus when it is over, ContractIsHeld while staff or a bank hold its money.
    """
    assert absent in (CUSTOMER, CONTRACTOR), absent
    require_transaction()
    contract, _ = take_turn(actor, contract_id, "settle-no-show")
    _lift(contract)
    refuse_while_held(contract)
    end_early(contract, actor=actor, party=absent, reason=reason)


def _lift(contract: Contract) -> bool:
    """Take away the hold of a report, and no other; says whether there was one."""
    if contract.held_at is None or contract.hold_reason != NO_SHOW_HOLD:
        return False
    Contract.objects.filter(pk=contract.pk).update(held_at=None, hold_reason="")
    contract.held_at = None
    unfreeze(contract, actor=SYSTEM)
    return True
