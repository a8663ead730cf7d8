"""Proposals over HTTP."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.jobs import selectors, services
from jobsphere.jobs.api.proposal_serializers import (
    FeedbackSerializer,
    NewProposalSerializer,
    ProposalInputSerializer,
    ProposalSerializer,
    proposal_details,
)
from jobsphere.jobs.api.queries import ProposalQuerySerializer
from jobsphere.kit.actor import CONTRACTOR
from jobsphere.web.access import SIGNED_IN, role
from jobsphere.web.schema import page_of
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView


class ProposalBase(ApiView):
    """What all views of proposals share."""

    access = SIGNED_IN

    def rendered(self, proposal_id: UUID) -> object:
        """Return a proposal as its parties see it."""
        found = selectors.proposal(self.actor, proposal_id)
        return ProposalSerializer(found, context={"actor": self.actor}).data


class ProposalListView(ProposalBase):
    """Answer a job; list what I made and what I received."""

    write_access = role(CONTRACTOR)

    @extend_schema(tags=["jobs"], parameters=[ProposalQuerySerializer], responses=page_of(ProposalSerializer))
    def get(self, request: Request) -> Response:
        """List the proposals that I made or that my jobs received, newest first."""
        query = self.queried(ProposalQuerySerializer)
        rows = selectors.proposals(
            self.actor, job_id=query.get("job"), status=query.get("status", ""), role=query.get("role", "")
        )
        return self.paginated(rows, ProposalSerializer)

    @extend_schema(tags=["jobs"], request=NewProposalSerializer, responses={201: ProposalSerializer})
    def post(self, request: Request) -> Response:
        """Answer an open job."""
        values = self.validated(NewProposalSerializer)
        details = proposal_details(values)
        return self.command(
            lambda: services.submit_proposal(actor=self.actor, job_id=values["job"], details=details),
            render=self.rendered,
            status=201,
        )


class ProposalView(ProposalBase):
    """One proposal."""

    @extend_schema(tags=["jobs"], responses=ProposalSerializer)
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """Show a proposal to its contractor and to the job's customer."""
        return Response(self.rendered(proposal_id))

    @extend_schema(tags=["jobs"], request=ProposalInputSerializer, responses=ProposalSerializer)
    def put(self, request: Request, proposal_id: UUID) -> Response:
        """Replace what my pending proposal says."""
        details = proposal_details(self.validated(ProposalInputSerializer))
        return self.command(
            lambda: services.update_proposal(actor=self.actor, proposal_id=proposal_id, details=details),
            render=lambda _: self.rendered(proposal_id),
        )

    @extend_schema(tags=["jobs"], request=None, responses={204: None})
    def delete(self, request: Request, proposal_id: UUID) -> Response:
        """Withdraw my proposal."""
        return self.command(lambda: services.withdraw_proposal(actor=self.actor, proposal_id=proposal_id), status=204)


class ShortlistProposalView(ProposalBase):
    """Keep a proposal in the closer choice."""

    @extend_schema(tags=["jobs"], request=EmptySerializer, responses=ProposalSerializer)
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Shortlist a proposal for my job."""
        self.validated(EmptySerializer)
        return self.command(
            lambda: services.shortlist_proposal(actor=self.actor, proposal_id=proposal_id),
            render=lambda _: self.rendered(proposal_id),
        )


class RejectProposalView(ProposalBase):
    """Turn a proposal down."""

    @extend_schema(tags=["jobs"], request=FeedbackSerializer, responses=ProposalSerializer)
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Reject a proposal for my job and say why."""
        feedback = self.validated(FeedbackSerializer)["feedback"]
        return self.command(
            lambda: services.reject_proposal(actor=self.actor, proposal_id=proposal_id, feedback=feedback),
            render=lambda _: self.rendered(proposal_id),
        )
