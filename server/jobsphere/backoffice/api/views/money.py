"""Everybody's payments, refunds, payouts, wallets and gateway operations (R74, R102)."""

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
from jobsphere.payments import staff
from jobsphere.payments.types import MoneyFilter, OperationStatus, RefundStatus
from jobsphere.web.access import right
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import ReasonSerializer

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


class AdminPayoutsView(FinanceView):
    """All withdrawals."""

    @extend_schema(tags=["admin"], parameters=[PayoutsQuery], responses=page_of(AdminPayoutSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's withdrawals, newest first."""
        wanted = MoneyFilter(**self.asked(PayoutsQuery))
        return self.page(selectors.payouts(self.actor, wanted), AdminPayoutSerializer)


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
