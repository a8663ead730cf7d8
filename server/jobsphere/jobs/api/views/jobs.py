"""Jobs over HTTP."""

from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.jobs import policies, selectors, services
from jobsphere.jobs.api import pages
from jobsphere.jobs.api.queries import JobQuerySerializer, job_query
from jobsphere.jobs.api.serializers import (
    CancelSerializer,
    JobCardSerializer,
    JobInputSerializer,
    JobSerializer,
    NewJobSerializer,
    RepostSerializer,
    job_details,
)
from jobsphere.jobs.selectors.views import details_of
from jobsphere.jobs.types import JobStatus
from jobsphere.kit.actor import CUSTOMER
from jobsphere.web.access import PUBLIC, SIGNED_IN, Access, role
from jobsphere.web.schema import page_of
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView


class JobListView(ApiView):
    """Find a job, or post one."""

    access = PUBLIC
    write_access: ClassVar[Access | None] = role(CUSTOMER)

    @extend_schema(tags=["jobs"], parameters=[JobQuerySerializer], responses=page_of(JobCardSerializer))
    def get(self, request: Request) -> Response:
        """List open jobs (or other statuses, or `mine`), newest first."""
        query = job_query(request.META["QUERY_STRING"])
        pages.check_mine(self.actor, query.filters.mine)
        return self.paginated(selectors.jobs(self.actor, query.filters), JobCardSerializer, key="feed_key")

    @extend_schema(tags=["jobs"], request=NewJobSerializer, responses={201: JobSerializer})
    def post(self, request: Request) -> Response:
        """Post a job, or keep a draft of it."""
        values = self.validated(NewJobSerializer)
        return self.command(
            lambda: services.create_job(actor=self.actor, details=job_details(values), draft=values["draft"]),
            render=lambda job_id: pages.rendered_job(self.actor, job_id),
            status=201,
        )


class JobView(ApiView):
    """One job."""

    access = PUBLIC
    write_access: ClassVar[Access | None] = SIGNED_IN

    @extend_schema(tags=["jobs"], responses=JobSerializer)
    def get(self, request: Request, job_id: UUID) -> Response:
        """Show a job; the exact address only to its customer and the hired contractor."""
        return Response(pages.rendered_job(self.actor, job_id))

    @extend_schema(tags=["jobs"], request=JobInputSerializer, responses=JobSerializer)
    def put(self, request: Request, job_id: UUID) -> Response:
        """Replace what a draft or an open job says."""
        details = job_details(self.validated(JobInputSerializer))
        return self._show(job_id, lambda: services.update_job(actor=self.actor, job_id=job_id, details=details))

    @extend_schema(tags=["jobs"], request=JobInputSerializer, responses=JobSerializer)
    def patch(self, request: Request, job_id: UUID) -> Response:
        """Change a part of what a draft or an open job says."""
        values = self.validated(JobInputSerializer, partial=True)

        def verb() -> None:
            present = details_of(policies.get_own_job_for(self.actor, job_id))
            services.update_job(actor=self.actor, job_id=job_id, details=replace(present, **values))

        return self._show(job_id, verb)

    @extend_schema(tags=["jobs"], request=None, responses={204: None})
    def delete(self, request: Request, job_id: UUID) -> Response:
        """Delete a draft, or cancel an open job."""

        def verb() -> None:
            if policies.get_own_job_for(self.actor, job_id).status == JobStatus.DRAFT:
                services.delete_draft(actor=self.actor, job_id=job_id)
            else:
                services.cancel_job(actor=self.actor, job_id=job_id)

        return self.command(verb, status=204)

    def _show(self, job_id: UUID, verb: Any) -> Response:
        return self.command(verb, render=lambda _: pages.rendered_job(self.actor, job_id))


class PublishJobView(ApiView):
    """Show a draft to everybody."""

    access = SIGNED_IN

    @extend_schema(tags=["jobs"], request=EmptySerializer, responses=JobSerializer)
    def post(self, request: Request, job_id: UUID) -> Response:
        """Publish a draft."""
        self.validated(EmptySerializer)
        return self.command(
            lambda: services.publish_job(actor=self.actor, job_id=job_id),
            render=lambda _: pages.rendered_job(self.actor, job_id),
        )


class CancelJobView(ApiView):
    """Take an open job back."""

    access = SIGNED_IN

    @extend_schema(tags=["jobs"], request=CancelSerializer, responses=JobSerializer)
    def post(self, request: Request, job_id: UUID) -> Response:
        """Cancel an open job; its proposals are rejected."""
        reason = self.validated(CancelSerializer)["reason"]
        return self.command(
            lambda: services.cancel_job(actor=self.actor, job_id=job_id, reason=reason),
            render=lambda _: pages.rendered_job(self.actor, job_id),
        )


class RepostJobView(ApiView):
    """Open an expired job again."""

    access = SIGNED_IN

    @extend_schema(tags=["jobs"], request=RepostSerializer, responses=JobSerializer)
    def post(self, request: Request, job_id: UUID) -> Response:
        """Post an expired job again, with whatever is new about it (dates that have passed must be)."""
        values = self.validated(RepostSerializer, partial=True)

        def verb() -> None:
            present = details_of(policies.get_own_job_for(self.actor, job_id))
            details = replace(present, **values) if values else None
            services.repost_job(actor=self.actor, job_id=job_id, details=details)

        return self.command(verb, render=lambda _: pages.rendered_job(self.actor, job_id))
