"""What administrators set: plans with their versions, and loyalty tiers."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit import services as audit
from jobsphere.db.composed import first
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.escrow.tiers import check_tier
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox.services import publish
from jobsphere.payments import routing
from jobsphere.plans import policies
from jobsphere.plans.errors import PriceTooSoon
from jobsphere.plans.events import PlanPriceChanged
from jobsphere.plans.models import LoyaltyTier, Plan, PlanVersion
from jobsphere.plans.rules.dates import BillingCycle
from jobsphere.plans.rules.lifecycle import LIVE, PRICE_NOTICE, Audience


def add_plan(
    *,
    actor: Actor,
    audience: Audience,
    every: BillingCycle,
    name: str,
    tier: str,
    price: Money,
    words: str = "",
    trial_days: int = 0,
) -> UUID:
    """Offer a plan from now on; returns its id. Raises Forbidden, and InvalidInput for a price that no card can pay."""
    _check(actor, tier, price)
    plan = Plan.objects.create(audience=audience, currency=price.currency, every=every, created_by_id=actor.id)
    _write(plan, name=name, words=words, tier=tier, price=price, trial_days=trial_days, valid_from=clock.now())
    _record(actor, "plan.offer", "plan", plan.pk, name=name, tier=tier, price=price)
    return plan.pk


def change_offer(
    *,
    actor: Actor,
    plan_id: UUID,
    name: str,
    tier: str,
    price: Money,
    words: str = "",
    trial_days: int = 0,
    valid_from: datetime | None = None,
) -> UUID:
    """Write another version of a plan, from a moment (now) on; periods that are paid keep theirs.

    Who has the plan is told. Raises Forbidden, NotFound, InvalidInput, and PriceTooSoon when somebody has it and it
    holds, at another price or tier, in less than two weeks.
    """
    _check(actor, tier, price)
    plan = _plan(plan_id)
    last = plan.versions.order_by("-number").first()
    assert last is not None, "a plan is made together with its first version"
    if price.currency != plan.currency:
        raise InvalidInput.at("/price/currency", "currency", f"This plan is in {plan.currency}.")
    now = clock.now()
    starts = max(valid_from or now, now)
    if starts < last.valid_from:
        raise InvalidInput.at("/valid_from", "order", "A later version holds from then on already.")
    changes = (last.price, last.tier) != (price.amount, tier)
    if changes and starts < now + PRICE_NOTICE and plan.subscriptions.filter(status__in=LIVE).exists():
        raise PriceTooSoon(f"People have this plan: let it hold from {(now + PRICE_NOTICE).date()} on, or later.")
    _write(plan, name=name, words=words, tier=tier, price=price, trial_days=trial_days, valid_from=starts)
    _record(actor, "plan.change_offer", "plan", plan.pk, name=name, tier=tier, price=price, valid_from=starts)
    if last.price != price.amount:
        publish(PlanPriceChanged(plan_id=plan.pk, plan=name, price=price, valid_from=starts), actor=actor)
    return plan.pk


def close_plan(*, actor: Actor, plan_id: UUID) -> UUID:
    """Let nobody begin a plan any more; who has it keeps it. Raises Forbidden, NotFound, WrongStatus."""
    policies.require_setter(actor)
    plan = _plan(plan_id)
    if not update_where(Plan, {"pk": plan.pk, "closed_at": None}, closed_at=clock.now()):
        raise WrongStatus("close", "closed")
    _record(actor, "plan.close", "plan", plan.pk)
    return plan.pk


def add_tier(
    *,
    actor: Actor,
    audience: Audience,
    name: str,
    tier: str,
    rank: int,
    volume: Money | None = None,
    contracts: int | None = None,
) -> UUID:
    """Let people reach a tier from now on; returns its id. Raises Forbidden, InvalidInput when it asks for nothing."""
    require_transaction()
    policies.require_setter(actor)
    check_tier(tier)
    if volume is None and not contracts:
        raise InvalidInput.at("/volume", "required", "Say what is asked for: a volume, contracts, or both.")
    row = LoyaltyTier.objects.create(
        audience=audience,
        name=name,
        tier=tier,
        rank=rank,
        currency=volume.currency if volume else "",
        volume=volume.amount if volume else None,
        contracts=contracts,
        created_by_id=actor.id,
    )
    _record(actor, "loyalty.add", "loyalty-tier", row.pk, name=name, tier=tier, rank=rank)
    return row.pk


def close_tier(*, actor: Actor, tier_id: UUID) -> UUID:
    """Let nobody reach a tier any more; who has it keeps it for a month. Raises Forbidden, NotFound, WrongStatus."""
    require_transaction()
    policies.require_setter(actor)
    if not LoyaltyTier.objects.filter(pk=tier_id).exists():
        raise NotFound("There is no such tier.")
    if not update_where(LoyaltyTier, {"pk": tier_id, "closed_at": None}, closed_at=clock.now()):
        raise WrongStatus("close", "closed")
    _record(actor, "loyalty.close", "loyalty-tier", tier_id)
    return tier_id


def _check(actor: Actor, tier: str, price: Money) -> None:
    require_transaction()
    policies.require_setter(actor)
    check_tier(tier)
    if price.amount <= 0:
        raise InvalidInput.at("/price", "positive", "The price must be greater than zero.")
    if problem := routing.problem_with(price):
        raise InvalidInput([problem])


def _plan(plan_id: UUID) -> Plan:
    found = first(Plan, pk=plan_id)
    if found is None:
        raise NotFound("There is no such plan.")
    return found


def _write(
    plan: Plan, *, name: str, words: str, tier: str, price: Money, trial_days: int, valid_from: datetime
) -> None:
    number = plan.versions.count() + 1
    try:
        with savepoint():
            PlanVersion.objects.create(
                plan=plan,
                number=number,
                name=name,
                words=words,
                tier=tier,
                price=price.amount,
                trial_days=trial_days,
                valid_from=valid_from,
            )
    except IntegrityError as error:
        raise WrongStatus("change", "changed") from error


def _record(actor: Actor, verb: str, kind: str, target_id: UUID, **detail: object) -> None:
    audit.record(actor=actor, verb=verb, target_type=kind, target_id=target_id, detail=detail)
