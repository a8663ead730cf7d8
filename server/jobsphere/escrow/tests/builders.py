"""Builders for tests of escrow: a purpose whose captured payments are held for milestones."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.escrow import selectors, services
from jobsphere.escrow.rules import DEFAULT_TERMS, FeeTerms
from jobsphere.escrow.types import HoldShare, HoldView, split
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money, total
from jobsphere.outbox.subscriptions import listen
from jobsphere.payments import services as payments
from jobsphere.payments.events import PaymentCaptured

HELD = "test.held"
#: What each purpose is to be held for; a higher app has this in its own tables.
_plans: dict[UUID, tuple[FeeTerms, tuple[Money, ...]]] = {}


@listen(PaymentCaptured)
def hold_for_milestones(event: PaymentCaptured) -> None:
    """Hold the payment, as contracts does when an offer's payment is captured."""
    if event.purpose_type != HELD or event.purpose_id not in _plans or event.payee_id is None:
        return
    terms, milestones = _plans[event.purpose_id]
    services.fund_holds(
        actor=SYSTEM,
        payment_id=event.payment_id,
        contract_id=event.purpose_id,
        payer_id=event.payer_id,
        payee_id=event.payee_id,
        shares=[HoldShare(uuid7(), part) for part in split(event.amount, terms, milestones)],
    )


def funded(
    payer: Actor,
    payee: Actor,
    milestones: Sequence[Money],
    *,
    terms: FeeTerms = DEFAULT_TERMS,
    card: str = "pm_card_visa",
) -> tuple[HoldView, ...]:
    """Pay for a contract with these milestones and return its holds."""
    contract_id = uuid7()
    _plans[contract_id] = terms, tuple(milestones)
    with edge_transaction():
        started = payments.start_payment(
            actor=payer,
            payer_id=payer.known_id(),
            payee_id=payee.known_id(),
            amount=total(milestones, milestones[0].currency),
            purpose_type=HELD,
            purpose_id=contract_id,
            payment_method=card,
        )
    with edge_transaction():
        payments.capture_payment(actor=SYSTEM, payment_id=started.id)
    return selectors.holds_of_contract(contract_id)


def do(verb: Any, **arguments: Any) -> Any:
    """Run a verb in an edge of its own."""
    with edge_transaction():
        return verb(**arguments)
