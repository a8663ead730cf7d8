"""Change orders: one side proposes, the other answers, and it takes effect once its money is held (ADR 0030)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.errors import ChangeOrderOpen, ChangeOrderStale
from jobsphere.contracts.events import (
    ChangeOrderAgreed,
    ChangeOrderApplied,
    ChangeOrderClosed,
    ChangeOrderEvent,
    ChangeOrderProposed,
)
from jobsphere.contracts.models import ChangeOrder, Contract, Milestone
from jobsphere.contracts.rules.changes import (
    CHANGE_ORDER,
    OPEN_CHANGE_ORDERS,
    TIME_TO_ANSWER,
    TIME_TO_PAY,
    Change,
    ChangeKind,
    ChangeOrderStatus,
    Effect,
    effect_of,
    problems_of,
)
from jobsphere.contracts.rules.lifecycles import CONTRACT, SYSTEM, ContractStatus, MilestoneStatus
from jobsphere.contracts.rules.terms import MAX_MILESTONES, FundingShape
from jobsphere.contracts.selectors.changes import parts_of
from jobsphere.contracts.selectors.expenses import cap_of
from jobsphere.contracts.services.cancellation import refund
from jobsphere.contracts.services.funding import give_up_payment, live_payment, remove, void_unwanted
from jobsphere.contracts.services.protecting import hold_for
from jobsphere.contracts.services.refunds import split_all, split_part
from jobsphere.contracts.services.turns import contract_facts, settle, take_turn, wait_for
from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import FieldError, InvalidInput, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.payments import routing
from jobsphere.payments import services as payments
from jobsphere.payments.events import PaymentCaptured

CHANGE_PURPOSE = "change"


def propose_change(*, actor: Actor, contract_id: UUID, changes: Sequence[Change], reason: str) -> UUID:
    """Propose to change a running contract; returns the change order's id.

    Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, InvalidInput, and ChangeOrderOpen while there is another.
    """
    require_transaction()
    seen = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=seen.customer_id, contractor_id=seen.contractor_id)
    policies.require(CONTRACT, ContractStatus(seen.status), "propose_change", party)
    contract, party = take_turn(actor, contract_id, "propose_change")
    lines, effect = _checked(contract, changes)
    order = ChangeOrder(
        contract=contract,
        proposed_by=party,
        reason=reason,
        changes=[each.to_json() for each in lines],
        currency=contract.currency,
        pay_amount=effect.pay.amount,
        back_amount=effect.back.amount,
        later_amount=effect.later.amount,
        expires_at=clock.now() + TIME_TO_ANSWER,
    )
    try:
        with savepoint():
            order.save(force_insert=True)
    except IntegrityError as error:
        raise ChangeOrderOpen("Answer or withdraw the change that is open; then you can propose another.") from error
    _tell(ChangeOrderProposed, order, contract, actor=actor, verb="propose")
    return order.pk


def accept_change(*, actor: Actor, order_id: UUID) -> UUID:
    """Agree. Without a difference to pay it is applied at once; else when the customer has paid it. Returns the
    contract's id. Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, and ChangeOrderStale when it does not fit
    the contract any more.
    """
    order, contract, party = _take(actor, order_id, "accept")
    _require_fresh(order, contract)
    _move(order, "accept", party, expires_at=clock.now() + TIME_TO_PAY)
    _tell(ChangeOrderAgreed, order, contract, actor=actor, verb="accept")
    if not order.pay_amount:
        _apply(order, contract, payment_id=None, actor=actor)
    return contract.pk


def decline_change(*, actor: Actor, order_id: UUID, reason: str = "") -> UUID:
    """Say no; the contract stays as it is. Returns the contract's id. Raises NotFound, WrongParty, WrongStatus."""
    return _close(actor, order_id, "decline", reason)


