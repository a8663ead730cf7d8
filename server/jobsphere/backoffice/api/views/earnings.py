"""Earnings that clear, and payees whose bank account has changed: what staff may decide, each with a reason."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import selectors
from jobsphere.backoffice.api.serializers.earnings import (
    CoolingPayeeSerializer,
    DelaySerializer,
    EarningSerializer,
    EarningsQuery,
)
from jobsphere.backoffice.api.serializers.queries import PageQuery
from jobsphere.backoffice.api.views.money import FinanceView
from jobsphere.payments import services as payments
from jobsphere.payments.types import LotView
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import ReasonSerializer


class EarningsView(FinanceView):
    """All earnings that had to clear."""

    @extend_schema(tags=["admin"], parameters=[EarningsQuery], responses=page_of(EarningSerializer))
    def get(self, request: Request) -> Response:
        """List what clears and what has cleared, newest first."""
        asked = self.asked(EarningsQuery)
        found = selectors.earnings(self.actor, person_id=asked.get("person_id"), clearing=asked.get("clearing"))
        return self.page(found, EarningSerializer)


class EarningVerbView(FinanceView):
    """What both decisions about an earning share."""

    http_method_names = ["post", "options"]
    throttle_action = "money"

    def render(self, lot: LotView) -> Any:
        """Show the earning as it stands after the decision."""
        return EarningSerializer(selectors.earning(self.actor, lot.id)).data


class ClearEarningView(EarningVerbView):
    """Clear early."""

    @extend_schema(tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=ReasonSerializer, responses=EarningSerializer)
    def post(self, request: Request, lot_id: UUID) -> Response:
        """Let what is left of an earning clear now."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: payments.clear_earning_early(actor=self.actor, lot_id=lot_id, reason=reason),
            render=self.render,
            money=True,
        )


class DelayEarningView(EarningVerbView):
    """Clear later."""

    @extend_schema(tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=DelaySerializer, responses=EarningSerializer)
    def post(self, request: Request, lot_id: UUID) -> Response:
        """Move the date on which an earning clears."""
        body = self.validated(DelaySerializer)
        return self.command(
            lambda: payments.delay_earning(actor=self.actor, lot_id=lot_id, **body), render=self.render, money=True
        )


class CoolingPayeesView(FinanceView):
    """Whose withdrawals wait."""

    @extend_schema(tags=["admin"], parameters=[PageQuery], responses=page_of(CoolingPayeeSerializer))
    def get(self, request: Request) -> Response:
        """List the people who cannot withdraw because their bank account has just changed, newest first."""
        self.queried(PageQuery)
        return self.page(selectors.cooling_payees(self.actor), CoolingPayeeSerializer)


class LiftCoolingOffView(FinanceView):
    """Let a payee withdraw at once after a change of their bank account."""

    http_method_names = ["post", "options"]
    throttle_action = "money"

    @extend_schema(tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=ReasonSerializer, responses={204: None})
    def post(self, request: Request, user_id: UUID) -> Response:
        """End the cooling-off, after having spoken to the person."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: payments.lift_cooling_off(actor=self.actor, payee_id=user_id, reason=reason),
            status=204,
            money=True,
        )
