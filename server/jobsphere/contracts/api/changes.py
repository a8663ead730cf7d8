"""Change orders over HTTP (R52)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.contracts import services
from jobsphere.contracts.api.base import DealView
from jobsphere.contracts.api.contracts import TAGS
from jobsphere.contracts.api.serializers.changes import ChangeOrderSerializer, ChangeOrderWriteSerializer
from jobsphere.contracts.api.serializers.shown import ContractSerializer
from jobsphere.contracts.api.serializers.taken import OptionalReasonSerializer
from jobsphere.contracts.selectors import changes as selectors
from jobsphere.web.schema import IDEMPOTENCY_KEY, PAGING, page_of
from jobsphere.web.serializers import EmptySerializer


class ChangeOrderListView(DealView):
    """/contracts/{id}/change-orders/"""

    @extend_schema(tags=TAGS, summary="Change orders", parameters=PAGING, responses=page_of(ChangeOrderSerializer))
    def get(self, request: Request, contract_id: UUID) -> Response:
        """List the change orders of a contract, newest first."""
        rows = selectors.change_orders(self.actor, contract_id)
        return self.page(rows, lambda page: selectors.change_order_views(self.actor, page), ChangeOrderSerializer)

    @extend_schema(
        tags=TAGS,
        summary="Propose to change a contract",
        request=ChangeOrderWriteSerializer,
        responses={201: ChangeOrderSerializer},
    )
    def post(self, request: Request, contract_id: UUID) -> Response:
        """For either party: prices, new milestones, removed ones, dates. One can be open at a time."""
        body = self.validated(ChangeOrderWriteSerializer)
        return self.command(
            lambda: services.propose_change(actor=self.actor, contract_id=contract_id, **body),
            render=lambda order_id: ChangeOrderSerializer(selectors.change_order(self.actor, order_id)).data,
            status=201,
        )


class _AnswerView(DealView):
    """Answers with the contract, whose milestones may have changed."""

    def answer(self, verb: Callable[..., UUID], order_id: UUID, *, money: bool = False, **body: Any) -> Response:
        return self.command(
            lambda: verb(actor=self.actor, order_id=order_id, **body), render=self.contract, money=money
        )


class AcceptChangeView(_AnswerView):
    """/change-orders/{id}/accept/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Accept a change order",
        parameters=[IDEMPOTENCY_KEY],
        request=EmptySerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, order_id: UUID) -> Response:
        """For the other party. Applied at once, or when the customer has paid `pay` (purpose `change`)."""
        self.validated(EmptySerializer)
        return self.answer(services.accept_change, order_id, money=True)


class DeclineChangeView(_AnswerView):
    """/change-orders/{id}/decline/"""

    @extend_schema(
        tags=TAGS, summary="Decline a change order", request=OptionalReasonSerializer, responses=ContractSerializer
    )
    def post(self, request: Request, order_id: UUID) -> Response:
        """For the other party; the contract stays as it is."""
        return self.answer(services.decline_change, order_id, **self.validated(OptionalReasonSerializer))


class WithdrawChangeView(_AnswerView):
    """/change-orders/{id}/withdraw/"""

    @extend_schema(
        tags=TAGS, summary="Withdraw a change order", request=OptionalReasonSerializer, responses=ContractSerializer
    )
    def post(self, request: Request, order_id: UUID) -> Response:
        """For who proposed it; once both agree, for either, until it is paid."""
        return self.answer(services.withdraw_change, order_id, **self.validated(OptionalReasonSerializer))
