"""What was decided about me, and appeals, over HTTP."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.moderation import selectors, services
from jobsphere.moderation.api.serializers import (
    AppealInputSerializer,
    RestrictionsSerializer,
    StatementOfReasonsSerializer,
    TokenAppealSerializer,
    TokenSerializer,
)
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class RestrictionsView(ApiView):
    """What I may not do now."""

    access = SIGNED_IN

    @extend_schema(tags=["safety"], responses=RestrictionsSerializer)
    def get(self, request: Request) -> Response:
        """List the decisions because of which I may not do everything now; mostly there are none."""
        return Response(RestrictionsSerializer({"results": selectors.my_restrictions(self.actor)}).data)


class StatementsView(ApiView):
    """Decisions about me."""

    access = SIGNED_IN

    @extend_schema(tags=["safety"], parameters=PAGING, responses=page_of(StatementOfReasonsSerializer))
    def get(self, request: Request) -> Response:
        """List what was decided about me, the latest first."""
        return self.paginated(selectors.my_statements(self.actor), StatementOfReasonsSerializer)


class StatementView(ApiView):
    """One decision about me."""

    access = SIGNED_IN

    @extend_schema(tags=["safety"], responses=StatementOfReasonsSerializer)
    def get(self, request: Request, statement_id: UUID) -> Response:
        """Read a decision about me with its reasons."""
        return Response(StatementOfReasonsSerializer(selectors.my_statement(self.actor, statement_id)).data)


class AppealView(ApiView):
    """My appeal."""

    access = SIGNED_IN

    @extend_schema(tags=["safety"], request=AppealInputSerializer, responses={201: StatementOfReasonsSerializer})
    def post(self, request: Request, statement_id: UUID) -> Response:
        """Ask for another human to look at a decision about me; once for each."""
        words = self.validated(AppealInputSerializer)["words"]
        return self.command(
            lambda: services.appeal(actor=self.actor, decision_id=statement_id, words=words),
            render=lambda _: StatementOfReasonsSerializer(selectors.my_statement(self.actor, statement_id)).data,
            status=201,
        )


class OpenStatementView(ApiView):
    """A decision, with the link of a letter."""

    access = PUBLIC
    authentication_classes = ()
    throttle_action = "sign-in"

    @extend_schema(tags=["safety"], request=TokenSerializer, responses=StatementOfReasonsSerializer)
    def post(self, request: Request) -> Response:
        """Read a decision without signing in: the letter's link is for the person concerned alone."""
        token = self.validated(TokenSerializer)["token"]
        return Response(StatementOfReasonsSerializer(selectors.statement_by_token(token)).data)


class OpenAppealView(ApiView):
    """An appeal, with the link of a letter."""

    access = PUBLIC
    authentication_classes = ()
    throttle_action = "sign-in"

    @extend_schema(tags=["safety"], request=TokenAppealSerializer, responses={201: StatementOfReasonsSerializer})
    def post(self, request: Request) -> Response:
        """Appeal without signing in, for whoever is suspended."""
        wanted = self.validated(TokenAppealSerializer)
        return self.command(
            lambda: services.appeal_by_token(**wanted),
            render=lambda _: StatementOfReasonsSerializer(selectors.statement_by_token(wanted["token"])).data,
            status=201,
        )