def withdraw_change(*, actor: Actor, order_id: UUID, reason: str = "") -> UUID:
    """Take it back until it is applied; a payment under way is given up. Raises NotFound, WrongParty, WrongStatus."""
    return _close(actor, order_id, "withdraw", reason)


def expire_change(*, order_id: UUID) -> bool:
    """End a change order that nobody answered, or paid, in time; False when somebody did."""
    require_transaction()
    contract_id = ChangeOrder.objects.values_list("contract_id", flat=True).get(pk=order_id)
    contract = wait_for(contract_id)
    order = get(ChangeOrder, pk=order_id)
    if order.status not in OPEN_CHANGE_ORDERS or order.expires_at > clock.now():
        return False
    _end(order, contract, "expire", SYSTEM, actor=actors.SYSTEM)
    return True


def end_changes(contract_id: UUID) -> None:
    """Withdraw the open change order of a contract that has ended, inside its turn."""
    for order in ChangeOrder.objects.filter(contract_id=contract_id, status__in=OPEN_CHANGE_ORDERS):
        contract = get(Contract, pk=contract_id)
        _end(order, contract, "withdraw", SYSTEM, actor=actors.SYSTEM, reason="The contract has ended.")


def fund_change(*, actor: Actor, order_id: UUID, payment_method: str | None = None, gateway: str = "") -> UUID:
    """Pay the difference of an agreed change, or go on with its payment; returns the payment's id.

    Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, and ChangeOrderStale.
    """
    require_transaction()
    seen = policies.get_change_order_for(actor, order_id)
    if live := live_payment(seen.payment_id):
        policies.require_on_change(actor, seen, seen.contract, "fund")
        if payment_method:
            payments.confirm_payment(actor=actor, payment_id=live, payment_method=payment_method)
        return live
    order, contract, _ = _take(actor, order_id, "fund")
    if live := live_payment(order.payment_id):
        return live
    _require_fresh(order, contract)
    payment = payments.start_payment(
        actor=actor,
        payer_id=contract.customer_id,
        payee_id=contract.contractor_id,
        amount=Money(order.pay_amount, order.currency),
        purpose_type=CHANGE_PURPOSE,
        purpose_id=order.pk,
        payment_method=payment_method,
        gateway=gateway or None,
        capture="automatic",
        description=f"{contract.title}: change",
    )
    ChangeOrder.objects.filter(pk=order.pk).update(payment_id=payment.id)
    _record(actor, "fund", order, payment=payment.id)
    return payment.id


def note_capture(event: PaymentCaptured) -> None:
    """The difference was taken: apply the change, if it is still what both have agreed; else payments refunds it."""
    contract = wait_for(ChangeOrder.objects.values_list("contract_id", flat=True).get(pk=event.purpose_id))
    order = get(ChangeOrder, pk=event.purpose_id)
    wanted = (ChangeOrderStatus.AGREED, event.payment_id, event.amount.amount)
    if (order.status, order.payment_id, order.pay_amount) != wanted or contract.status != ContractStatus.ACTIVE:
        return
    if contract.is_frozen or _staleness(order, contract):
        _end(order, contract, "expire", SYSTEM, actor=actors.SYSTEM, reason="The contract had changed meanwhile.")
        return
    _apply(order, contract, payment_id=event.payment_id, actor=actors.SYSTEM)


