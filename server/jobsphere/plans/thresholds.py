"""The loyalty tiers that can be reached, as the rules read them."""

from jobsphere.kit.money import Money
from jobsphere.plans.models import LoyaltyTier
from jobsphere.plans.rules.tiers import Threshold


def thresholds(audience: str) -> list[Threshold]:
    """Return the tiers that can be reached, the lowest first. One query."""
    rows = LoyaltyTier.objects.filter(audience=audience, closed_at=None).order_by("rank", "id")
    return [threshold_of(row) for row in rows]


def threshold_of(row: LoyaltyTier) -> Threshold:
    """Return a row as the rules read it."""
    volume = None if row.volume is None else Money(row.volume, row.currency)
    return Threshold(row.pk, row.name, row.tier, row.rank, volume, row.contracts)
