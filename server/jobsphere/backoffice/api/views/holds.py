"""Decisions about held money: each with a reason, in full view of the audit trail (R74, C5)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import selectors, services
from jobsphere.backoffice.api.serializers.money import (
    AdminHoldSerializer,
    HoldDecisionSerializer,
    RefundHoldSerializer,
)
from jobsphere.backoffice.api.serializers.queries import HoldsQuery
from jobsphere.backoffice.api.views.money import FinanceView
from jobsphere.payments import selectors as payments
from jobsphere.payments.types import MoneyFilter, RefundStatus
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import ReasonSerializer

decision = extend_schema(
    tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=ReasonSerializer, responses=HoldDecisionSerializer
)


class HoldsView(FinanceView):
    """All holds."""

    @extend_schema(tags=["admin"], parameters=[HoldsQuery], responses=page_of(AdminHoldSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's held money, newest first."""
        asked = self.asked(HoldsQuery)
        contract_id = asked.pop("contract_id", None)
        return self.page(
            selectors.holds(self.actor, MoneyFilter(**asked), contract_id=contract_id), AdminHoldSerializer
        )


class HoldView(FinanceView):
    """One hold."""

    @extend_schema(tags=["admin"], responses=HoldDecisionSerializer)
    def get(self, request: Request, hold_id: UUID) -> Response:
        """Show the money of a milestone, with the refunds of its payment."""
        return Response(self.rendered(hold_id))

    def rendered(self, hold_id: UUID) -> Any:
        """Return a hold and the refunds of its payment."""
        found = selectors.hold(self.actor, hold_id)
        refunds = payments.refunds_of_payment(found.hold.payment_id)
        return HoldDecisionSerializer({"hold": found, "refunds": refunds}).data


class HoldVerbView(HoldView):
    """What all decisions about a hold share."""

    http_method_names = ["post", "options"]
    throttle_action = "money"

    def carry_out(self, verb: Callable[[], None], hold_id: UUID) -> Response:
        """Run the decision; 202 while the gateway has not said what became of a refund."""
        return self.command(
            verb,
            render=lambda _: self.rendered(hold_id),
            money=True,
            pending=lambda body: any(each["status"] == RefundStatus.REQUESTED for each in body["refunds"]),
        )


class ReleaseHoldView(HoldVerbView):
    """Pay the contractor."""

    @decision
    def post(self, request: Request, hold_id: UUID) -> Response:
        """Release held money to the contractor, less the service fee."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.carry_out(
            lambda: services.release_held_money(actor=self.actor, hold_id=hold_id, reason=reason), hold_id
        )


class RefundHoldView(HoldVerbView):
    """Give the customer their money back."""

    @extend_schema(
        tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=RefundHoldSerializer, responses=HoldDecisionSerializer
    )
    def post(self, request: Request, hold_id: UUID) -> Response:
        """Refund held money to the customer's card, all of it or a part."""
        values = self.validated(RefundHoldSerializer)
        return self.carry_out(lambda: services.refund_held_money(actor=self.actor, hold_id=hold_id, **values), hold_id)


class FreezeHoldView(HoldVerbView):
    """Stop the money."""

    @decision
    def post(self, request: Request, hold_id: UUID) -> Response:
        """Stop the money of this hold and of the rest of its contract."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.carry_out(
            lambda: services.freeze_held_money(actor=self.actor, hold_id=hold_id, reason=reason), hold_id
        )


class UnfreezeHoldView(HoldVerbView):
    """Let the money move again."""

    @decision
    def post(self, request: Request, hold_id: UUID) -> Response:
        """Let the money of this hold and of its contract move again."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.carry_out(
            lambda: services.unfreeze_held_money(actor=self.actor, hold_id=hold_id, reason=reason), hold_id
        )
