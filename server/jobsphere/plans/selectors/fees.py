"""Which fee policy an offer bears, and why: the cheapest of the usual one and those that its two have a claim to."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q

from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import FeeTerms
from jobsphere.kit import clock
from jobsphere.kit.money import Money
from jobsphere.plans.models import Period, PlanVersion
from jobsphere.plans.rules.lifecycle import HOLDING, Audience, PeriodStatus
from jobsphere.plans.selectors.loyalty import standings_of

PLAN, LOYALTY = "plan", "loyalty"


@dataclass(frozen=True, slots=True)
class Claim:
    """A tier that somebody has: by what ("plan", "loyalty", of the contractor or "customer_…"), and its name."""

    tier: str
    reason: str
    name: str


def terms_for(*, contractor_id: UUID | None, customer_id: UUID | None, category: str, amount: Money) -> FeeTerms:
    """Return the fees of an offer made now, to be frozen on it: those that come to the least on its amount.

    Of what comes to the same the usual policy wins, then the contractor's plan, their loyalty, the customer's plan,
    their loyalty; so the answer is always the same. Two queries, and one for each tier.
    """
    usual = escrow.fee_terms_for(category=category, currency=amount.currency)
    found = [usual]
    for claim in claims(contractor_id=contractor_id, customer_id=customer_id):
        terms = escrow.fee_terms_for(category=category, tier=claim.tier, currency=amount.currency)
        if terms.policy_id != usual.policy_id:
            why = {"reason": claim.reason, "reason_name": claim.name, "usual_basis_points": usual.basis_points}
            found.append(replace(terms, **why))  # type: ignore[arg-type]
    return min(found, key=lambda terms: terms.total(amount).amount)


def claims(*, contractor_id: UUID | None, customer_id: UUID | None) -> list[Claim]:
    """Return the tiers that the two of an offer have now, in the order in which ties are broken. Two queries."""
    asked = {str(Audience.CONTRACTOR): contractor_id, str(Audience.CUSTOMER): customer_id}
    people = [(person_id, audience) for audience, person_id in asked.items() if person_id]
    plans = _plans(people)
    standings = {row.audience: row.tier for row in standings_of(people)}
    found = []
    for _, audience in people:
        prefix = "" if audience == Audience.CONTRACTOR else "customer_"
        if version := plans.get(audience):
            found.append(Claim(version.tier, prefix + PLAN, version.name))
        if tier := standings.get(audience):
            found.append(Claim(tier.tier, prefix + LOYALTY, tier.name))
    return found


def _plans(people: list[tuple[UUID, str]]) -> dict[str, PlanVersion]:
    now = clock.now()
    paid = Q(status__in=HOLDING, ends_at__gt=now) & (Q(cut_at=None) | Q(cut_at__gt=now))
    # A renewal whose answer is not known yet: unknown is not failed, so what it continues goes on.
    under_way = Q(status=PeriodStatus.CHARGING, kind="renewal", give_up_at__gt=now)
    rows = Period.objects.select_related("version", "subscription").filter(
        paid | under_way, starts_at__lte=now, subscription__owner_id__in=[each for each, _ in people]
    )
    held = [(row.subscription.owner_id, row.subscription.audience, row) for row in rows.order_by("starts_at", "pk")]
    return {audience: row.version for owner, audience, row in held if (owner, audience) in people}
