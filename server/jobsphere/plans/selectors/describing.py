"""What payments for plans are called."""

from collections.abc import Collection, Mapping
from uuid import UUID

from jobsphere.db.composed import get
from jobsphere.payments.types import Described
from jobsphere.plans.models import Period


def described_periods(payment_ids: Collection[UUID]) -> Mapping[UUID, Described]:
    """Name the plan that each of these payments has paid for; others are left out. One query, none without payments."""
    if not payment_ids:
        return {}
    rows = Period.objects.select_related("version").filter(payment_id__in=list(payment_ids))
    return {
        row.payment_id: Described(row.version.name, words_of(row), "/settings/plan") for row in rows if row.payment_id
    }


def title_of(period_id: UUID) -> Described:
    """Name one period, for its documents."""
    row = get(Period, "version", pk=period_id)
    return Described(row.version.name, words_of(row), "/settings/plan")


def words_of(row: Period) -> str:
    """Say from when to when a period is, by the day in UTC."""
    return f"{row.starts_at.date().isoformat()} – {row.ends_at.date().isoformat()}"
