"""Every movement of money gets its documents, by the worker. The event is the cause: told twice, issued once."""

from uuid import UUID

from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.events import (
    EscrowChargedBack,
    EscrowFunded,
    EscrowRefunded,
    EscrowReleased,
    EscrowRestored,
    EscrowSetAside,
    HoldEvent,
)
from jobsphere.invoices import causes, services
from jobsphere.invoices.rules import Draft
from jobsphere.invoices.types import Cause
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.payments.events import PayoutCancelled, PayoutEvent, PayoutFailed, PayoutRequested, PayoutReturned
from jobsphere.plans.events import (
    PlanChargedBack,
    PlanEvent,
    PlanMoneyBack,
    PlanPaid,
    PlanRefunded,
    PlanRestored,
)


@subscribe(EscrowFunded)
def document_funding(event: EscrowFunded, meta: EventMeta) -> None:
    """The commission at acceptance."""
    holds = [hold for hold in escrow.holds_of_contract(event.contract_id) if hold.payment_id == event.payment_id]
    cause = Cause(
        name=event.name,
        id=meta.id,
        contractor_id=event.payee_id,
        customer_id=event.payer_id,
        contract_id=event.contract_id,
    )
    services.issue(cause=cause, drafts=causes.of_funding(tuple(holds)))


@subscribe(EscrowReleased)
def document_release(event: EscrowReleased, meta: EventMeta) -> None:
    """The work, and the commission at completion."""
    _issue(event, meta.id, causes.of_release(event))


@subscribe(EscrowRefunded)
def document_refund(event: EscrowRefunded, meta: EventMeta) -> None:
    """Credit notes."""
    _issue(event, meta.id, causes.of_refund(event))


@subscribe(EscrowChargedBack)
def document_chargeback(event: EscrowChargedBack, meta: EventMeta) -> None:
    """Credit notes, because a bank has given the money back."""
    _issue(event, meta.id, causes.of_chargeback(event))


@subscribe(EscrowRestored)
def document_restoration(event: EscrowRestored, meta: EventMeta) -> None:
    """Invoices again, because the bank has given back what it took."""
    _issue(event, meta.id, causes.of_restoration(event))


@subscribe(EscrowSetAside)
def document_setting_aside(event: EscrowSetAside, meta: EventMeta) -> None:
    """The commission on a part of a milestone goes with the part."""
    _issue(event, meta.id, causes.of_setting_aside(event))


@subscribe(PayoutRequested)
def document_payout_fee(event: PayoutRequested, meta: EventMeta) -> None:
    """What an instant payout costs."""
    _issue_for_payout(event, meta.id, given_back=False)


@subscribe(PayoutFailed, PayoutReturned, PayoutCancelled)
def document_payout_fee_back(event: PayoutEvent, meta: EventMeta) -> None:
    """A payout that never arrived costs nothing."""
    _issue_for_payout(event, meta.id, given_back=True)


@subscribe(PlanPaid)
def document_plan(event: PlanPaid, meta: EventMeta) -> None:
    """What a period of a plan costs."""
    _issue_for_plan(event, event.period_id, event.amount, meta.id, given_back=False)


@subscribe(PlanRefunded, PlanChargedBack)
def document_plan_back(event: PlanMoneyBack, meta: EventMeta) -> None:
    """What of it goes back."""
    _issue_for_plan(event, event.period_id, event.amount, meta.id, given_back=True)


@subscribe(PlanRestored)
def document_plan_restored(event: PlanRestored, meta: EventMeta) -> None:
    """A bank has given back what it took."""
    _issue_for_plan(event, event.period_id, event.amount, meta.id, given_back=False)


def _issue_for_plan(event: PlanEvent, period_id: UUID, amount: Money, event_id: UUID, *, given_back: bool) -> None:
    cause = Cause(name=event.name, id=event_id, contractor_id=event.owner_id, plan_period_id=period_id)
    services.issue(cause=cause, drafts=causes.of_plan(amount, given_back=given_back))


def _issue(event: HoldEvent, event_id: UUID, wanted: tuple[Draft, ...]) -> None:
    cause = Cause(
        name=event.name,
        id=event_id,
        contractor_id=event.payee_id,
        customer_id=event.payer_id,
        contract_id=event.contract_id,
    )
    services.issue(cause=cause, drafts=wanted)


def _issue_for_payout(event: PayoutEvent, event_id: UUID, *, given_back: bool) -> None:
    posted = ledger.find_transfer(code=event.name, reference=str(event.payout_id))
    fee = posted.amount_on(AccountKind.REVENUE_PAYOUT_FEE) if posted else None
    if not fee:
        return
    cause = Cause(name=event.name, id=event_id, contractor_id=event.payee_id, payout_id=event.payout_id)
    services.issue(cause=cause, drafts=causes.of_payout_fee(-fee if given_back else fee, given_back=given_back))
