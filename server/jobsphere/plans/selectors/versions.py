"""Plans with their versions, and which of them holds."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from jobsphere.kit import clock
from jobsphere.plans.models import Plan, PlanVersion


def with_versions() -> "QuerySet[Plan]":
    """Return plans, each with its versions: two queries, however many."""
    versions = Prefetch("versions", PlanVersion.objects.order_by("number"))
    return Plan.objects.prefetch_related(versions).order_by("audience", "every", "id")


def held_now(plan: Plan) -> PlanVersion:
    """Return the version that holds now; of a plan that is yet to come, its first."""
    return version_at(plan, clock.now())


def version_at(plan: Plan, at: datetime) -> PlanVersion:
    """Return what a plan is at a moment: of the versions that hold by then the last one, or its first one.

    No query for a plan of `with_versions`, else one. A plan is made together with its first version.
    """
    rows = list(plan.versions.all())
    held = (row for row in rows if row.valid_from <= at)
    return max(held, key=lambda row: (row.valid_from, row.number), default=min(rows, key=lambda row: row.number))
