"""What contracts hold about a person. Contracts are kept for the books; the free words in them lose the person."""

import json
from collections.abc import Iterator

from django.db.models import Q

from jobsphere.contracts.models import (
    ChangeOrder,
    Contract,
    Deliverable,
    Expense,
    Milestone,
    Offer,
    RefundRequest,
    TimeEntry,
    Tip,
)
from jobsphere.contracts.rules.lifecycles import LIVE_OFFERS, ContractStatus
from jobsphere.users.personal_data import Blocker, Data, Subject, scrub, table

_MONEY = ("amount", "currency", "created_at")


def _party(subject: Subject, prefix: str = "") -> Q:
    return Q(**{f"{prefix}customer_id": subject.id}) | Q(**{f"{prefix}contractor_id": subject.id})


def export(subject: Subject) -> Data:
    """Return offers and contracts with their parts, and what was handed in."""
    offers, contracts = Offer.objects.filter(_party(subject)), Contract.objects.filter(_party(subject))
    milestones = Milestone.objects.filter(_party(subject, "offer__"))
    return {
        "offers": table(offers, "id", "status", "title", "message", "closed_reason", *_MONEY),
        "contracts": table(contracts, "id", "status", "title", "cancel_reason", "completed_at", *_MONEY),
        "milestones": table(milestones, "id", "contract_id", "status", "title", "description", *_MONEY),
        "deliverables": table(
            Deliverable.objects.filter(milestone__in=milestones), "milestone_id", "note", "links", "feedback"
        ),
        "change_orders": table(
            ChangeOrder.objects.filter(contract__in=contracts), "contract_id", "status", "reason", "changes", "answer"
        ),
        "tips": table(Tip.objects.filter(contract__in=contracts), "contract_id", "status", "message", *_MONEY),
        "expenses": table(
            Expense.objects.filter(contract__in=contracts),
            *("contract_id", "status", "what", "spent_on", "answer", *_MONEY),
        ),
        "time_entries": table(TimeEntry.objects.filter(contract__in=contracts), "contract_id", "note", "created_at"),
    }


def erase(subject: Subject) -> None:
    """Take name, address and number out of every free word; amounts, dates and statuses stay as they are."""
    mine = _party(subject)
    scrub(Offer.objects.filter(mine), ("title", "message", "closed_reason"), subject)
    scrub(Contract.objects.filter(mine), ("title", "cancel_reason", "hold_reason"), subject)
    milestones = Milestone.objects.filter(_party(subject, "offer__"))
    scrub(milestones, ("title", "description"), subject)
    handed_in = Deliverable.objects.filter(milestone__in=milestones)
    scrub(handed_in, ("note", "feedback"), subject)
    for row in handed_in.exclude(links=[]):
        Deliverable.objects.filter(pk=row.pk).update(links=json.loads(subject.scrubbed(json.dumps(row.links))))
    scrub(RefundRequest.objects.filter(milestone__in=milestones), ("reason",), subject)
    orders = ChangeOrder.objects.filter(_party(subject, "contract__"))
    scrub(orders, ("reason", "answer"), subject)
    for order in orders:
        ChangeOrder.objects.filter(pk=order.pk).update(changes=json.loads(subject.scrubbed(json.dumps(order.changes))))
    scrub(Tip.objects.filter(_party(subject, "contract__")), ("message",), subject)
    scrub(Expense.objects.filter(_party(subject, "contract__")), ("what", "answer"), subject)
    scrub(TimeEntry.objects.filter(_party(subject, "contract__")), ("note",), subject)


def blockers(subject: Subject) -> Iterator[Blocker]:
    """Work and money under way."""
    running = Contract.objects.filter(_party(subject), status=ContractStatus.ACTIVE).count()
    if running:
        yield Blocker("open-contracts", f"{running} contracts are running. Finish or cancel them first.")
    waiting = Offer.objects.filter(_party(subject), status__in=LIVE_OFFERS).count()
    if waiting:
        yield Blocker("open-offers", f"{waiting} offers wait for an answer. Answer or withdraw them first.")
