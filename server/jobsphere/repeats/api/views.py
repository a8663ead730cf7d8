"""Series over HTTP."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.repeats import selectors, services
from jobsphere.repeats.api.serializers import (
    CardSerializer,
    PayDateSerializer,
    PriceAnswerSerializer,
    PriceWriteSerializer,
    RepeatSerializer,
    RepeatsQuerySerializer,
    RepeatWriteSerializer,
    SkipSerializer,
    WhyNotSerializer,
)
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView

TAGS = ["repeats"]


class RepeatApiView(ApiView):
    """Base of the views of series."""

    access = SIGNED_IN

    def rendered(self, repeat_id: UUID) -> dict[str, Any]:
        """Render a series as the viewer sees it now."""
        return dict(RepeatSerializer(selectors.repeat(self.actor, repeat_id)).data)

    def act(self, verb: Callable[..., Any], repeat_id: UUID, *, money: bool = False, **options: Any) -> Response:
        """Run a verb of one series and answer with the series."""

        def run() -> UUID:
            verb(actor=self.actor, repeat_id=repeat_id, **options)
            return repeat_id

        return self.command(run, render=self.rendered, money=money)


class RepeatListView(RepeatApiView):
    """/repeats/"""

    write_throttle_action = "money"

    @extend_schema(
        tags=TAGS, summary="My series", parameters=[RepeatsQuerySerializer], responses=page_of(RepeatSerializer)
    )
    def get(self, request: Request) -> Response:
        """List series, the latest first."""
        asked = self.queried(RepeatsQuerySerializer)
        rows = selectors.repeats(self.actor, live=asked["live"], contract_id=asked["contract_id"])
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        views = selectors.repeat_views(self.actor, page)
        return paginator.get_paginated_response(RepeatSerializer(views, many=True).data)

    @extend_schema(
        tags=TAGS,
        summary="Repeat an offer of mine",
        parameters=[IDEMPOTENCY_KEY],
        request=RepeatWriteSerializer,
        responses={201: RepeatSerializer},
    )
    def post(self, request: Request) -> Response:
        """Propose it to the contractor; nothing is made or charged before they agree.

        409 `no-saved-card`: keep a card first (`/payments/methods/`).
        """
        body = self.validated(RepeatWriteSerializer)
        verb = services.propose_repeat
        return self.command(lambda: verb(actor=self.actor, **body), render=self.rendered, status=201, money=True)


class RepeatView(RepeatApiView):
    """/repeats/{id}/"""

    @extend_schema(tags=TAGS, summary="A series", responses=RepeatSerializer)
    def get(self, request: Request, repeat_id: UUID) -> Response:
        """Show a series with its next dates and the last ones."""
        return Response(self.rendered(repeat_id))


class AcceptRepeatView(RepeatApiView):
    """/repeats/{id}/accept/"""

    @extend_schema(tags=TAGS, summary="Agree to a series", request=EmptySerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """Agree once; each date is offered, paid and accepted by itself from then on."""
        self.validated(EmptySerializer)
        return self.act(services.accept_repeat, repeat_id)


class DeclineRepeatView(RepeatApiView):
    """/repeats/{id}/decline/"""

    @extend_schema(tags=TAGS, summary="Say no to a series", request=WhyNotSerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """What was offered once stays as it is."""
        return self.act(services.decline_repeat, repeat_id, **self.validated(WhyNotSerializer))


class PauseRepeatView(RepeatApiView):
    """/repeats/{id}/pause/"""

    @extend_schema(tags=TAGS, summary="Pause a series", request=WhyNotSerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """Nothing more is made until it is resumed; contracts that exist stay as they are."""
        return self.act(services.pause_repeat, repeat_id, **self.validated(WhyNotSerializer))


class ResumeRepeatView(RepeatApiView):
    """/repeats/{id}/resume/"""

    @extend_schema(tags=TAGS, summary="Go on with a series", request=EmptySerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """Go on with the next date; those that passed are not made up."""
        self.validated(EmptySerializer)
        return self.act(services.resume_repeat, repeat_id)


class EndRepeatView(RepeatApiView):
    """/repeats/{id}/end/"""

    @extend_schema(tags=TAGS, summary="End a series", request=WhyNotSerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """Nothing more is made; contracts that exist stay as they are."""
        return self.act(services.end_repeat, repeat_id, **self.validated(WhyNotSerializer))


class SkipDateView(RepeatApiView):
    """/repeats/{id}/skip/"""

    @extend_schema(tags=TAGS, summary="Leave a date out", request=SkipSerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """One of the next dates, or one that is not paid yet. What is made already is cancelled as a contract."""
        return self.act(services.skip_date, repeat_id, **self.validated(SkipSerializer))


class ChangeCardView(RepeatApiView):
    """/repeats/{id}/card/"""

    @extend_schema(tags=TAGS, summary="Charge another card", request=CardSerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """From now on."""
        return self.act(services.change_card, repeat_id, **self.validated(CardSerializer))


class PayDateView(RepeatApiView):
    """/repeats/{id}/pay/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Pay a date that waits for me",
        parameters=[IDEMPOTENCY_KEY],
        request=PayDateSerializer,
        responses=RepeatSerializer,
    )
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """Pay it while I am here. What my bank asks is in the payment of the occurrence's `offer_id`."""
        return self.act(services.pay_date, repeat_id, money=True, **self.validated(PayDateSerializer))


class PriceView(RepeatApiView):
    """/repeats/{id}/price/"""

    @extend_schema(tags=TAGS, summary="Propose another price", request=PriceWriteSerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """From a day on, at least two weeks ahead. Unless the customer agrees, the series ends there."""
        return self.act(services.propose_price, repeat_id, **self.validated(PriceWriteSerializer))


class AgreePriceView(RepeatApiView):
    """/repeats/{id}/agree-price/"""

    @extend_schema(tags=TAGS, summary="Agree to the price", request=PriceAnswerSerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """Agree to exactly what was shown; 409 `price-not-now` when it is another one by now."""
        return self.act(services.agree_price, repeat_id, **self.validated(PriceAnswerSerializer))


class DeclinePriceView(RepeatApiView):
    """/repeats/{id}/decline-price/"""

    @extend_schema(tags=TAGS, summary="Say no to the price", request=EmptySerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """The series ends; contracts that exist stay as they are."""
        self.validated(EmptySerializer)
        return self.act(services.decline_price, repeat_id)


class WithdrawPriceView(RepeatApiView):
    """/repeats/{id}/withdraw-price/"""

    @extend_schema(tags=TAGS, summary="Take the price back", request=EmptySerializer, responses=RepeatSerializer)
    def post(self, request: Request, repeat_id: UUID) -> Response:
        """The old one stays."""
        self.validated(EmptySerializer)
        return self.act(services.withdraw_price, repeat_id)
