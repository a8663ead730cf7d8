"""Plans as those who choose and those who set them see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import split
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.plans import policies
from jobsphere.plans.models import Plan, PlanVersion, Subscription
from jobsphere.plans.rules.dates import BillingCycle
from jobsphere.plans.rules.lifecycle import LIVE, Audience
from jobsphere.plans.selectors.changing import credit_now, holds_at_once
from jobsphere.plans.selectors.fees import terms_for
from jobsphere.plans.selectors.versions import held_now, with_versions
from jobsphere.plans.types import FeesView, PlanView, VersionView


def offered(viewer: Actor) -> list[PlanView]:
    """Return the plans that the viewer can choose, and those they have, the cheapest first."""
    live = policies.subscriptions_of(viewer).filter(owner=viewer.known_id(), status__in=LIVE)
    mine = {row.audience: row for row in live.select_related("plan")}
    rows = with_versions().filter(audience__in=policies.audiences_of(viewer))
    had = [row.plan_id for row in mine.values()]
    shown = list(rows.filter(Q(closed_at=None) | Q(pk__in=had)))
    shares, has = _shares(shown), _has(mine.values(), shown)
    return [_plan_view(row, shares, has.get(row.audience)) for row in shown]


def all_plans(viewer: Actor) -> list[PlanView]:
    """Return every plan with its versions, for those who set the fees (Forbidden for others)."""
    policies.require_setter(viewer)
    live = Count("subscriptions", filter=Q(subscriptions__status__in=LIVE))
    rows = list(with_versions().annotate(live=live))
    shares = _shares(rows)
    return [_plan_view(row, shares, None, staff=True) for row in rows]


def fees_preview(viewer: Actor, *, amount: Money, category: str = "") -> FeesView:
    """Say what an offer of an amount would bear now for the viewer, and why; for contractors: what they get."""
    me = viewer.known_id()
    contractor, customer = (me if viewer.is_contractor else None), (me if viewer.is_customer else None)
    terms = terms_for(
        contractor_id=contractor, customer_id=None if contractor else customer, category=category, amount=amount
    )
    usual = escrow.fee_terms_for(category=category, currency=amount.currency)
    (whole,), (without,) = split(amount, terms), split(amount, usual)
    return FeesView(
        amount=amount,
        platform_fee=whole.platform_fee,
        service_fee=whole.service_fee,
        payout=whole.payout,
        usual_payout=without.payout,
        policy=terms.policy,
        reason=terms.reason,
        reason_name=terms.reason_name,
        share=terms.basis_points,
        usual_share=usual.basis_points,
    )


@dataclass(frozen=True, slots=True)
class _Has:
    """What somebody has of an audience's plans now, and what of it a dearer one would cost less."""

    present: PlanVersion
    credit: Money | None


def _has(mine: Iterable[Subscription], shown: Sequence[Plan]) -> dict[str, _Has]:
    plans = {row.pk: row for row in shown}
    return {row.audience: _Has(held_now(plans[row.plan_id]), credit_now(row)) for row in mine if row.plan_id in plans}


def _shares(plans: Sequence[Plan]) -> dict[tuple[str, str], int]:
    """Return what both fees take under the tier of each plan, and usually (""), in its currency. One query."""
    pairs = [(held_now(row).tier, row.currency) for row in plans] + [("", row.currency) for row in plans]
    return escrow.fee_shares(pairs)


def _plan_view(row: Plan, shares: dict[tuple[str, str], int], has: _Has | None, *, staff: bool = False) -> PlanView:
    version, rows = held_now(row), [_version(each, row.currency) for each in row.versions.all()]
    later = [each for each in rows if each.valid_from > clock.now()]
    return PlanView(
        id=row.pk,
        audience=Audience(row.audience),
        every=BillingCycle(row.every),
        name=version.name,
        words=version.words,
        tier=version.tier,
        price=Money(version.price, row.currency),
        trial_days=version.trial_days,
        share=shares[version.tier, row.currency],
        usual_share=shares["", row.currency],
        coming=later[0] if later else None,
        is_mine=has is not None and has.present.plan_id == row.pk,
        pay_now=_pay_now(version, has),
        closed_at=row.closed_at,
        versions=tuple(rows) if staff else (),
        subscribers=getattr(row, "live", 0),
    )


def _pay_now(version: PlanVersion, has: _Has | None) -> Money | None:
    if has is None or has.present.plan_id == version.plan_id or has.credit is None:
        return None
    if not holds_at_once(has.present, version, has.credit):
        return None
    return Money(version.price, version.plan.currency) - has.credit


def _version(row: PlanVersion, currency: str) -> VersionView:
    return VersionView(
        number=row.number,
        name=row.name,
        words=row.words,
        tier=row.tier,
        price=Money(row.price, currency),
        trial_days=row.trial_days,
        valid_from=row.valid_from,
    )
