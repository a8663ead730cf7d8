"""Payments over HTTP."""

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.money import Money
from jobsphere.payments import purposes, routing, selectors, services
from jobsphere.payments.api.serializers import (
    CheckoutQuerySerializer,
    CheckoutSerializer,
    ConfirmPaymentSerializer,
    PaymentDetailSerializer,
    PaymentSerializer,
    RefundPaymentSerializer,
    ReleasePaymentSerializer,
    StartPaymentSerializer,
)
from jobsphere.payments.api.shapes import checkout_shape, is_pending, payment_shape, refund_shape
from jobsphere.payments.types import RefundRequest, ReleaseRequest
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import IDEMPOTENCY_KEY, PAGING, page_of
from jobsphere.web.views import ApiView


class PaymentView(ApiView):
    """Base of the verbs: they answer with the payment as its viewer sees it after the first attempt."""

    access = SIGNED_IN
    throttle_action = "money"

    def render(self, payment_id: UUID) -> dict[str, Any]:
        """Read the payment afresh; what the gateway has answered since is in it."""
        return payment_shape(selectors.payment(self.actor, payment_id), self.actor)


class CreateIntentView(PaymentView):
    """POST /payments/create-intent (S4) and /payments/initiate/ (S2)."""

    @extend_schema(
        summary="Pay for an offer or a milestone",
        request=StartPaymentSerializer,
        responses={201: PaymentSerializer, 202: PaymentSerializer},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Authorise the amount of an offer on the payer's card; take that of anything else at once.

        202: the gateway has not answered yet; look again.
        """
        body = self.validated(StartPaymentSerializer)
        purpose = purposes.purpose(body["purpose"]["type"])

        def verb() -> UUID:
            method, gateway = body.get("payment_method"), body.get("gateway", "")
            return purpose.create_intent(self.actor, body["purpose"]["id"], method, gateway)

        return self.command(verb, render=self.render, status=201, money=True, pending=is_pending)


class CheckoutView(ApiView):
    """GET /payments/checkout/"""

    access = SIGNED_IN

    @extend_schema(summary="How to pay", parameters=[CheckoutQuerySerializer], responses=CheckoutSerializer)
    def get(self, request: Request) -> Response:
        """Say which form to show, which ways of paying there are, and which amounts can be paid, before paying.

        400 on `/amount` or `/amount/currency` for what cannot be paid here.
        """
        asked = self.queried(CheckoutQuerySerializer)
        currency = asked.get("currency") or settings.DEFAULT_CURRENCY
        amount = Money(asked["amount"], currency) if "amount" in asked else None
        return Response(checkout_shape(routing.checkout(currency, amount=amount, gateway=asked.get("gateway", ""))))


class ConfirmView(PaymentView):
    """POST /payments/confirm"""

    @extend_schema(
        summary="Go on with a payment after 3-D Secure",
        request=ConfirmPaymentSerializer,
        responses={200: PaymentSerializer, 202: PaymentSerializer},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Ask the gateway what became of it, or try it with another card."""
        body = self.validated(ConfirmPaymentSerializer)

        def verb() -> UUID:
            method = body.get("payment_method")
            return services.confirm_payment(actor=self.actor, payment_id=body["payment"], payment_method=method).id

        return self.command(verb, render=self.render, money=True, pending=is_pending)


class ReleaseView(PaymentView):
    """POST /payments/release/"""

    @extend_schema(
        summary="Release the money of a milestone",
        request=ReleasePaymentSerializer,
        responses=PaymentSerializer,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Release what is held for a milestone, or for all that is due in a contract, to the contractor."""
        body = self.validated(ReleasePaymentSerializer)
        wanted = ReleaseRequest(body.get("milestone"), body.get("contract"))
        return self.command(lambda: purposes.release(self.actor, wanted), render=self.render, money=True)


class RefundView(PaymentView):
    """POST /payments/refund/"""

    @extend_schema(
        summary="Give held money back",
        request=RefundPaymentSerializer,
        responses=PaymentSerializer,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Give back what is still held for a milestone or a contract, in full or in part."""
        body = self.validated(RefundPaymentSerializer)
        wanted = RefundRequest(body.get("milestone"), body.get("contract"), body.get("amount"), body["reason"])
        return self.command(lambda: purposes.refund(self.actor, wanted), render=self.render, money=True)


class HistoryView(ApiView):
    """GET /payments/history/"""

    access = SIGNED_IN

    @extend_schema(summary="My payments", responses=page_of(PaymentSerializer), parameters=PAGING)
    def get(self, request: Request) -> Response:
        """List payments that I made or received, newest first."""
        pages = KeysetPagination()
        rows = pages.paginate_queryset(selectors.history(self.actor), request, view=self)
        views = [selectors.view_of_payment(row, self.actor) for row in rows]
        return pages.get_paginated_response([payment_shape(view, self.actor) for view in views])


class OnePaymentView(ApiView):
    """GET /payments/{id}/"""

    access = SIGNED_IN

    @extend_schema(summary="A payment with its refunds", responses=PaymentDetailSerializer)
    def get(self, request: Request, payment_id: UUID) -> Response:
        """Show a payment to a party of it."""
        view = selectors.payment(self.actor, payment_id)
        refunds = [refund_shape(each) for each in selectors.refunds_of_payment(view.id)]
        return Response({**payment_shape(view, self.actor), "refunds": refunds})
