"""Who may see and do what; the only way to an object from outside. A stranger gets 404, the wrong party 403."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from jobsphere.contracts.errors import ByTheHour, ContractIsHeld, WrongParty
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
from jobsphere.contracts.rules import lifecycles as rules
from jobsphere.contracts.rules.changes import ANSWERER, CHANGE_ORDER, PROPOSER, ChangeOrderStatus
from jobsphere.contracts.rules.expenses import EXPENSE, ExpenseStatus, may_claim
from jobsphere.contracts.rules.lifecycles import (
    ADMIN,
    CONTRACT,
    CONTRACTOR,
    CUSTOMER,
    FROZEN_ACTIONS,
    MILESTONE,
    OFFER,
    REFUND_REQUEST,
    SYSTEM,
    ContractStatus,
    MilestoneStatus,
    OfferStatus,
    RefundRequestStatus,
)
from jobsphere.contracts.rules.terms import FundingShape
from jobsphere.contracts.rules.tips import TIP, TipStatus, may_tip
from jobsphere.db.composed import Composed, composed, first
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.lifecycle import Lifecycle, Status

Row = TypeVar("Row", bound=Model)


def is_staff(actor: Actor) -> bool:
    """Say whether somebody may see every offer and contract, and decide about their money."""
    return actor.is_admin or "finance" in actor.rights


def party_of(actor: Actor, *, customer_id: UUID, contractor_id: UUID) -> str | None:
    """Return what the actor is to a deal, in the words of the lifecycles; None for a stranger."""
    if actor.is_system:
        return SYSTEM
    if actor.id is not None and actor.id == customer_id:
        return CUSTOMER
    if actor.id is not None and actor.id == contractor_id:
        return CONTRACTOR
    return ADMIN if is_staff(actor) else None


def visible_offers(viewer: Actor) -> Q:
    """Return which offers the viewer may see; a contractor sees one once its money is reserved."""
    if viewer.is_system or is_staff(viewer):
        return Q()
    return Q(customer_id=viewer.known_id()) | Q(contractor_id=viewer.known_id(), sent_at__isnull=False)


def visible_contracts(viewer: Actor) -> Q:
    """Return which contracts the viewer may see: those they are a party of."""
    if viewer.is_system or is_staff(viewer):
        return Q()
    return Q(customer_id=viewer.known_id()) | Q(contractor_id=viewer.known_id())


def get_offer_for(actor: Actor, offer_id: UUID) -> Offer:
    """Return an offer that the actor may see; raises NotFound."""
    return _one(_visible(Offer, "pk", actor, offer_id), "offer")


def get_contract_for(actor: Actor, contract_id: UUID) -> Contract:
    """Return a contract that the actor may see; raises NotFound."""
    return _one(_visible(Contract, "pk", actor, contract_id), "contract")


def get_contract_of_job_for(actor: Actor, job_id: UUID) -> Contract:
    """Return the contract of a job that the actor may see; raises NotFound."""
    return _one(_visible(Contract, "job_id", actor, job_id), "contract for this job")


def get_milestone_for(actor: Actor, milestone_id: UUID) -> Milestone:
    """Return a milestone of a contract that the actor may see; raises NotFound, also before there is a contract."""
    return _one(_of_contract(Milestone, "", actor, milestone_id), "milestone")


def can_read_deliverable(actor: Actor, deliverable_id: UUID) -> bool:
    """Say whether the actor may read what was handed in; for its files."""
    if actor.id is None:
        return False
    row = first(Deliverable, "milestone__contract", pk=deliverable_id)
    contract = row.milestone.contract if row else None
    return contract is not None and _is_party_or_staff(actor, contract)


def may_show_what_is_missing(actor: Actor, deliverable_id: UUID) -> bool:
    """Say whether the actor may set the pictures of a request for changes: the customer, until the next handover."""
    asked = Q(pk=deliverable_id, answer="changes_requested", milestone__status=MilestoneStatus.CHANGES_REQUESTED)
    return Deliverable.objects.filter(asked, milestone__contract__customer_id=actor.known_id()).exists()


def may_write(actor: Actor, recipient_id: UUID, contract_id: UUID) -> bool:
    """Say whether the actor may write to that person about a contract: its two parties, to each other."""
    contract = first(Contract, pk=contract_id)
    return contract is not None and {actor.id, recipient_id} == {contract.customer_id, contract.contractor_id}


def get_refund_request_for(actor: Actor, request_id: UUID) -> RefundRequest:
    """Return a refund request of a contract that the actor may see; raises NotFound."""
    return _one(_of_contract(RefundRequest, "milestone__", actor, request_id), "refund request")


def get_change_order_for(actor: Actor, order_id: UUID) -> ChangeOrder:
    """Return a change order of a contract that the actor may see; raises NotFound."""
    return _one(_of_contract(ChangeOrder, "", actor, order_id), "change order")


def require_on_change(actor: Actor, order: ChangeOrder, contract: Contract, action: str) -> str:
    """Return as whom the actor may take an action on a change order; raises WrongParty and WrongStatus."""
    roles = _roles_on_change(actor, order, contract)
    doers = frozenset[str]().union(*(row.by for (_, name), row in CHANGE_ORDER.table.items() if name == action))
    role = next((each for each in roles if each in doers), None)
    if role is None:
        raise WrongParty(f"'{action}' is for the other side to do.")
    allowed = [each for each in roles if action in CHANGE_ORDER.allowed(ChangeOrderStatus(order.status), each)]
    role = allowed[0] if allowed else role
    CHANGE_ORDER.next(ChangeOrderStatus(order.status), action, party=role)
    return role


def allowed_on_change_order(viewer: Actor, order: ChangeOrder, contract: Contract) -> tuple[str, ...]:
    """Return the actions that the viewer may take on a change order."""
    if contract.status != ContractStatus.ACTIVE:
        return ()
    roles = _roles_on_change(viewer, order, contract)
    found = {action for role in roles for action in CHANGE_ORDER.allowed(ChangeOrderStatus(order.status), role)}
    frozen = {"accept", "fund"} if contract.is_frozen else set()
    return tuple(sorted(found - frozen))


def _roles_on_change(actor: Actor, order: ChangeOrder, contract: Contract) -> tuple[str, ...]:
    party = party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    if party not in (CUSTOMER, CONTRACTOR):
        return ()
    return (PROPOSER if party == order.proposed_by else ANSWERER, party)


def get_tip_for(actor: Actor, tip_id: UUID) -> Tip:
    """Return a tip of a contract that the actor may see; raises NotFound, for the contractor until it is paid."""
    found = _one(_of_contract(Tip, "", actor, tip_id), "tip")
    if found.status != TipStatus.PAID and actor.id == found.contract.contractor_id:
        raise NotFound("There is no such tip, or it is not for you.")
    return found


def allowed_on_tip(viewer: Actor, tip: Tip, contract: Contract) -> tuple[str, ...]:
    """Return the actions that the viewer may take on a tip."""
    party = party_of(viewer, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    if party is None:
        return ()
    return _unfrozen((each for each in TIP.allowed(TipStatus(tip.status), party) if each != "withdraw"), contract)


def get_expense_for(actor: Actor, expense_id: UUID) -> Expense:
    """Return an expense of a contract that the actor may see; raises NotFound."""
    return _one(_of_contract(Expense, "", actor, expense_id), "expense")


def can_read_receipt(actor: Actor, expense_id: UUID) -> bool:
    """Say whether the actor may read the receipts of an expense; for its files."""
    row = first(Expense, "contract", pk=expense_id) if actor.id else None
    return row is not None and _is_party_or_staff(actor, row.contract)


def allowed_on_expense(viewer: Actor, expense: Expense, contract: Contract) -> tuple[str, ...]:
    """Return the actions that the viewer may take on an expense."""
    party = party_of(viewer, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    return _unfrozen(EXPENSE.allowed(ExpenseStatus(expense.status), party), contract) if party else ()


def get_time_entry_for(actor: Actor, entry_id: UUID) -> TimeEntry:
    """Return a time entry of a contract that the actor may see; raises NotFound."""
    return _one(_of_contract(TimeEntry, "", actor, entry_id), "time entry")


def require(table: Lifecycle[Status], status: Status, action: str, party: str | None) -> Status:
    """Return where the action leads.

    Raises WrongParty (403) when it is never this party's to do, WrongStatus (409) when it is, but not now.
    """
    doers = frozenset[str]().union(*(row.by for (_, name), row in table.table.items() if name == action))
    if party not in doers:
        raise WrongParty(
            f"'{action}' is for the {_listing(doers)} to do.", allowed_actions=table.allowed(status, party)
        )
    return table.next(status, action, party=party)


def sources(table: Lifecycle[Status], action: str, party: str) -> list[Status]:
    """Return the statuses from which the party may take the action, for the WHERE of a guarded update."""
    return [status for (status, name), row in table.table.items() if name == action and party in row.by]


def refuse_while_held(contract: Contract) -> None:
    """Raise ContractIsHeld while an administrator, or the customer's bank, keeps the contract's money from moving."""
    if contract.disputed_at:
        raise ContractIsHeld("The customer's bank is taking the payment back; its money waits until that is decided.")
    if contract.held_at:
        raise ContractIsHeld(f"An administrator holds this contract: {contract.hold_reason}")


def refuse_by_hand(contract: Contract, action: str, party: str) -> None:
    """Raise ByTheHour for what the clock alone does on a contract that is paid by the week (ADR 0033)."""
    if _is_the_clocks(contract, action, party):
        raise ByTheHour("Its weeks start, close and are released by themselves. Dispute hours, or end the contract.")


def allowed_on_offer(viewer: Actor, offer: Offer) -> tuple[str, ...]:
    """Return the actions that the viewer may take on an offer."""
    party = party_of(viewer, customer_id=offer.customer_id, contractor_id=offer.contractor_id)
    return tuple(OFFER.allowed(OfferStatus(offer.status), party)) if party else ()


def allowed_on_contract(viewer: Actor, contract: Contract, milestones: Iterable[Milestone]) -> tuple[str, ...]:
    """Return the actions that the viewer may take on a contract, given what its milestones allow."""
    party = party_of(viewer, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    if party is None:
        return ()
    statuses = {MilestoneStatus(each.status) for each in milestones}
    impossible = set()
    if MilestoneStatus.SUBMITTED not in statuses:
        impossible.add("complete")
    if not statuses & {*rules.HELD_MILESTONES} - {MilestoneStatus.SUBMITTED}:
        impossible.add("deliver")
    if contract.started_at:
        impossible.add("update")
    if not may_tip(contract.completed_at, now=clock.now()):
        impossible.add("tip")
    if not contract.expense_cap or not may_claim(contract.completed_at, now=clock.now()):
        impossible.add("claim_expense")
    impossible.add("hold" if contract.held_at else "resume")
    impossible |= {each for each in rules.ACTIONS_OF_THE_CLOCK if _is_the_clocks(contract, each, party)}
    found = CONTRACT.allowed(ContractStatus(contract.status), party)
    return _unfrozen((each for each in found if each not in impossible), contract)


def allowed_on_milestone(viewer: Actor, milestone: Milestone, contract: Contract) -> tuple[str, ...]:
    """Return the actions that the viewer may take on a milestone of a contract."""
    party = party_of(viewer, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    if party is None:
        return ()
    found = MILESTONE.allowed(MilestoneStatus(milestone.status), party)
    if contract.status != ContractStatus.ACTIVE:
        found = [each for each in found if each == "refund"]
    return _unfrozen((each for each in found if not _is_the_clocks(contract, each, party)), contract)


def allowed_on_refund_request(viewer: Actor, request: RefundRequest, contract: Contract) -> tuple[str, ...]:
    """Return the actions that the viewer may take on a refund request."""
    party = party_of(viewer, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    if party is None:
        return ()
    return _unfrozen(REFUND_REQUEST.allowed(RefundRequestStatus(request.status), party), contract)


def allowed_on_time_entry(viewer: Actor, entry: TimeEntry, contract: Contract) -> tuple[str, ...]:
    """Return the actions that the viewer may take on a time entry: its writer changes it until it is billed."""
    mine = viewer.id == contract.contractor_id and contract.status == ContractStatus.ACTIVE
    return ("delete", "update") if mine and entry.billed_at is None else ()


def can_read_time_entry(actor: Actor, entry_id: UUID) -> bool:
    """Say whether the actor may see the files of a time entry: one of the two, or staff."""
    row = first(TimeEntry, "contract", pk=entry_id)
    return actor.id is not None and row is not None and _is_party_or_staff(actor, row.contract)


def _is_the_clocks(contract: Contract, action: str, party: str) -> bool:
    by_hand = party in (CUSTOMER, CONTRACTOR) and action in rules.ACTIONS_OF_THE_CLOCK
    return by_hand and contract.funding == FundingShape.WEEKLY


def _unfrozen(actions: Iterable[str], contract: Contract) -> tuple[str, ...]:
    return tuple(each for each in actions if not (contract.is_frozen and each in FROZEN_ACTIONS))


def _is_party_or_staff(actor: Actor, contract: Contract) -> bool:
    party = party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    return party is not None


def _one(found: Row | None, what: str) -> Row:
    if found is None:
        raise NotFound(f"There is no such {what}, or it is not for you.")
    return found


def _visible(model: type[Row], column: str, actor: Actor, value: UUID) -> Row | None:
    """Find an offer or a contract among those that the actor may see."""
    if _sees_all(actor):
        return first(model, *_BESIDE[model], **{column: value})
    return _seen_by_party(model, column).one(value=value, person=actor.known_id())


def _of_contract(model: type[Row], path: str, actor: Actor, row_id: UUID) -> Row | None:
    """Find a row, whose contract is at `path`contract, if the contract is one that the actor may see."""
    if _sees_all(actor):
        return _of_any_contract(model, path).one(row_id=row_id)
    return _of_own_contract(model, path).one(row_id=row_id, person=actor.known_id())


def _sees_all(actor: Actor) -> bool:
    return actor.is_system or is_staff(actor)


#: What is shown with a row, read with it.
_BESIDE: dict[type[Model], tuple[str, ...]] = {
    Offer: ("customer", "contractor", "job", "contract"),
    Contract: ("customer", "contractor"),
}

# Gate-keepers stand before every verb, so their text is kept (db.composed): one for each kind of row.


@cache
def _seen_by_party(model: type[Row], column: str) -> Composed[Row]:
    visible: Callable[[Actor], Q] = visible_offers if model is Offer else visible_contracts

    def build(*, value: UUID, person: UUID) -> "QuerySet[Row]":
        rows = model._default_manager.filter(visible(Actor(person)), **{column: value})
        return rows.select_related(*_BESIDE[model]).order_by("pk")[:1]

    return composed(build)


@cache
def _of_any_contract(model: type[Row], path: str) -> Composed[Row]:
    def build(*, row_id: UUID) -> "QuerySet[Row]":
        rows = model._default_manager.filter(pk=row_id, **{f"{path}contract__isnull": False})
        return rows.select_related(f"{path}contract")

    return composed(build)


@cache
def _of_own_contract(model: type[Row], path: str) -> Composed[Row]:
    def build(*, row_id: UUID, person: UUID) -> "QuerySet[Row]":
        party = Q(**{f"{path}contract__customer_id": person}) | Q(**{f"{path}contract__contractor_id": person})
        return model._default_manager.filter(party, pk=row_id).select_related(f"{path}contract")

    return composed(build)


def _listing(parties: Iterable[str]) -> str:
    return " or ".join(sorted(parties))
