"""The record of a contract as a bank reads it: what was agreed, done, approved and said, with times."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from jobsphere.audit import selectors as audit
from jobsphere.audit.types import AuditRecord
from jobsphere.contracts.models import ChangeOrder, Contract, Deliverable, Expense, Milestone, Offer, TimeEntry, Tip
from jobsphere.contracts.rules.cancellation import CancellationPolicy, describe
from jobsphere.db.composed import get
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import FeesAfterRelease, FeeTerms
from jobsphere.kit.money import Money
from jobsphere.messaging import selectors as messaging
from jobsphere.payments import selectors as payments
from jobsphere.payments.evidence import Record, Section
from jobsphere.users import selectors as users

#: The newest lines of the conversation that a bank is given.
LINES = 60
_REFUNDS = {
    FeesAfterRelease.PROPORTIONAL: (
        "While the work is under way the money is held; the customer may ask for it back, and the contractor may give"
        " it back at any time, also after it was released. All fees on what is refunded go back in proportion."
    ),
    FeesAfterRelease.KEPT: (
        "While the work is under way the money is held; the customer may ask for it back, and the contractor may give"
        " it back at any time. After it was released at most what the contractor received can be refunded."
    ),
}


def supply(offer_id: UUID, payment_id: UUID) -> Record:
    """Tell what is known of the offer that was paid, and of its contract; registered with payments.evidence."""
    offer = get(Offer, "job", "customer", "contractor", pk=offer_id)
    contract = Contract.objects.filter(offer=offer).first()
    milestones = list(Milestone.objects.filter(offer=offer).order_by("position"))
    trail = audit.history_of([offer.pk, payment_id, *([contract.pk] if contract else []), *(m.pk for m in milestones)])
    sections = [
        Section("The agreement", _agreement(offer, trail), 10),
        Section("Parts of the work, and what became of their money", _parts(contract, milestones), 20),
    ]
    if contract:
        sections += [
            Section("What was handed in, and what the customer said to it", _deliverables(milestones), 30),
            Section("Working time", _time(contract), 40),
            Section("Refunds before this", _refunds(payment_id), 50),
            Section("What the two wrote to each other", _conversation(contract), 60),
        ]
    return Record(tuple(each for each in sections if each.text), _fields(offer, contract, trail))


def supply_for_milestone(milestone_id: UUID, payment_id: UUID) -> Record:
    """Tell the same of a milestone that was paid in by itself."""
    return supply(Milestone.objects.values_list("offer_id", flat=True).get(pk=milestone_id), payment_id)


def supply_for_change(order_id: UUID, payment_id: UUID) -> Record:
    """Tell the same of the difference that a change order has cost."""
    return supply(ChangeOrder.objects.values_list("contract__offer_id", flat=True).get(pk=order_id), payment_id)


def supply_for_tip(tip_id: UUID, payment_id: UUID) -> Record:
    """Tell the same of a tip, which the customer gave by a payment of its own."""
    return supply(Tip.objects.values_list("contract__offer_id", flat=True).get(pk=tip_id), payment_id)


def supply_for_expense(expense_id: UUID, payment_id: UUID) -> Record:
    """Tell the same of an expense, with what it was for."""
    row = get(Expense, "contract", pk=expense_id)
    record = supply(row.contract.offer_id, payment_id)
    text = (
        f"{row.what}, bought on {row.spent_on:%Y-%m-%d} for {Money(row.amount, row.currency)}; paid with its receipt."
    )
    return Record((Section("The expense", text, 15), *record.sections), record.fields)


def _fields(offer: Offer, contract: Contract | None, trail: Iterable[AuditRecord]) -> dict[str, str]:
    policy = CancellationPolicy(offer.cancellation_policy)
    terms = FeeTerms.from_json(offer.fee_terms)
    return {
        "product_description": f"{offer.title}\n{offer.job.description}",
        "service_date": _service_date(offer, contract),
        "cancellation_policy": f"“{policy}”, shown before the customer paid: {describe(policy)}",
        "refund_policy": _REFUNDS[terms.after_release],
        "access_activity_log": _log(offer, trail),
    }


def _agreement(offer: Offer, trail: Iterable[AuditRecord]) -> str:
    accepted = next((each for each in trail if each.verb == "offer.accept"), None)
    lines = [
        f"{offer.customer.name} (customer) offered {offer.contractor.name} (contractor) {_money(offer)} for"
        f" “{offer.title}” on {_at(offer.created_at)}.",
        f"Message: {offer.message}" if offer.message else "",
        f"The contractor accepted on {_at(accepted.created_at)}; the payment was taken after that." if accepted else "",
    ]
    return _joined(lines)


def _parts(contract: Contract | None, milestones: Iterable[Milestone]) -> str:
    holds = {hold.milestone_id: hold for hold in escrow.holds_of_contract(contract.pk)} if contract else {}
    lines = []
    for each in milestones:
        words = [f"{each.position}. {each.title}: {Money(each.amount, each.currency)}, {each.status}"]
        words += [f"started {_at(each.started_at)}"] if each.started_at else []
        words += [f"handed in {_at(each.submitted_at)}"] if each.submitted_at else []
        words += [f"closed {_at(each.closed_at)}"] if each.closed_at else []
        hold = holds.get(each.pk)
        words += [f"refunded {hold.refunded}"] if hold and hold.refunded.amount else []
        lines.append(", ".join(words) + ".")
    return _joined(lines)


def _deliverables(milestones: Iterable[Milestone]) -> str:
    rows = Deliverable.objects.filter(milestone__in=list(milestones)).select_related("milestone").order_by("id")
    lines = []
    for row in rows:
        lines.append(f"{_at(row.created_at)}, “{row.milestone.title}”: {row.note or 'handed in'} {' '.join(row.links)}")
        if row.answered_at:
            lines.append(f"{_at(row.answered_at)}, the customer: {row.answer.replace('_', ' ')}. {row.feedback}")
    return _joined(lines)


def _time(contract: Contract) -> str:
    rows = list(TimeEntry.objects.filter(contract=contract).order_by("id"))
    lines = [f"{_at(row.started_at or row.created_at)}: {row.minutes} minutes. {row.note}" for row in rows]
    return _joined([*lines, f"{sum(row.minutes for row in rows)} minutes in all."] if rows else [])


def _refunds(payment_id: UUID) -> str:
    rows = payments.refunds_of_payment(payment_id)
    return _joined(f"{_at(row.created_at)}: {row.amount}, {row.status}. {row.reason}" for row in rows)


def _conversation(contract: Contract) -> str:
    if contract.conversation_id is None:
        return ""
    lines = messaging.transcript(contract.conversation_id, limit=LINES)
    return _joined(f"{_at(line.at)} {line.sender}: {line.body}" for line in lines)


def _log(offer: Offer, trail: Iterable[AuditRecord]) -> str:
    """List who did what, and from where the customer had signed in when they made the offer."""
    lines = [f"{_at(each.created_at)} {each.actor_name or 'JobSphere'}: {_verb(each.verb)}" for each in trail]
    devices = users.devices_of(offer.customer_id, until=offer.created_at)
    lines += [
        f"Before the offer the customer had signed in from {each.address or 'an unknown address'} ({each.user_agent})."
        for each in devices
    ]
    return _joined(lines)


def _service_date(offer: Offer, contract: Contract | None) -> str:
    if offer.starts_at and offer.ends_at:
        return f"{_at(offer.starts_at)} to {_at(offer.ends_at)}"
    if contract and contract.started_at:
        end = contract.completed_at or contract.cancelled_at
        return f"{_at(contract.started_at)} to {_at(end)}" if end else f"since {_at(contract.started_at)}"
    return ""


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _money(offer: Offer) -> Money:
    return Money(offer.amount, offer.currency)


def _verb(verb: str) -> str:
    return verb.replace(".", ": ").replace("_", " ")


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "an unknown time"
