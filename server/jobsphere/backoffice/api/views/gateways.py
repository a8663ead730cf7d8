"""The gateways in use: how they are, and whether new payments are made there."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice.api.serializers.gateways import GatewayHealthSerializer
from jobsphere.backoffice.api.views.money import FinanceView
from jobsphere.payments import services as payments
from jobsphere.payments import staff
from jobsphere.web.serializers import ReasonSerializer


class GatewaysView(FinanceView):
    """All of them."""

    @extend_schema(tags=["admin"], responses=GatewayHealthSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the gateways in use, in the order in which new payments are made there."""
        return Response([GatewayHealthSerializer(each).data for each in staff.gateways_for_staff(self.actor)])


class GatewayVerbView(FinanceView):
    """What both decisions share."""

    def rendered(self, name: str) -> Any:
        """Return a gateway."""
        return GatewayHealthSerializer(staff.gateway_for_staff(self.actor, name)).data


class OpenGatewayView(GatewayVerbView):
    """Open its circuit."""

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=GatewayHealthSerializer)
    def post(self, request: Request, name: str) -> Response:
        """Make no new payments there, whatever it answers, until it is closed again. What exists there goes on."""
        return self.decide(
            lambda reason: payments.stop_gateway(actor=self.actor, name=name, reason=reason),
            lambda: self.rendered(name),
        )


class CloseGatewayView(GatewayVerbView):
    """Close its circuit."""

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=GatewayHealthSerializer)
    def post(self, request: Request, name: str) -> Response:
        """Make new payments there again, also before it has answered."""
        return self.decide(
            lambda reason: payments.resume_gateway(actor=self.actor, name=name, reason=reason),
            lambda: self.rendered(name),
        )