def _checked(contract: Contract, changes: Sequence[Change]) -> tuple[list[Change], Effect]:
    """Return the lines with what was before, and what they mean; raises InvalidInput."""
    parts = parts_of(contract)
    if problems := problems_of([replace(each, was=None) for each in changes], parts, cap_of(contract)):
        raise InvalidInput(problems)
    lines = []
    for each in changes:
        part = parts.get(each.milestone_id) if each.milestone_id else None
        was = (part.worth, part.due_on, part.title) if part else (None, None, each.title)
        if each.kind is ChangeKind.EXPENSES:
            was = (cap_of(contract), None, "Cap on expenses")
        lines.append(replace(each, was=was[0], was_due_on=was[1], title=was[2]))
    effect = effect_of(lines, parts, FundingShape(contract.funding), contract.currency)
    unpayable: list[FieldError | None] = [
        routing.problem_with_part(each.amount, pointer=f"/changes/{index}/amount")
        for index, each in enumerate(lines)
        if each.amount
    ]
    if effect.pay:
        unpayable.append(routing.problem_with(effect.pay, pointer="/changes"))
    added = sum(each.kind is ChangeKind.ADD for each in lines)
    if Milestone.objects.filter(offer_id=contract.offer_id).count() + added > MAX_MILESTONES:
        unpayable.append(FieldError("/changes", "too-many", f"A contract has at most {MAX_MILESTONES} milestones."))
    if problems := [each for each in unpayable if each]:
        raise InvalidInput(problems)
    return lines, effect


def _apply(order: ChangeOrder, contract: Contract, *, payment_id: UUID | None, actor: Actor) -> None:
    """Change the contract, inside a turn: dates, prices, what goes back, and what the payment has paid for."""
    _move(order, "apply", SYSTEM, closed_at=clock.now())
    rows = {row.pk: row for row in Milestone.objects.filter(contract=contract)}
    paid: list[Milestone] = []
    for line in map(Change.from_json, order.changes):
        row = rows[line.milestone_id] if line.milestone_id else None
        if line.kind is ChangeKind.DATE and row:
            Milestone.objects.filter(pk=row.pk).update(due_on=line.due_on)
        elif line.kind is ChangeKind.EXPENSES and line.amount:
            Contract.objects.filter(pk=contract.pk).update(expense_cap=line.amount.amount)
        elif line.kind is ChangeKind.ADD:
            added = _add(contract, line.title, line.amount, line)
            # Elsewhere it is paid in later, as `effect_of` has said: this payment is not for it.
            paid += [added] if contract.funding == FundingShape.UPFRONT else []
        elif row and row.status == MilestoneStatus.PENDING:
            _change_unpaid(row, contract, line, actor=actor)
        elif row:
            paid += _change_paid(row, contract, line, order, actor=actor)
    if payment_id:
        hold_for(contract, paid, payment_id=payment_id)
    open_ = Milestone.objects.filter(contract=contract).exclude(status=MilestoneStatus.REMOVED)
    amount = sum(open_.values_list("amount", flat=True)) or contract.amount
    Contract.objects.filter(pk=contract.pk).update(amount=amount)
    contract.amount = amount
    _tell(ChangeOrderApplied, order, contract, actor=actor, verb="apply")
    settle(contract, actor=actor)


def _change_unpaid(row: Milestone, contract: Contract, line: Change, *, actor: Actor) -> None:
    """Nothing was taken for it: a payment that is under way for the old price is not wanted any more."""
    if line.kind is ChangeKind.REMOVE:
        remove(row, contract, actor=actor)
        return
    assert line.amount is not None, "checked when it was proposed"
    give_up_payment(row)
    Milestone.objects.filter(pk=row.pk).update(amount=line.amount.amount)


def _change_paid(
    row: Milestone, contract: Contract, line: Change, order: ChangeOrder, *, actor: Actor
) -> list[Milestone]:
    """Give back what it costs less; what it costs more is a part of its own, with its own money."""
    if line.kind is ChangeKind.REMOVE:
        split = split_all(row)
    else:
        assert line.amount is not None, "checked when it was proposed"
        assert line.was is not None, "filled in when it was proposed"
        if line.amount > line.was:
            return [_add(contract, f"{row.title} (extra)"[:200], line.amount - line.was, line)]
        split = split_part(row, line.was - line.amount)
    closes = not (split.payout or split.service_fee)
    refund(row, contract, split, closes=closes, actor=actor, party=order.proposed_by, reason=order.reason)
    return []


