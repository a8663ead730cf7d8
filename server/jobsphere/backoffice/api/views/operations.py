"""The audit trail, dead letters and settings (R72, R102, R103, R105)."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.accounts import selectors as accounts
from jobsphere.audit import selectors as audit
from jobsphere.audit.types import TrailFilter
from jobsphere.backoffice import policies, selectors, services
from jobsphere.backoffice.api.serializers.figures import (
    DeadLetterSerializer,
    RetentionSerializer,
    SettingSerializer,
)
from jobsphere.backoffice.api.serializers.people import AuditEntrySerializer
from jobsphere.backoffice.api.serializers.queries import DeadLettersQuery, TrailQuery
from jobsphere.backoffice.api.views.base import StaffView
from jobsphere.outbox import selectors as outbox
from jobsphere.web.access import right
from jobsphere.web.schema import page_of
from jobsphere.web.serializers import ReasonSerializer


class AuditView(StaffView):
    """Who did what."""

    access = right(policies.AUDIT)

    @extend_schema(tags=["admin"], parameters=[TrailQuery], responses=page_of(AuditEntrySerializer))
    def get(self, request: Request) -> Response:
        """List what was done to what, by whom, in which request, newest first."""
        return self.page(audit.trail(self.actor, TrailFilter(**self.asked(TrailQuery))), AuditEntrySerializer)


class OperatorView(StaffView):
    """For those who look after the machine."""

    access = right(policies.OPERATIONS)

    def rendered(self, letter_id: UUID) -> object:
        """Return a dead letter."""
        return DeadLetterSerializer(outbox.get_dead_letter(self.actor, letter_id)).data


class DeadLettersView(OperatorView):
    """Tasks that were given up."""

    @extend_schema(tags=["admin"], parameters=[DeadLettersQuery], responses=page_of(DeadLetterSerializer))
    def get(self, request: Request) -> Response:
        """List dead letters, newest first: the open ones, or those that were settled."""
        return self.page(outbox.dead_letter_rows(self.actor, **self.asked(DeadLettersQuery)), DeadLetterSerializer)


class DeadLetterView(OperatorView):
    """One of them."""

    @extend_schema(tags=["admin"], responses=DeadLetterSerializer)
    def get(self, request: Request, letter_id: UUID) -> Response:
        """Show a dead letter with its error."""
        return Response(self.rendered(letter_id))


class ReplayDeadLetterView(OperatorView):
    """Try again."""

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=DeadLetterSerializer)
    def post(self, request: Request, letter_id: UUID) -> Response:
        """Queue the task again, with all its attempts."""
        return self.decide(
            lambda reason: services.replay_dead_letter(actor=self.actor, letter_id=letter_id, reason=reason),
            lambda: self.rendered(letter_id),
        )


class DropDeadLetterView(OperatorView):
    """Give it up."""

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=DeadLetterSerializer)
    def post(self, request: Request, letter_id: UUID) -> Response:
        """Give the task up for good."""
        return self.decide(
            lambda reason: services.drop_dead_letter(actor=self.actor, letter_id=letter_id, reason=reason),
            lambda: self.rendered(letter_id),
        )


class SettingsView(OperatorView):
    """How the marketplace is set up."""

    @extend_schema(tags=["admin"], responses=SettingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the public settings in force and where each comes from; never a secret."""
        return Response(SettingSerializer(selectors.operating_settings(self.actor), many=True).data)


class RetentionView(OperatorView):
    """How long what is kept."""

    @extend_schema(tags=["admin"], responses=RetentionSerializer)
    def get(self, request: Request) -> Response:
        """List every table with its period and the reason, and what the last clean-ups removed."""
        return Response(RetentionSerializer(accounts.retention(self.actor)).data)
