"""Everybody's payments, refunds, payouts, wallets and gateway operations (R74, R102)."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import policies, selectors, services
from jobsphere.backoffice.api.serializers.money import (
    AdminOperationSerializer,
    AdminPaymentSerializer,
    AdminPayoutSerializer,
    AdminRefundSerializer,
    AdminWalletSerializer,
    FinalizePayoutSerializer,
)
from jobsphere.backoffice.api.serializers.queries import (
    OperationsQuery,
    PaymentsQuery,
    PayoutsQuery,
    RefundsQuery,
    WalletsQuery,
)
from jobsphere.backoffice.api.views.base import StaffView
from jobsphere.payments import selectors as payments
from jobsphere.payments import services as payments_services
from jobsphere.payments import staff
from jobsphere.payments.types import MoneyFilter, OperationStatus, RefundStatus
from jobsphere.web.access import recent, right
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import EmptySerializer, ReasonSerializer

_UNSETTLED = {str(each) for each in (OperationStatus.PENDING, OperationStatus.IN_FLIGHT, OperationStatus.UNKNOWN)}


class FinanceView(StaffView):
    """For those who account for the money."""

    access = right(policies.FINANCE)


class AdminPaymentsView(FinanceView):
    """All payments."""

    @extend_schema(tags=["admin"], parameters=[PaymentsQuery], responses=page_of(AdminPaymentSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's payments, newest first."""
        wanted = MoneyFilter(**self.asked(PaymentsQuery))
        return self.page(staff.payments_for_staff(self.actor, wanted), AdminPaymentSerializer)


class AdminPaymentView(FinanceView):
    """Any payment."""

    @extend_schema(tags=["admin"], responses=AdminPaymentSerializer)
    def get(self, request: Request, payment_id: UUID) -> Response:
        """Show any payment."""
        return Response(AdminPaymentSerializer(payments.payment(self.actor, payment_id)).data)