def _add(contract: Contract, title: str, amount: Money | None, line: Change) -> Milestone:
    assert amount is not None, "checked when it was proposed"
    last = Milestone.objects.filter(offer_id=contract.offer_id).order_by("-position").values_list("position", flat=True)
    return Milestone.objects.create(
        offer_id=contract.offer_id,
        contract=contract,
        position=last[0] + 1,
        title=title,
        due_on=line.due_on,
        amount=amount.amount,
        currency=amount.currency,
    )


def _take(actor: Actor, order_id: UUID, action: str) -> tuple[ChangeOrder, Contract, str]:
    """Take a turn on the contract of a change order; returns them with the actor's part in it."""
    require_transaction()
    seen = policies.get_change_order_for(actor, order_id)
    policies.require_on_change(actor, seen, seen.contract, action)
    contract, _ = take_turn(actor, seen.contract_id, "change")
    order = get(ChangeOrder, pk=order_id)
    return order, contract, policies.require_on_change(actor, order, contract, action)


def _close(actor: Actor, order_id: UUID, action: str, reason: str) -> UUID:
    require_transaction()
    seen = policies.get_change_order_for(actor, order_id)
    policies.require_on_change(actor, seen, seen.contract, action)
    contract = wait_for(seen.contract_id)
    order = get(ChangeOrder, pk=order_id)
    party = policies.require_on_change(actor, order, contract, action)
    _end(order, contract, action, party, actor=actor, reason=reason)
    return contract.pk


def _end(order: ChangeOrder, contract: Contract, action: str, party: str, *, actor: Actor, reason: str = "") -> None:
    _move(order, action, party, closed_at=clock.now(), answer=reason[:1000])
    if order.payment_id:
        outbox.enqueue(void_unwanted, order.payment_id)
    _tell(ChangeOrderClosed, order, contract, actor=actor, verb=action, status=str(order.status))


def _move(order: ChangeOrder, action: str, party: str, **changes: Any) -> None:
    status = CHANGE_ORDER.next(ChangeOrderStatus(order.status), action, party=party)
    if not move(ChangeOrder, order.pk, from_status=order.status, to_status=status, **changes):
        raise WrongStatus(action, ChangeOrder.objects.values_list("status", flat=True).get(pk=order.pk))
    refresh(order)


def _staleness(order: ChangeOrder, contract: Contract) -> str:
    """Say why a change order does not fit its contract any more; empty when it does."""
    lines = [Change.from_json(each) for each in order.changes]
    parts = parts_of(contract)
    if problems := problems_of(lines, parts, cap_of(contract)):
        return problems[0].detail
    effect = effect_of(lines, parts, FundingShape(contract.funding), contract.currency)
    same = (effect.pay.amount, effect.back.amount) == (order.pay_amount, order.back_amount)
    return "" if same else "What it means in money has changed since it was proposed."


def _require_fresh(order: ChangeOrder, contract: Contract) -> None:
    if why := _staleness(order, contract):
        raise ChangeOrderStale(f"{why} Withdraw or decline it, and propose it anew.")


def _record(actor: Actor, verb: str, order: ChangeOrder, **detail: Any) -> None:
    audit.record(
        actor=actor,
        verb=f"change_order.{verb}",
        target_type="change_order",
        target_id=order.pk,
        detail={"contract_id": order.contract_id, **detail},
    )


def _tell(
    kind: type[ChangeOrderEvent], order: ChangeOrder, contract: Contract, *, actor: Actor, verb: str, **fields: Any
) -> None:
    _record(actor, verb, order, pay=order.pay_amount, back=order.back_amount, later=order.later_amount)
    event = kind(
        **contract_facts(contract),
        change_order_id=order.pk,
        proposed_by=order.proposed_by,
        reason=order.answer or order.reason,
        pay=Money(order.pay_amount, order.currency),
        back=Money(order.back_amount, order.currency),
        **fields,
    )
    outbox.publish(event, actor=actor)
