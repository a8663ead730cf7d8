"""The two busiest reads, rendered: from the database's JSON where it makes it, else through the serializers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from jobsphere.jobs import policies, selectors
from jobsphere.jobs.api.queries import job_query
from jobsphere.jobs.api.serializers import JobSerializer
from jobsphere.jobs.selectors import feed
from jobsphere.jobs.types import JobStatus
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.errors import NotFound, SignInRequired
from jobsphere.web.json import RawJson, dumps
from jobsphere.web.pagination import page_link

_PARTIES = {CUSTOMER, CONTRACTOR, ADMIN}


def check_mine(viewer: Actor, mine: bool) -> None:
    """Refuse `mine` to a visitor, who has no jobs."""
    if mine and viewer.id is None:
        raise SignInRequired("Sign in to list your own jobs.")


def job_list(request: HttpRequest, viewer: Actor) -> RawJson:
    """Return a page of jobs as PostgreSQL has written it."""
    query = job_query(request.META["QUERY_STRING"])
    check_mine(viewer, query.filters.mine)
    page = feed.page(viewer, query.filters, size=query.size, position=query.position, backwards=query.backwards)
    following = page.last if page.more or query.backwards else None
    preceding = page.first if (page.more if query.backwards else query.position) else None
    links = dumps(
        {
            "next": page_link(request, following, backwards=False),
            "previous": page_link(request, preceding, backwards=True),
        }
    )
    return RawJson(b'%b,"results":[%b]}' % (links[:-1], page.rows.encode()))


def job_page(request: HttpRequest, viewer: Actor, job_id: UUID) -> RawJson:
    """Return a job as PostgreSQL has written it, with the actions that this viewer has; raises NotFound."""
    page = feed.job_page(viewer, job_id)
    if page is None:
        raise NotFound("There is no such job, or it is not for you.")
    party = policies.party_of_job(viewer, customer_id=page.customer_id, contractor_id=page.contractor_id)
    actions = policies.allowed_on_job(page.status, party, answered=page.answered)
    return RawJson(b'%b,"allowed_actions":%b}' % (page.fields.encode(), dumps(actions)))


def rendered_job(viewer: Actor, job_id: UUID) -> dict[str, Any]:
    """Return a job through the serializer; raises NotFound."""
    job = selectors.job(viewer, job_id)
    party = policies.party_of_job(viewer, customer_id=job.customer_id, contractor_id=job.contractor_id)
    answered = party == "candidate" and selectors.has_answered(viewer, job_id)
    actions = policies.allowed_on_job(JobStatus(job.status), party, answered=answered)
    context = {"is_party": party in _PARTIES, "allowed_actions": actions}
    return dict(JobSerializer(job, context=context).data)
