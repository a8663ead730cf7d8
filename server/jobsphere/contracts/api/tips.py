"""Tips over HTTP."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.contracts import services
from jobsphere.contracts.api.base import DealView
from jobsphere.contracts.api.contracts import TAGS
from jobsphere.contracts.api.serializers.shown import ContractSerializer
from jobsphere.contracts.api.serializers.tips import TipSerializer, TipWriteSerializer
from jobsphere.contracts.selectors import tips as selectors
from jobsphere.web.schema import IDEMPOTENCY_KEY
from jobsphere.web.serializers import ReasonSerializer


class GiveTipView(DealView):
    """/contracts/{id}/tips/"""

    @extend_schema(tags=TAGS, summary="Give a tip", request=TipWriteSerializer, responses={201: TipSerializer})
    def post(self, request: Request, contract_id: UUID) -> Response:
        """For the customer. Then pay it with the purpose `tip`; all of it goes to the contractor's wallet."""
        body = self.validated(TipWriteSerializer)
        return self.command(
            lambda: services.give_tip(actor=self.actor, contract_id=contract_id, **body),
            render=lambda tip_id: TipSerializer(selectors.tip(self.actor, tip_id)).data,
            status=201,
        )


class RefundTipView(DealView):
    """/tips/{id}/refund/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Give a tip back",
        parameters=[IDEMPOTENCY_KEY],
        request=ReasonSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, tip_id: UUID) -> Response:
        """For staff, with a reason; the contractor gives it from their wallet, or owes it."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: services.refund_tip(actor=self.actor, tip_id=tip_id, reason=reason),
            render=self.contract,
            money=True,
        )
