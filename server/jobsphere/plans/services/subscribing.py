"""What a person does with their plan: begin, pay, cancel, resume, change."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.money import Money
from jobsphere.payments import selectors as payments_read
from jobsphere.payments import services as payments
from jobsphere.payments.types import SavedMethodStatus
from jobsphere.plans import policies
from jobsphere.plans.errors import AlreadySubscribed, PlanChanged, PlanNeedsCard, PlanNotForYou, PlanPaymentOpen
from jobsphere.plans.events import PlanCancelled, PlanChangePlanned, PlanEnded, PlanResumed, PlanStarted
from jobsphere.plans.models import Period, Plan, PlanVersion, Subscription
from jobsphere.plans.rules.dates import BillingCycle, begins
from jobsphere.plans.rules.lifecycle import (
    OWNER,
    PAY_WITHIN,
    SUBSCRIPTION,
    PeriodKind,
    PeriodStatus,
    SubscriptionStatus,
)
from jobsphere.plans.selectors.changing import credit_now, holds_at_once
from jobsphere.plans.selectors.versions import version_at
from jobsphere.plans.services import charging
from jobsphere.plans.services.returning import give_back_ahead
from jobsphere.plans.services.turns import name_of, note, take_step, tell, wait_for


def subscribe(*, actor: Actor, plan_id: UUID, price: Money, method_id: UUID) -> UUID:
    """Begin a plan at the price that was shown, with a card that is kept; returns the subscription's id.

    With trial days nothing is charged before they are over; a person has them once for an audience. Else the first
    period is charged at once, with the owner there, so that their bank may ask. Raises NotFound, PlanNotForYou,
    PlanChanged, PlanNeedsCard, AlreadySubscribed.
    """
    require_transaction()
    plan, version = _offered(actor, plan_id, price)
    _require_kept(actor, method_id)
    now = clock.now()
    row = Subscription(owner_id=actor.known_id(), audience=plan.audience, plan=plan, method_id=method_id, first_at=now)
    before = Subscription.objects.filter(owner_id=actor.known_id(), audience=plan.audience).exclude(ends_at=None)
    trial_days = 0 if before.exists() else version.trial_days
    try:
        with savepoint():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadySubscribed("You have a plan of this kind already: change that one instead.") from error
    note(actor, row, "subscribe", plan_id=plan.pk, price=price, trial_days=trial_days)
    if trial_days:
        _begin_trial(actor, row, version, now + timedelta(days=trial_days))
    else:
        one = _write(row, version, PeriodKind.FIRST, starts_at=now, credit=Money.zero(plan.currency))
        charging.charge(row, one, actor=actor, away=False, method=str(method_id))
    return row.pk


def pay(*, actor: Actor, subscription_id: UUID, payment_method: str = "", gateway: str = "") -> UUID:
    """Pay the period that waits for its owner, while they are there; returns the subscription's id.

    While its payment is under way, the bank's answer is looked for instead. Raises NotFound, WrongStatus when nothing
    waits.
    """
    row = _take(actor, subscription_id, "pay")
    one = charging.open_period(row)
    if one is None:
        raise WrongStatus("pay", row.status, _others("pay", row))
    if one.status == PeriodStatus.CHARGING and one.payment_id:
        payments.confirm_payment(actor=actor, payment_id=one.payment_id)
    else:
        charging.charge(row, one, actor=actor, away=False, method=payment_method, gateway=gateway)
        note(actor, row, "pay_now", period=one.pk)
    return row.pk


def cancel(*, actor: Actor, subscription_id: UUID) -> UUID:
    """Let it end with what is paid; a period that is paid and has not begun is given back.

    Raises NotFound, WrongStatus. What is being charged is given up: should it be taken all the same, it goes back by
    itself.
    """
    row = _take(actor, subscription_id, "cancel")
    if one := charging.open_period(row):
        charging.drop(one, OWNER, reason=charging.CANCELLED)
    if row.status == SubscriptionStatus.STARTING:
        take_step(row, "cancel", OWNER, closed_at=clock.now(), reason=charging.CANCELLED)
        tell(actor, row, "end", PlanEnded, reason=charging.CANCELLED)
        return row.pk
    ends_at = give_back_ahead(row, actor=actor) or row.ends_at
    assert ends_at is not None, "what is not starting was paid, or is free, until some time"
    take_step(row, "cancel", OWNER, cancels_at_end=True, ends_at=ends_at, next_at=ends_at, next_plan=None)
    tell(actor, row, "cancel", PlanCancelled, ends_at=ends_at)
    return row.pk


def resume(*, actor: Actor, subscription_id: UUID) -> UUID:
    """Renew it after all, before it has ended. Raises NotFound, WrongStatus."""
    row = _take(actor, subscription_id, "resume")
    if not row.cancels_at_end or row.ends_at is None or row.ends_at <= clock.now():
        raise WrongStatus("resume", row.status, _others("resume", row))
    is_free = not row.periods.filter(status=PeriodStatus.PAID).exists()
    next_at = charging.due_at(row.ends_at, free=is_free)
    take_step(row, "resume", OWNER, cancels_at_end=False, next_at=next_at)
    tell(actor, row, "resume", PlanResumed)
    return row.pk


def change_plan(*, actor: Actor, subscription_id: UUID, plan_id: UUID, price: Money) -> UUID:
    """Change to another plan: a dearer one now, less what is unused; a cheaper one with the next period.

    The plan that holds already takes a planned change back. Raises NotFound, PlanNotForYou, PlanChanged,
    PlanPaymentOpen, WrongStatus.
    """
    row = _take(actor, subscription_id, "change")
    if charging.open_period(row):
        raise PlanPaymentOpen("Finish the payment that is under way first.")
    plan, version = _offered(actor, plan_id, price, of=row)
    if plan.pk == row.plan_id:
        _plan_change(actor, row, None)
        return row.pk
    credit = credit_now(row)
    if credit is None or not holds_at_once(version_at(row.plan, clock.now()), version, credit):
        _plan_change(actor, row, plan)
        return row.pk
    one = _write(row, version, PeriodKind.UPGRADE, starts_at=clock.now(), credit=credit)
    note(actor, row, "upgrade", plan_id=plan.pk, price=price, credit=credit)
    charging.charge(row, one, actor=actor, away=False)
    return row.pk


def change_card(*, actor: Actor, subscription_id: UUID, method_id: UUID) -> UUID:
    """Charge another card that is kept from now on. Raises NotFound, WrongStatus, PlanNeedsCard."""
    row = _take(actor, subscription_id, "card")
    _require_kept(actor, method_id)
    take_step(row, "card", OWNER, method_id=method_id)
    note(actor, row, "card")
    return row.pk


def _offered(actor: Actor, plan_id: UUID, price: Money, *, of: Subscription | None = None) -> tuple[Plan, PlanVersion]:
    plan = policies.get_plan_for(actor, plan_id)
    is_present = of is not None and of.plan_id == plan.pk
    if plan.closed_at is not None and not is_present:
        raise PlanNotForYou("Nobody begins this plan any more.")
    if of is not None and of.audience != plan.audience:
        raise PlanNotForYou("This plan is for others.")
    version = version_at(plan, clock.now())
    if Money(version.price, plan.currency) != price:
        raise PlanChanged("The price is another one than was shown. Look at the plans again.")
    return plan, version


def _require_kept(actor: Actor, method_id: UUID) -> None:
    if payments_read.saved_method(actor, method_id).status != SavedMethodStatus.SAVED:
        raise PlanNeedsCard("This card is not kept. Choose another one.")


def _begin_trial(actor: Actor, row: Subscription, version: PlanVersion, until: datetime) -> None:
    now = row.first_at
    Period.objects.create(
        subscription=row,
        number=0,
        version=version,
        kind=PeriodKind.TRIAL,
        status=PeriodStatus.FREE,
        starts_at=now,
        ends_at=until,
        currency=row.plan.currency,
        price=0,
        amount=0,
        give_up_at=until,
    )
    take_step(row, "start", "system", first_at=until, ends_at=until, next_at=until)
    price = Money(version.price, row.plan.currency)
    tell(actor, row, "start", PlanStarted, trial=True, ends_at=until, price=price)


def _write(row: Subscription, version: PlanVersion, kind: PeriodKind, *, starts_at: datetime, credit: Money) -> Period:
    every = BillingCycle(version.plan.every)
    return Period.objects.create(
        subscription=row,
        number=charging.next_number(row),
        version=version,
        kind=kind,
        starts_at=starts_at,
        ends_at=begins(starts_at, every, 1),
        currency=version.plan.currency,
        price=version.price,
        credit=credit.amount,
        amount=version.price - credit.amount,
        give_up_at=starts_at + PAY_WITHIN,
    )


def _plan_change(actor: Actor, row: Subscription, plan: Plan | None) -> None:
    assert row.ends_at is not None, "an active subscription has an end"
    ahead = row.periods.filter(status=PeriodStatus.PAID, cut_at=None, starts_at__gt=clock.now()).exists()
    if plan is not None and ahead:
        raise PlanPaymentOpen("The next period is paid already. Change the plan once it has begun.")
    take_step(row, "change", OWNER, next_plan=plan)
    tell(actor, row, "change", PlanChangePlanned, next_plan=name_of(plan) if plan else "", at=row.ends_at)


def _take(actor: Actor, subscription_id: UUID, action: str) -> Subscription:
    require_transaction()
    seen = policies.get_subscription_for(actor, subscription_id)
    policies.require_owner(actor, seen)
    row = wait_for(seen.pk)
    SUBSCRIPTION.next(SubscriptionStatus(row.status), action, party=OWNER)
    return row


def _others(action: str, row: Subscription) -> Sequence[str]:
    return [each for each in SUBSCRIPTION.allowed(SubscriptionStatus(row.status), OWNER) if each != action]
