"""Offers over HTTP (R48-R50)."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.contracts import selectors, services
from jobsphere.contracts.api.base import DealView, offer_is_pending
from jobsphere.contracts.api.serializers.shown import OfferSerializer
from jobsphere.contracts.api.serializers.taken import (
    OfferFilterSerializer,
    OfferWriteSerializer,
    OptionalReasonSerializer,
    PaySerializer,
)
from jobsphere.web.schema import IDEMPOTENCY_KEY, PAGING, page_of
from jobsphere.web.serializers import EmptySerializer

ANSWER = {200: OfferSerializer, 202: OfferSerializer}


class OfferListView(DealView):
    """/offers/"""

    write_throttle_action = "money"

    @extend_schema(
        tags=["offers"],
        summary="Offers that I made or received",
        parameters=[OfferFilterSerializer, *PAGING],
        responses=page_of(OfferSerializer),
    )
    def get(self, request: Request) -> Response:
        """List offers, newest first. Payments are shown on an offer's own page."""
        rows = selectors.offers(self.actor, **self.queried(OfferFilterSerializer))
        return self.page(rows, lambda page: selectors.offer_views(self.actor, page), OfferSerializer)

    @extend_schema(
        tags=["offers"],
        summary="Send an offer, with its payment",
        parameters=[IDEMPOTENCY_KEY],
        request=OfferWriteSerializer,
        responses={201: OfferSerializer, 202: OfferSerializer},
    )
    def post(self, request: Request) -> Response:
        """Offer a job, or book directly, and reserve the money.

        The contractor sees the offer once the money is reserved. `payment.action` says what 3-D Secure needs.
        202: the gateway has not answered yet; look again.
        """
        body = self.validated(OfferWriteSerializer)

        def verb() -> UUID:
            if "proposal_id" in body:
                return services.make_offer_on_proposal(
                    actor=self.actor, proposal_id=body["proposal_id"], **body["shared"]
                )
            target = {"actor": self.actor, "contractor_id": body["contractor_id"], **body["shared"]}
            if "job_id" in body:
                return services.make_offer_on_job(job_id=body["job_id"], **target)
            return services.book_contractor(booking=body["booking"], **target)

        return self.command(verb, render=self.offer, status=201, money=True, pending=offer_is_pending)


class OneOfferView(DealView):
    """/offers/{id}/"""

    @extend_schema(tags=["offers"], summary="An offer", responses=OfferSerializer)
    def get(self, request: Request, offer_id: UUID) -> Response:
        """Show an offer to a party of it."""
        return Response(self.offer(offer_id))


class PayOfferView(DealView):
    """/offers/{id}/pay/"""

    throttle_action = "money"

    @extend_schema(
        tags=["offers"],
        summary="Go on with the payment of my offer",
        parameters=[IDEMPOTENCY_KEY],
        request=PaySerializer,
        responses=ANSWER,
    )
    def post(self, request: Request, offer_id: UUID) -> Response:
        """Choose a card, or (with an empty body, after 3-D Secure) look what became of the payment."""
        body = self.validated(PaySerializer)

        def verb() -> UUID:
            method = body["payment_method"] or None
            services.pay_offer(actor=self.actor, offer_id=offer_id, payment_method=method)
            return offer_id

        return self.command(verb, render=self.offer, money=True, pending=offer_is_pending)


class AcceptOfferView(DealView):
    """/offers/{id}/accept/"""

    throttle_action = "money"

    @extend_schema(
        tags=["offers"],
        summary="Accept an offer",
        parameters=[IDEMPOTENCY_KEY],
        request=EmptySerializer,
        responses=ANSWER,
    )
    def post(self, request: Request, offer_id: UUID) -> Response:
        """Say yes. The money is captured and a contract made; `contract_id` names it.

        202 with status `accepting`: the gateway has not answered yet; look again. 409: somebody else has the job.
        """
        self.validated(EmptySerializer)

        def verb() -> UUID:
            services.accept_offer(actor=self.actor, offer_id=offer_id)
            return offer_id

        return self.command(verb, render=self.offer, money=True, pending=offer_is_pending)


class RejectOfferView(DealView):
    """/offers/{id}/reject/"""

    @extend_schema(
        tags=["offers"], summary="Reject an offer", request=OptionalReasonSerializer, responses=OfferSerializer
    )
    def post(self, request: Request, offer_id: UUID) -> Response:
        """Say no; the reserved money is given back."""
        body = self.validated(OptionalReasonSerializer)

        def verb() -> UUID:
            services.reject_offer(actor=self.actor, offer_id=offer_id, reason=body["reason"])
            return offer_id

        return self.command(verb, render=self.offer)


class WithdrawOfferView(DealView):
    """/offers/{id}/withdraw/"""

    @extend_schema(
        tags=["offers"], summary="Withdraw my offer", request=OptionalReasonSerializer, responses=OfferSerializer
    )
    def post(self, request: Request, offer_id: UUID) -> Response:
        """Take an offer back before it is accepted; the reserved money is given back."""
        body = self.validated(OptionalReasonSerializer)

        def verb() -> UUID:
            services.withdraw_offer(actor=self.actor, offer_id=offer_id, reason=body["reason"])
            return offer_id

        return self.command(verb, render=self.offer)
