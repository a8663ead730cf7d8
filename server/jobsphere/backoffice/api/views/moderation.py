"""The queue of reports, decisions with their reasons, and appeals."""

from datetime import timedelta
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import moderating, policies
from jobsphere.backoffice.api.serializers.moderation import (
    AdminAppealSerializer,
    AdminCaseDetailSerializer,
    AdminCaseSerializer,
    AnswerSerializer,
    AppealsQuery,
    CasesQuery,
    ModerationFiguresSerializer,
    VerdictSerializer,
    verdict_of,
)
from jobsphere.backoffice.api.serializers.queries import PeriodQuery
from jobsphere.backoffice.api.views.base import StaffView
from jobsphere.kit import clock
from jobsphere.moderation import services, staff
from jobsphere.moderation.types import CaseFilter
from jobsphere.web.access import recent, right
from jobsphere.web.schema import page_of
from jobsphere.web.serializers import ReasonSerializer

WEEKS = timedelta(weeks=12)


class ModerationView(StaffView):
    """What all views of moderation share."""

    access = right(policies.MODERATION)

    def rendered(self, case_id: UUID) -> object:
        """Return a case with all that is needed to decide it."""
        return AdminCaseDetailSerializer(staff.case_page(self.actor, case_id)).data


class CasesView(ModerationView):
    """The queue."""

    @extend_schema(tags=["admin"], parameters=[CasesQuery], responses=page_of(AdminCaseSerializer))
    def get(self, request: Request) -> Response:
        """List what was reported, newest first; several reports of one thing are one case."""
        return self.page(staff.cases(self.actor, CaseFilter(**self.asked(CasesQuery))), AdminCaseSerializer)


class CaseView(ModerationView):
    """One case."""

    @extend_schema(tags=["admin"], responses=AdminCaseDetailSerializer)
    def get(self, request: Request, case_id: UUID) -> Response:
        """Show a case with its evidence, the thing as it is now, and what was decided about the person before."""
        return Response(self.rendered(case_id))


class ClaimCaseView(ModerationView):
    """Take a case."""

    @extend_schema(tags=["admin"], request=None, responses=AdminCaseDetailSerializer)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Take a case, so that no colleague does the same; 409 says who has it."""
        return self.command(
            lambda: services.claim_case(actor=self.actor, case_id=case_id), render=lambda _: self.rendered(case_id)
        )


class ReleaseCaseView(ModerationView):
    """Give a case back."""

    @extend_schema(tags=["admin"], request=None, responses=AdminCaseDetailSerializer)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Give a case that I have taken back to the queue."""
        return self.command(
            lambda: services.release_case(actor=self.actor, case_id=case_id), render=lambda _: self.rendered(case_id)
        )


class DecideCaseView(ModerationView):
    """Decide a case."""

    # It may close somebody's account: step-up, as for closing it under /users/.
    access = recent(right(policies.MODERATION))

    @extend_schema(tags=["admin"], request=VerdictSerializer, responses=AdminCaseDetailSerializer)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Decide a case that I have taken, with reasons that the person concerned reads."""
        verdict = verdict_of(self.validated(VerdictSerializer))
        return self.command(
            lambda: moderating.decide_case(actor=self.actor, case_id=case_id, verdict=verdict),
            render=lambda _: self.rendered(case_id),
        )


class LiftRestrictionView(ModerationView):
    """End a restriction early."""

    # It may close somebody's account: step-up, as for closing it under /users/.
    access = recent(right(policies.MODERATION))

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=AdminCaseDetailSerializer)
    def post(self, request: Request, restriction_id: UUID) -> Response:
        """End a restriction or a suspension before its time; the person is told."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: services.lift_restriction(actor=self.actor, restriction_id=restriction_id, reason=reason),
            render=self.rendered,
        )


class AppealsView(ModerationView):
    """Appeals."""

    @extend_schema(tags=["admin"], parameters=[AppealsQuery], responses=page_of(AdminAppealSerializer))
    def get(self, request: Request) -> Response:
        """List appeals, newest first; `allowed_actions` is empty for who decided before."""
        return self.page(staff.appeals(self.actor, **self.asked(AppealsQuery)), AdminAppealSerializer)


class DecideAppealView(ModerationView):
    """Answer an appeal."""

    # It may close somebody's account: step-up, as for closing it under /users/.
    access = recent(right(policies.MODERATION))

    @extend_schema(tags=["admin"], request=AnswerSerializer, responses=AdminAppealSerializer)
    def post(self, request: Request, appeal_id: UUID) -> Response:
        """Uphold or overturn a decision that a colleague made; overturning undoes what it did."""
        answer = self.validated(AnswerSerializer)
        return self.command(
            lambda: moderating.decide_appeal(actor=self.actor, appeal_id=appeal_id, **answer),
            render=lambda _: AdminAppealSerializer(staff.appeal(self.actor, appeal_id)).data,
        )


class ModerationFiguresView(ModerationView):
    """How we do."""

    @extend_schema(tags=["admin"], parameters=[PeriodQuery], responses=ModerationFiguresSerializer)
    def get(self, request: Request) -> Response:
        """Count reports, decisions, their median time and appeals by week, by default the last twelve."""
        asked, now = self.queried(PeriodQuery), clock.now()
        until = asked.get("until", now)
        since = asked.get("since", until - WEEKS)
        cases, appeals = staff.waiting(self.actor)
        weeks = staff.weeks(self.actor, since, until)
        figures = {"open_cases": cases, "open_appeals": appeals, "weeks": weeks}
        return Response(ModerationFiguresSerializer(figures).data)