class AdminRefundsView(FinanceView):
    """All refunds."""

    @extend_schema(tags=["admin"], parameters=[RefundsQuery], responses=page_of(AdminRefundSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's refunds with their reasons, newest first."""
        asked = self.asked(RefundsQuery)
        payment_id = asked.pop("payment_id", None)
        rows = staff.refunds_for_staff(self.actor, MoneyFilter(**asked), payment_id=payment_id)
        return self.page(rows, AdminRefundSerializer)


class RetryRefundView(FinanceView):
    """A refund that failed."""

    throttle_action = "money"

    @extend_schema(
        tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=ReasonSerializer, responses=AdminRefundSerializer
    )
    def post(self, request: Request, refund_id: UUID) -> Response:
        """Send a refund that failed once more; 202 while the gateway has not answered."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: services.retry_refund(actor=self.actor, refund_id=refund_id, reason=reason),
            render=lambda _: AdminRefundSerializer(staff.refund_for_staff(self.actor, refund_id)).data,
            money=True,
            pending=lambda body: body["status"] == RefundStatus.REQUESTED,
        )


class PayRefundByHandView(FinanceView):
    """A refund that no gateway can send."""

    access = recent(right(policies.FINANCE))
    throttle_action = "money"

    @extend_schema(
        tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=ReasonSerializer, responses=AdminRefundSerializer
    )
    def post(self, request: Request, refund_id: UUID) -> Response:
        """Note that a refund that failed was paid in another way, from the operator's own bank; `reason` says how."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: services.pay_refund_by_hand(actor=self.actor, refund_id=refund_id, reason=reason),
            render=lambda _: AdminRefundSerializer(staff.refund_for_staff(self.actor, refund_id)).data,
            money=True,
        )


class AdminPayoutsView(FinanceView):
    """All withdrawals."""

    @extend_schema(tags=["admin"], parameters=[PayoutsQuery], responses=page_of(AdminPayoutSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's withdrawals, newest first."""
        wanted = MoneyFilter(**self.asked(PayoutsQuery))
        return self.page(selectors.payouts(self.actor, wanted), AdminPayoutSerializer)


class PayoutCodeView(FinanceView):
    """What both actions about a payout's code share."""

    access = recent(right(policies.FINANCE))
    throttle_action = "money"

    def render(self, payout_id: UUID) -> Any:
        """Read the payout afresh."""
        return AdminPayoutSerializer(selectors.payout(self.actor, payout_id)).data


class FinalizePayoutView(PayoutCodeView):
    """A payout that waits for a code."""

    @extend_schema(
        tags=["admin"],
        parameters=[IDEMPOTENCY_KEY],
        request=FinalizePayoutSerializer,
        responses={200: AdminPayoutSerializer, 202: AdminPayoutSerializer},
    )
    def post(self, request: Request, payout_id: UUID) -> Response:
        """Give the gateway the code that it has sent to you. 202: it has not answered; we look until it does."""
        code = self.validated(FinalizePayoutSerializer)["otp"]
        # Before the transaction, and only in memory: what is in a transaction or a queue is in a database.
        given = payments_services.give_payout_code(actor=self.actor, payout_id=payout_id, code=code)
        return self.command(
            lambda: payments_services.record_payout_code(actor=self.actor, given=given),
            render=lambda _: self.render(payout_id),
            money=True,
            pending=lambda body: body["needs_otp"],
        )


class ResendPayoutCodeView(PayoutCodeView):
    """A code that did not come."""

    @extend_schema(
        tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=EmptySerializer, responses=AdminPayoutSerializer
    )
    def post(self, request: Request, payout_id: UUID) -> Response:
        """Have the gateway send another code."""
        self.validated(EmptySerializer)
        payments_services.resend_payout_code(actor=self.actor, payout_id=payout_id)
        return self.command(
            lambda: payments_services.record_resent_code(actor=self.actor, payout_id=payout_id),
            render=lambda _: self.render(payout_id),
            money=True,
        )


class AdminWalletsView(FinanceView):
    """All wallets."""

    @extend_schema(tags=["admin"], parameters=[WalletsQuery], responses=page_of(AdminWalletSerializer))
    def get(self, request: Request) -> Response:
        """List what everybody has in their wallet, a row for each currency."""
        return self.page(selectors.wallets(self.actor, **self.asked(WalletsQuery)), AdminWalletSerializer)


class OperationsView(FinanceView):
    """What we asked of gateways."""

    @extend_schema(tags=["admin"], parameters=[OperationsQuery], responses=page_of(AdminOperationSerializer))
    def get(self, request: Request) -> Response:
        """List gateway operations, newest first; by default those that are unknown, stuck or rejected."""
        asked = self.asked(OperationsQuery)
        narrow = {name: asked.pop(name) for name in ("kind", "subject_id") if name in asked}
        rows = staff.operations_for_staff(self.actor, MoneyFilter(**asked), **narrow)
        return self.page(rows, AdminOperationSerializer)


class OperationView(FinanceView):
    """One operation."""

    @extend_schema(tags=["admin"], responses=AdminOperationSerializer)
    def get(self, request: Request, operation_id: UUID) -> Response:
        """Show a gateway operation with its last error."""
        return Response(AdminOperationSerializer(staff.operation_for_staff(self.actor, operation_id)).data)


class RetryOperationView(FinanceView):
    """Ask again."""

    throttle_action = "money"

    @extend_schema(
        tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=ReasonSerializer, responses=AdminOperationSerializer
    )
    def post(self, request: Request, operation_id: UUID) -> Response:
        """Ask the gateway now; nothing is done twice. 202 while it has not answered."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: services.retry_operation(actor=self.actor, operation_id=operation_id, reason=reason),
            render=lambda _: AdminOperationSerializer(staff.operation_for_staff(self.actor, operation_id)).data,
            money=True,
            pending=lambda body: body["status"] in _UNSETTLED,
        )
