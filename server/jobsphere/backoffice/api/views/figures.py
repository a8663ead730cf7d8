"""What the marketplace charges (R64, R65), and how it does (R100, R101, R106)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import policies, selectors
from jobsphere.backoffice.api.serializers.figures import (
    CommissionSerializer,
    FeePolicySerializer,
    FeesExampleSerializer,
    NewFeePolicySerializer,
    ReportSerializer,
)
from jobsphere.backoffice.api.serializers.queries import PeriodQuery
from jobsphere.backoffice.api.views.base import StaffView
from jobsphere.backoffice.types import Period
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow import services as escrow_services
from jobsphere.web.access import right


class CommissionView(StaffView):
    """Fee policies: the old ones stay as they are, a new one holds from its moment on."""

    access = right(policies.COMMISSION)

    @extend_schema(tags=["admin"], responses=CommissionSerializer)
    def get(self, request: Request) -> Response:
        """Show what is charged now, and every policy that there ever was."""
        return Response(CommissionSerializer(self._fees()).data)

    @extend_schema(tags=["admin"], request=NewFeePolicySerializer, responses={201: FeePolicySerializer})
    def post(self, request: Request) -> Response:
        """Charge something else, for offers made from a moment (now) on; running contracts keep their terms."""
        wanted = self.validated(NewFeePolicySerializer)
        return self.command(
            lambda: escrow_services.set_fee_policy(actor=self.actor, **wanted),
            render=lambda policy: FeePolicySerializer(policy).data,
            status=201,
        )

    def _fees(self) -> dict[str, Any]:
        return {"in_force": escrow.fee_terms_for(), "policies": escrow.fee_policies(self.actor)}


class CommissionExampleView(StaffView):
    """What a policy would mean, before it is set."""

    access = right(policies.COMMISSION)

    @extend_schema(tags=["admin"], request=NewFeePolicySerializer, responses=FeesExampleSerializer)
    def post(self, request: Request) -> Response:
        """Say what an offer of 100 would bear under this policy and without it. Refuses what setting it refuses."""
        wanted = self.validated(NewFeePolicySerializer)
        found = escrow_services.example_of_fees(actor=self.actor, **wanted)
        return Response(FeesExampleSerializer(found).data)


class ReportsView(StaffView):
    """Figures."""

    access = right(policies.FINANCE)

    @extend_schema(tags=["admin"], parameters=[PeriodQuery], responses=ReportSerializer)
    def get(self, request: Request) -> Response:
        """Show the marketplace in figures, by default for the last twelve weeks."""
        asked, usual = self.queried(PeriodQuery), selectors.last_weeks()
        period = Period(asked.get("since", usual.since), asked.get("until", usual.until))
        return Response(ReportSerializer(selectors.report(self.actor, period)).data)
