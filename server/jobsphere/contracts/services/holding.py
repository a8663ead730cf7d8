"""An administrator stops a contract's money while a question is open, and lets it go again."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.errors import HoldUnchanged
from jobsphere.contracts.events import ContractHeld, ContractResumed
from jobsphere.contracts.models import Contract
from jobsphere.contracts.rules.lifecycles import CONTRACT, ContractStatus
from jobsphere.contracts.services.completion import require_reason
from jobsphere.contracts.services.turns import contract_facts, take_turn
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import selectors as holds
from jobsphere.escrow import services as escrow
from jobsphere.escrow.types import HoldStatus, HoldView
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.outbox import services as outbox


def hold_contract(*, actor: Actor, contract_id: UUID, reason: str) -> None:
    """Freeze what is protected: nothing is released or refunded, by hand or by timer, until it is resumed.

    Raises NotFound, WrongParty, WrongStatus, InvalidInput without a reason, HoldUnchanged when it is held already.
    """
    contract = _take(actor, contract_id, "hold", reason)
    if contract.held_at:
        raise HoldUnchanged("This contract is already on hold.")
    Contract.objects.filter(pk=contract.pk).update(held_at=clock.now(), hold_reason=reason[:1000])
    freeze(contract, actor=actor, reason=reason)
    _record(actor, "hold", contract, reason)
    outbox.publish(ContractHeld(**contract_facts(contract), reason=reason), actor=actor)


def resume_contract(*, actor: Actor, contract_id: UUID, reason: str) -> None:
    """End a hold; timers that passed meanwhile act at their next round. Raises as hold_contract."""
    contract = _take(actor, contract_id, "resume", reason)
    if not contract.held_at:
        raise HoldUnchanged("This contract is not on hold.")
    Contract.objects.filter(pk=contract.pk).update(held_at=None, hold_reason="")
    contract.held_at = None
    unfreeze(contract, actor=actor)
    _record(actor, "resume", contract, reason)
    outbox.publish(ContractResumed(**contract_facts(contract), reason=reason), actor=actor)


def freeze(contract: Contract, *, actor: Actor, reason: str) -> None:
    """Freeze what is protected and is not frozen already, inside a turn."""
    for hold in _holds(contract):
        if hold.status is HoldStatus.FUNDED:
            escrow.freeze_hold(actor=actor, hold_id=hold.id, reason=reason)


def unfreeze(contract: Contract, *, actor: Actor) -> None:
    """Let what is frozen move again, inside a turn, unless there is another reason that it must not."""
    if contract.is_frozen:
        return
    for hold in _holds(contract):
        if hold.status is HoldStatus.FROZEN:
            escrow.unfreeze_hold(actor=actor, hold_id=hold.id)


def _take(actor: Actor, contract_id: UUID, action: str, reason: str) -> Contract:
    require_transaction()
    seen = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=seen.customer_id, contractor_id=seen.contractor_id)
    policies.require(CONTRACT, ContractStatus(seen.status), action, party)
    require_reason(party or "", reason)
    return take_turn(actor, contract_id, action)[0]


def _holds(contract: Contract) -> list[HoldView]:
    return [
        hold for hold in holds.holds_of_contract(contract.pk) if hold.status in (HoldStatus.FUNDED, HoldStatus.FROZEN)
    ]


def _record(actor: Actor, action: str, contract: Contract, reason: str) -> None:
    audit.record(
        actor=actor,
        verb=f"contract.{action}",
        target_type="contract",
        target_id=contract.pk,
        detail={"reason": reason},
    )
