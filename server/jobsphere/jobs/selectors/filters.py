"""The filters of the job list for the ORM. `feed.py` says the same in PostgreSQL's own words; tests hold them equal."""

from django.db.models import Exists, OuterRef, Q

from jobsphere.db.search import matches
from jobsphere.jobs import policies
from jobsphere.jobs.models import Job
from jobsphere.jobs.types import JobFilters, JobStatus, Visibility
from jobsphere.kit.actor import Actor
from jobsphere.moderation.selectors import not_kept_away
from jobsphere.profiles.geo import Point, within

DEFAULT_RADIUS_KM = 25.0


def matching(viewer: Actor, filters: JobFilters) -> Q:
    """Return the condition on jobs that the viewer may list and that fit everything asked for."""
    wanted = _whose(viewer, filters)
    if filters.category:
        wanted &= Q(category__slug=filters.category) | Q(category__parent__slug=filters.category)
    if filters.skills:
        links = Job.skills.through.objects.filter(job=OuterRef("pk"), skill__slug__in=filters.skills)
        wanted &= Q(Exists(links))
    if filters.search:
        wanted &= Q(matches("jobs_job", filters.search))
    if filters.latitude is not None and filters.longitude is not None:
        wanted &= within(Point(filters.latitude, filters.longitude), filters.radius_km or DEFAULT_RADIUS_KM)
    return wanted & _budget(filters) & _deadline(filters)


def listed_statuses(filters: JobFilters) -> tuple[JobStatus, ...]:
    """Return the statuses to list; drafts are for `mine` alone, and the public sees open jobs unless it asks."""
    if filters.mine:
        return filters.statuses
    wanted = filters.statuses or (JobStatus.OPEN,)
    return tuple(status for status in wanted if status is not JobStatus.DRAFT)


def _whose(viewer: Actor, filters: JobFilters) -> Q:
    statuses = listed_statuses(filters)
    if filters.mine:
        return policies.own_jobs(viewer) & (Q(status__in=statuses) if statuses else Q())
    return Q(visibility=Visibility.PUBLIC, status__in=statuses) & not_kept_away(viewer, "customer_id")


def _budget(filters: JobFilters) -> Q:
    """A job fits when its range meets the range asked for."""
    wanted = Q()
    if filters.budget_kind:
        wanted &= Q(budget_kind=filters.budget_kind)
    if filters.currency:
        wanted &= Q(currency=filters.currency)
    if filters.budget_min is not None:
        wanted &= Q(budget_max_amount__gte=filters.budget_min)
    if filters.budget_max is not None:
        wanted &= Q(budget_min_amount__lte=filters.budget_max)
    return wanted


def _deadline(filters: JobFilters) -> Q:
    wanted = Q()
    if filters.due_from:
        wanted &= Q(due_on__gte=filters.due_from)
    if filters.due_until:
        wanted &= Q(due_on__lte=filters.due_until)
    return wanted
