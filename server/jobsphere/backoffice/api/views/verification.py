"""The queue of papers, and what is asked for before somebody can be hired."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import policies
from jobsphere.backoffice.api.serializers.verification import (
    AdminPaperSerializer,
    PapersQuery,
    RequirementSerializer,
    RequirementsSerializer,
)
from jobsphere.backoffice.api.views.base import StaffView
from jobsphere.profiles.types import VerificationKind
from jobsphere.profiles.verification import selectors, services
from jobsphere.web.access import right
from jobsphere.web.schema import page_of
from jobsphere.web.serializers import ReasonSerializer


class PapersBase(StaffView):
    """What all views of papers share."""

    access = right(policies.VERIFICATION)

    def rendered(self, verification_id: UUID) -> object:
        """Return a paper as staff see it."""
        return AdminPaperSerializer(selectors.view_for_staff(self.actor, verification_id)).data


class AdminPapersView(PapersBase):
    """The queue."""

    @extend_schema(tags=["admin"], parameters=[PapersQuery], responses=page_of(AdminPaperSerializer))
    def get(self, request: Request) -> Response:
        """List papers by status and kind, newest first."""
        return self.page(selectors.queue(self.actor, **self.asked(PapersQuery)), AdminPaperSerializer)


class AdminPaperView(PapersBase):
    """One paper."""

    @extend_schema(tags=["admin"], responses=AdminPaperSerializer)
    def get(self, request: Request, verification_id: UUID) -> Response:
        """Show a paper with its number and pages."""
        return Response(self.rendered(verification_id))


class ApprovePaperView(PapersBase):
    """Accept a paper."""

    @extend_schema(tags=["admin"], request=None, responses=AdminPaperSerializer)
    def post(self, request: Request, verification_id: UUID) -> Response:
        """Accept a paper: the badge shows at once."""
        return self.command(
            lambda: services.approve(actor=self.actor, verification_id=verification_id),
            render=lambda _: self.rendered(verification_id),
        )


class RejectPaperView(PapersBase):
    """Refuse a paper."""

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=AdminPaperSerializer)
    def post(self, request: Request, verification_id: UUID) -> Response:
        """Refuse a paper, or take an approval back; the contractor reads the reason."""
        return self.decide(
            lambda reason: services.reject(actor=self.actor, verification_id=verification_id, reason=reason),
            lambda: self.rendered(verification_id),
        )


class AskAgainView(PapersBase):
    """Ask for more."""

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=AdminPaperSerializer)
    def post(self, request: Request, verification_id: UUID) -> Response:
        """Ask for a better copy or for what is missing; the contractor reads what."""
        return self.decide(
            lambda reason: services.ask_again(actor=self.actor, verification_id=verification_id, reason=reason),
            lambda: self.rendered(verification_id),
        )


class RequirementsView(PapersBase):
    """What is asked for before somebody can be hired."""

    @extend_schema(tags=["admin"], responses=RequirementsSerializer)
    def get(self, request: Request) -> Response:
        """List what is asked for, by category."""
        return Response(self._rendered())

    @extend_schema(tags=["admin"], request=RequirementSerializer, responses=RequirementsSerializer)
    def put(self, request: Request) -> Response:
        """Say what is asked for in a category or, without one, in all; no kinds asks for nothing."""
        wanted = self.validated(RequirementSerializer)
        kinds = tuple(VerificationKind(kind) for kind in wanted["kinds"])
        return self.command(
            lambda: services.require_for_hiring(actor=self.actor, category=wanted["category"], kinds=kinds),
            render=lambda _: self._rendered(),
        )

    def _rendered(self) -> object:
        rows = [{"category": slug, "kinds": kinds} for slug, kinds in selectors.requirements(self.actor)]
        return RequirementsSerializer({"results": rows}).data
