"""Loyalty tiers, and where a person stands."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from jobsphere.escrow import selectors as escrow
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.plans import policies
from jobsphere.plans.facts import facts_of
from jobsphere.plans.models import LoyaltyTier, Standing
from jobsphere.plans.rules.lifecycle import LOOKED_BACK
from jobsphere.plans.rules.tiers import Threshold, earned, next_after, progress
from jobsphere.plans.thresholds import threshold_of, thresholds
from jobsphere.plans.types import LoyaltyView, TierView


def people_to_judge() -> list[UUID]:
    """Return everybody who may have moved: who earned or paid anything in twelve months, and who stands somewhere.

    Nobody, while there are no tiers and nobody stands on one.
    """
    found = set(Standing.objects.exclude(tier=None).values_list("owner_id", flat=True))
    if LoyaltyTier.objects.filter(closed_at=None).exists():
        found |= escrow.people_with_releases(since=clock.now() - LOOKED_BACK)
    return sorted(found)


def tiers(viewer: Actor) -> list[TierView]:
    """Return every tier there ever was, the open ones first, for those who set fees (Forbidden for others)."""
    policies.require_setter(viewer)
    rows = LoyaltyTier.objects.order_by("closed_at", "audience", "rank", "id")
    shares = _shares(row.tier for row in rows)
    return [_view(threshold_of(row), shares, row) for row in sorted(rows, key=lambda row: row.closed_at is not None)]


def loyalty(viewer: Actor) -> list[LoyaltyView]:
    """Return where the viewer stands, what is next and how far that is; for each of their roles that has tiers."""
    return [each for each in (_loyalty(viewer.known_id(), one) for one in policies.audiences_of(viewer)) if each]


def _loyalty(person_id: UUID, audience: str) -> LoyaltyView | None:
    open_ = thresholds(audience)
    row = Standing.objects.select_related("tier").filter(owner_id=person_id, audience=audience).first()
    if not open_ and (row is None or row.tier is None):
        return None
    facts, shares = facts_of(person_id, audience), _shares(each.tier for each in open_)
    present = row.tier if row else None
    reached = earned(open_, facts)
    # What is reached holds for the next offer, so who has just earned it need not wait for the worker to be shown it.
    rank = max(present.rank if present else 0, reached.rank if reached else 0)
    following = next_after(open_, rank, facts)
    return LoyaltyView(
        audience=audience,
        tier=present.name if present else "",
        fee_tier=present.tier if present else "",
        since=row.since if row and present else None,
        leaves_at=row.leaves_at if row else None,
        volume=tuple(Money(amount, currency) for currency, amount in sorted(facts.volume.items())),
        contracts=facts.contracts,
        next_tier=_view(following, shares) if following else None,
        progress=progress(following, facts) if following else (),
        tiers=tuple(_view(each, shares) for each in open_),
    )


def _view(each: Threshold, shares: dict[str, int], row: LoyaltyTier | None = None) -> TierView:
    return TierView(
        id=each.id,
        audience=row.audience if row else "",
        name=each.name,
        tier=each.tier,
        rank=each.rank,
        volume=each.volume,
        contracts=each.contracts,
        closed_at=row.closed_at if row else None,
        share=shares[each.tier],
        usual_share=shares[""],
    )


def _shares(tiers: Iterable[str]) -> dict[str, int]:
    """Return what both fees take under each tier, and usually (""). One query."""
    return {tier: share for (tier, _), share in escrow.fee_shares([("", ""), *((tier, "") for tier in tiers)]).items()}


def standings_of(pairs: Sequence[tuple[UUID, str]]) -> list[Standing]:
    """Return where these people stand for these audiences, if anywhere. One query."""
    rows = Standing.objects.select_related("tier").filter(owner_id__in=[each for each, _ in pairs]).exclude(tier=None)
    return [row for row in rows if (row.owner_id, row.audience) in set(pairs)]
