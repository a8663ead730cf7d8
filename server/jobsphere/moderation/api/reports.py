"""Reporting what breaks a rule, over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.moderation import selectors, services, subjects
from jobsphere.moderation.api.serializers import HouseRulesSerializer, ReportInputSerializer, SafetyReportSerializer
from jobsphere.moderation.types import HouseRule
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.throttles import action_of
from jobsphere.web.views import ApiView


class ReportsView(ApiView):
    """My reports."""

    access = SIGNED_IN

    @property
    def throttle_action(self) -> str:  # type: ignore[override]
        """Reading is cheap; each report is work for a human."""
        return "report" if self.request.method == "POST" else action_of(self.request.method)

    @extend_schema(tags=["safety"], parameters=PAGING, responses=page_of(SafetyReportSerializer))
    def get(self, request: Request) -> Response:
        """List my reports and what became of them, the latest first."""
        return self.paginated(selectors.my_reports(self.actor), SafetyReportSerializer)

    @extend_schema(tags=["safety"], request=ReportInputSerializer, responses={201: SafetyReportSerializer})
    def post(self, request: Request) -> Response:
        """Report a thing that I can see. What it says now is kept as evidence; a person looks at it and answers."""
        wanted = self.validated(ReportInputSerializer)
        rule = HouseRule(wanted.pop("rule"))
        return self.command(
            lambda: services.report(actor=self.actor, rule=rule, **wanted),
            render=lambda report_id: SafetyReportSerializer(selectors.my_report(self.actor, report_id)).data,
            status=201,
        )


class HouseRulesView(ApiView):
    """The rules of the house."""

    access = PUBLIC
    authentication_classes = ()

    @extend_schema(tags=["safety"], responses=HouseRulesSerializer)
    def get(self, request: Request) -> Response:
        """List the rules of the house, and what can be reported."""
        found = {"results": selectors.house_rules(), "subject_types": subjects.known()}
        return Response(HouseRulesSerializer(found).data)
