"""Plans with their versions, and which of them holds."""

from django.db.models import Prefetch, QuerySet

from jobsphere.kit import clock
from jobsphere.plans.models import Plan, PlanVersion


def with_versions() -> "QuerySet[Plan]":
    """Return plans, each with its versions: two queries, however many."""
    versions = Prefetch("versions", PlanVersion.objects.order_by("number"))
    return Plan.objects.prefetch_related(versions).order_by("audience", "every", "id")


def held_now(plan: Plan) -> PlanVersion:
    """Return the version that holds now; of a plan that is yet to come, its first."""
    now = clock.now()
    rows = list(plan.versions.all())
    return max((row for row in rows if row.valid_from <= now), key=newest, default=rows[0])


def newest(row: PlanVersion) -> tuple[object, int]:
    """Return what versions are ordered by: since when they hold, then which was written later."""
    return row.valid_from, row.number
