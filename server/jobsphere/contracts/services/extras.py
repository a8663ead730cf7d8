"""Extras: what the customer pays besides the work. It is the contractor's at once, without a fee (ADR 0030).

Tips and expenses differ in who begins them and how they end unpaid; how they are paid, refunded and contested is here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.models import Contract
from jobsphere.contracts.models.extras import Extra
from jobsphere.contracts.rules.lifecycles import SYSTEM
from jobsphere.contracts.services.completion import require_reason
from jobsphere.contracts.services.funding import live_payment, void_unwanted
from jobsphere.contracts.services.turns import take_turn, wait_for
from jobsphere.db.composed import refresh
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import services as escrow
from jobsphere.escrow.types import HoldShare, Recovery, Split
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.lifecycle import Lifecycle
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.payments import services as payments
from jobsphere.payments.events import ChargebackLost, ChargebackReinstated, PaymentCaptured

Row = TypeVar("Row", bound=Extra)


@dataclass(frozen=True)
class Kind(Generic[Row]):
    """One kind of extra; `name` is also the purpose of its payments and the first word of its audit verbs."""

    name: str
    model: type[Row]
    table: Lifecycle[Any]
    status: type[StrEnum]
    #: The gate-keeper.
    get_for: Callable[[Actor, UUID], Row]
    #: What the payment is called on the customer's side.
    label: Callable[[Row], str]

    def one(self, row_id: UUID) -> Row:
        """Return a row as it is now."""
        return self.model._default_manager.get(pk=row_id)

    def require(self, row: Row, action: str, party: str) -> None:
        """Raise WrongParty or WrongStatus unless the party may do it now."""
        policies.require(self.table, self.status(row.status), action, party)

    def move(self, row: Row, action: str, party: str, **changes: Any) -> None:
        """Move a row by its table, inside a turn; raises WrongStatus when somebody was faster."""
        status = self.table.next(self.status(row.status), action, party=party)
        if not move(self.model, row.pk, from_status=row.status, to_status=status, **changes):
            raise WrongStatus(action, self.one(row.pk).status)
        refresh(row)

    def record(self, actor: Actor, verb: str, row: Row, **detail: Any) -> None:
        """Leave the audit entry of a verb."""
        audit.record(
            actor=actor,
            verb=f"{self.name}.{verb}",
            target_type=self.name,
            target_id=row.pk,
            detail={"contract_id": row.contract_id, **detail},
        )


def take(kind: Kind[Row], actor: Actor, row_id: UUID, action: str) -> tuple[Row, Contract, str]:
    """Take a turn on the contract of an extra for an action on it.

    Raises NotFound, WrongParty, WrongStatus, and ContractIsHeld for what moves money.
    """
    require_transaction()
    seen = kind.get_for(actor, row_id)
    kind.require(seen, action, _party(actor, seen.contract))
    contract, party = take_turn(actor, seen.contract_id, "" if action == "refund" else action, ended=True)
    row = kind.one(row_id)
    kind.require(row, action, party)
    return row, contract, party


def fund(kind: Kind[Row], *, actor: Actor, row_id: UUID, payment_method: str | None = None, gateway: str = "") -> UUID:
    """Pay an extra, or go on with its payment; returns the payment's id. Raises NotFound, WrongParty, WrongStatus."""
    require_transaction()
    seen = kind.get_for(actor, row_id)
    kind.require(seen, "fund", _party(actor, seen.contract))
    if live := live_payment(seen.payment_id):
        if payment_method:
            payments.confirm_payment(actor=actor, payment_id=live, payment_method=payment_method)
        return live
    row, contract, _ = take(kind, actor, row_id, "fund")
    if live := live_payment(row.payment_id):
        return live
    payment = payments.start_payment(
        actor=actor,
        payer_id=contract.customer_id,
        payee_id=contract.contractor_id,
        amount=Money(row.amount, row.currency),
        purpose_type=kind.name,
        purpose_id=row.pk,
        payment_method=payment_method,
        gateway=gateway or None,
        capture="automatic",
        description=f"{contract.title}: {kind.label(row)}",
    )
    kind.model._default_manager.filter(pk=row.pk).update(payment_id=payment.id)
    kind.record(actor, "fund", row, payment=payment.id)
    return payment.id


def end_unpaid(kind: Kind[Row], row: Row, action: str, party: str, **changes: Any) -> None:
    """End an extra that was not paid, inside a turn; a payment under way is voided, or refunded when it arrives."""
    kind.move(row, action, party, **changes)
    if row.payment_id:
        outbox.enqueue(void_unwanted, row.payment_id)


def receive(kind: Kind[Row], event: PaymentCaptured) -> tuple[Row, Contract] | None:
    """The money was taken: all of it is the contractor's at once.

    None: nothing waits for it any more, so payments refunds it.
    """
    contract = wait_for(kind.one(event.purpose_id).contract_id)
    row = kind.one(event.purpose_id)
    waits = "capture" in kind.table.allowed(kind.status(row.status), SYSTEM)
    if not waits or row.payment_id != event.payment_id:
        return None
    nothing = Money.zero(row.currency)
    funding = escrow.fund_holds(
        actor=actors.SYSTEM,
        payment_id=event.payment_id,
        contract_id=contract.pk,
        payer_id=contract.customer_id,
        payee_id=contract.contractor_id,
        shares=[HoldShare(row.pk, Split(event.amount, nothing, event.amount, nothing, event.amount))],
    )
    kind.move(row, "capture", SYSTEM, hold_id=funding.holds[0].id, paid_at=clock.now())
    escrow.release_hold(actor=actors.SYSTEM, hold_id=funding.holds[0].id)
    kind.record(actors.SYSTEM, "capture", row, amount=event.amount, payment=event.payment_id)
    return row, contract


def give_back(kind: Kind[Row], *, actor: Actor, row_id: UUID, reason: str) -> tuple[Row, Contract, Recovery]:
    """Give a paid extra back to the customer, for staff with a reason; the contractor gives it, or owes it.

    Raises NotFound, WrongParty, WrongStatus, InvalidInput, PaymentIsDisputed.
    """
    row, contract, party = take(kind, actor, row_id, "refund")
    require_reason(party, reason)
    assert row.hold_id is not None, "a paid extra has a hold"
    recovery = escrow.take_back_released(actor=actor, hold_id=row.hold_id, reason=reason)
    kind.record(actor, "refund", row, taken=recovery.taken, owed=recovery.owed, reason=reason)
    return row, contract, recovery


def bear_loss(kind: Kind[Row], event: ChargebackLost) -> None:
    """The customer's bank has taken it back for good: the contractor gives it, or owes it."""
    losses = escrow.charge_back(chargeback_id=event.chargeback_id, payment_id=event.payment_id, amount=event.lost)
    row = kind.one(event.purpose_id)
    for loss in losses:
        kind.record(actors.SYSTEM, "charge_back", row, lost=loss.amount, taken=loss.taken, owed=loss.owed)


def take_back_loss(event: ChargebackReinstated) -> None:
    """The bank has given it back after all."""
    escrow.restore(chargeback_id=event.chargeback_id, amount=event.back)


def _party(actor: Actor, contract: Contract) -> str:
    return policies.party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id) or ""
