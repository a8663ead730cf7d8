"""Expenses over HTTP."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.contracts import services
from jobsphere.contracts.api.base import DealView
from jobsphere.contracts.api.contracts import TAGS
from jobsphere.contracts.api.serializers.expenses import ExpenseSerializer, ExpenseWriteSerializer
from jobsphere.contracts.api.serializers.shown import ContractSerializer
from jobsphere.contracts.selectors import expenses as selectors
from jobsphere.web.schema import IDEMPOTENCY_KEY
from jobsphere.web.serializers import ReasonSerializer


class ClaimExpenseView(DealView):
    """/contracts/{id}/expenses/"""

    @extend_schema(
        tags=TAGS, summary="Claim an expense", request=ExpenseWriteSerializer, responses={201: ExpenseSerializer}
    )
    def post(self, request: Request, contract_id: UUID) -> Response:
        """For the contractor, with a receipt, under the contract's cap. The customer pays it with the purpose
        `expense`, or declines it within seven days.
        """
        body = self.validated(ExpenseWriteSerializer)
        return self.command(
            lambda: services.claim_expense(actor=self.actor, contract_id=contract_id, **body),
            render=lambda expense_id: ExpenseSerializer(selectors.expense(self.actor, expense_id)).data,
            status=201,
        )


class DeclineExpenseView(DealView):
    """/expenses/{id}/decline/"""

    @extend_schema(tags=TAGS, summary="Decline an expense", request=ReasonSerializer, responses=ContractSerializer)
    def post(self, request: Request, expense_id: UUID) -> Response:
        """For the customer, with a reason; nothing is paid."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: services.decline_expense(actor=self.actor, expense_id=expense_id, reason=reason),
            render=self.contract,
        )


class WithdrawExpenseView(DealView):
    """/expenses/{id}/withdraw/"""

    @extend_schema(tags=TAGS, summary="Withdraw an expense", request=None, responses=ContractSerializer)
    def post(self, request: Request, expense_id: UUID) -> Response:
        """For the contractor, until it is answered."""
        return self.command(
            lambda: services.withdraw_expense(actor=self.actor, expense_id=expense_id), render=self.contract
        )


class RefundExpenseView(DealView):
    """/expenses/{id}/refund/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Give an expense back",
        parameters=[IDEMPOTENCY_KEY],
        request=ReasonSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, expense_id: UUID) -> Response:
        """For staff, with a reason; the contractor gives it from their wallet, or owes it."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: services.refund_expense(actor=self.actor, expense_id=expense_id, reason=reason),
            render=self.contract,
            money=True,
        )
