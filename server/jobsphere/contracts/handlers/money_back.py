"""What people are told when money comes back after the fact: released money, chargebacks, debts. By the worker."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobsphere.contracts.events import MilestoneChargedBack, MilestoneRefunded
from jobsphere.contracts.models import Contract, Offer
from jobsphere.contracts.services.chargebacks import contract_paid_by
from jobsphere.db.composed import get
from jobsphere.kit.money import Money
from jobsphere.kit.words import Phrase
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.payments.events import ChargebackClosed, ChargebackEvent, ChargebackOpened, ReceivableForgiven

#: What a contract is paid by.
OF_CONTRACT = ("offer", "milestone", "change", "tip", "expense")


@subscribe(ChargebackOpened)
def tell_of_chargeback(event: ChargebackOpened, meta: EventMeta) -> None:
    """A bank is taking money back; a mere question of the bank's concerns finance alone."""
    if event.purpose_type not in OF_CONTRACT or event.inquiry:
        return
    deal = {**_deal(event), "disputed": event.disputed}
    _tell(meta, event.payer_id, "dispute.updated/opened", deal)
    if event.payee_id:
        _tell(meta, event.payee_id, "dispute.updated/opened_payee", deal)


@subscribe(ChargebackClosed)
def tell_of_decision(event: ChargebackClosed, meta: EventMeta) -> None:
    """The bank has decided."""
    if event.purpose_type not in OF_CONTRACT or event.inquiry:
        return
    message = "dispute.updated/won" if event.won else "dispute.updated/lost"
    deal = {**_deal(event), "disputed": event.disputed}
    _tell(meta, event.payer_id, message, {**deal, "fee": ""})
    if event.payee_id:
        fee = Phrase("part.fee_taken", {"fee": event.payee_fee}) if event.payee_fee else ""
        _tell(meta, event.payee_id, message, {**deal, "fee": fee})


@subscribe(MilestoneChargedBack)
def tell_of_loss(event: MilestoneChargedBack, meta: EventMeta) -> None:
    """What it means for the contractor."""
    lost = {"lost": event.lost, "title": event.title}
    if event.taken.amount:
        why = Phrase("part.charged_back", lost)
        _tell_taken(meta, event, event.taken, event.owed, why)
    else:
        params = {**lost, "contract_id": event.contract_id}
        _tell(meta, event.contractor_id, "dispute.updated/protected", params)


@subscribe(MilestoneRefunded)
def tell_of_recovery(event: MilestoneRefunded, meta: EventMeta) -> None:
    """Money that had been released went back."""
    if event.taken is not None and event.owed is not None:
        values = {"refunded": event.refunded, "title": event.title, "reason": event.reason}
        _tell_taken(meta, event, event.taken, event.owed, Phrase("part.refunded_late", values))


@subscribe(ReceivableForgiven)
def tell_of_forgiveness(event: ReceivableForgiven, meta: EventMeta) -> None:
    """A debt is smaller, or gone."""
    left = Phrase("part.you_owe", {"owed": event.left}) if event.left else Phrase("part.you_owe_nothing")
    _tell(meta, event.payee_id, "dispute.updated/forgiven", {"amount": event.amount, "left": left})


def _tell_taken(
    meta: EventMeta, event: MilestoneChargedBack | MilestoneRefunded, taken: Money, owed: Money, why: Phrase
) -> None:
    left = Phrase("part.you_owe_first", {"owed": owed}) if owed else ""
    params = {"contract_id": event.contract_id, "taken": taken, "why": why, "left": left}
    # The same event also tells the other party, so this one has a key of its own.
    _tell(meta, event.contractor_id, "dispute.updated/taken", params, key="taken")


def _tell(meta: EventMeta, user_id: UUID, message: str, params: Mapping[str, Any], *, key: str = "") -> None:
    tell(user_id=user_id, message=message, params=params, key=f"{meta.id}:{key}" if key else f"{meta.id}")


def _deal(event: ChargebackEvent) -> dict[str, Any]:
    """Return the title of what was paid for, and where it is shown."""
    if contract_id := contract_paid_by(event.purpose_type, event.purpose_id):
        title = Contract.objects.values_list("title", flat=True).get(pk=contract_id)
        return {"title": title, "deal": f"/contracts/{contract_id}"}
    offer = get(Offer, pk=event.purpose_id)
    return {"title": offer.title, "deal": f"/offers/{offer.pk}"}
