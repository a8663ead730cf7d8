"""Bookings over HTTP."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.bookings import selectors, services
from jobsphere.bookings.api.serializers import (
    AvailabilitySerializer,
    BookingSerializer,
    BookingsQuerySerializer,
    BookSerializer,
    CheckInSerializer,
    DaysQuerySerializer,
    MayWhySerializer,
    RescheduleSerializer,
    WhySerializer,
)
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView

TAGS = ["bookings"]
_FILTERS = ("role", "since", "until", "live", "contract_id", "offer_id")


class BookingApiView(ApiView):
    """Base of the views of one booking."""

    access = SIGNED_IN

    def rendered(self, booking_id: UUID) -> dict[str, Any]:
        """Render a booking as the viewer sees it now."""
        return dict(BookingSerializer(selectors.booking(self.actor, booking_id)).data)

    def act(self, verb: Callable[..., Any], booking_id: UUID, *, money: bool = False, **options: Any) -> Response:
        """Run a verb of one booking and answer with the booking."""

        def run() -> UUID:
            verb(actor=self.actor, booking_id=booking_id, **options)
            return booking_id

        return self.command(run, render=self.rendered, money=money)


class BookingListView(BookingApiView):
    """/bookings/"""

    write_throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="My bookings",
        parameters=[BookingsQuerySerializer],
        responses=page_of(BookingSerializer),
    )
    def get(self, request: Request) -> Response:
        """List bookings, the latest made first; `since` and `until` narrow to a stretch of time."""
        asked = self.queried(BookingsQuerySerializer)
        rows = selectors.bookings(self.actor, **{name: asked[name] for name in _FILTERS})
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        views = selectors.booking_views(self.actor, page)
        return paginator.get_paginated_response(BookingSerializer(views, many=True).data)

    @extend_schema(
        tags=TAGS,
        summary="Book a free time",
        parameters=[IDEMPOTENCY_KEY],
        request=BookSerializer,
        responses={201: BookingSerializer},
    )
    def post(self, request: Request) -> Response:
        """Keep the time and make the offer, with its payment; go on with `/offers/{offer_id}/pay/`.

        409 `slot-taken`: somebody was faster; nothing was made and nothing is paid.
        """
        body = self.validated(BookSerializer)
        return self.command(
            lambda: services.book(actor=self.actor, **body), render=self.rendered, status=201, money=True
        )


class BookingView(BookingApiView):
    """/bookings/{id}/"""

    @extend_schema(tags=TAGS, summary="A booking", responses=BookingSerializer)
    def get(self, request: Request, booking_id: UUID) -> Response:
        """Show a booking with what cancelling it now, or absence, would cost."""
        return Response(self.rendered(booking_id))


class BookingTimesView(BookingApiView):
    """/bookings/{id}/times/"""

    @extend_schema(
        tags=TAGS,
        summary="Where a booking may be moved to",
        parameters=[DaysQuerySerializer],
        responses=AvailabilitySerializer,
    )
    def get(self, request: Request, booking_id: UUID) -> Response:
        """List the free times on days of the contractor's zone; at most 45 days at once."""
        asked = self.queried(DaysQuerySerializer)
        found = selectors.slots_for_move(self.actor, booking_id, first=asked["from"], last=asked["to"])
        return Response(AvailabilitySerializer(found).data)


class CancelBookingView(BookingApiView):
    """/bookings/{id}/cancel/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Cancel a booking",
        parameters=[IDEMPOTENCY_KEY],
        request=MayWhySerializer,
        responses=BookingSerializer,
    )
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Cancel; the money goes as `if_cancelled` says, and the time is free again."""
        body = self.validated(MayWhySerializer)
        return self.act(services.cancel_booking, booking_id, money=True, **body)


class RescheduleView(BookingApiView):
    """/bookings/{id}/reschedule/"""

    @extend_schema(tags=TAGS, summary="Propose another time", request=RescheduleSerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Propose another time; until the other one agrees, the old one holds, and both are kept."""
        return self.act(services.reschedule, booking_id, **self.validated(RescheduleSerializer))


class AcceptRescheduleView(BookingApiView):
    """/bookings/{id}/accept-reschedule/"""

    @extend_schema(tags=TAGS, summary="Agree to another time", request=EmptySerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """The new time holds; what cancelling costs moves with it."""
        self.validated(EmptySerializer)
        return self.act(services.accept_reschedule, booking_id)


class DeclineRescheduleView(BookingApiView):
    """/bookings/{id}/decline-reschedule/"""

    @extend_schema(tags=TAGS, summary="Keep the old time", request=EmptySerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Say no to the other time; the old one holds."""
        self.validated(EmptySerializer)
        return self.act(services.decline_reschedule, booking_id)


class WithdrawRescheduleView(BookingApiView):
    """/bookings/{id}/withdraw-reschedule/"""

    @extend_schema(tags=TAGS, summary="Take my proposal back", request=EmptySerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """The old time holds."""
        self.validated(EmptySerializer)
        return self.act(services.decline_reschedule, booking_id, withdraw=True)


class OnTheWayView(BookingApiView):
    """/bookings/{id}/on-the-way/"""

    @extend_schema(tags=TAGS, summary="I am on the way", request=EmptySerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Tell the customer that I have set out."""
        self.validated(EmptySerializer)
        return self.act(services.set_out, booking_id)


class CheckInView(BookingApiView):
    """/bookings/{id}/check-in/"""

    @extend_schema(tags=TAGS, summary="I am there", request=CheckInSerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Check in, perhaps with photos, and with how near I am; the place itself is kept nowhere."""
        return self.act(services.check_in, booking_id, **self.validated(CheckInSerializer))


class NoShowView(BookingApiView):
    """/bookings/{id}/no-show/"""

    throttle_action = "money"

    @extend_schema(tags=TAGS, summary="The other one did not come", request=WhySerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Report it: the money is held. Not contested within two days, it goes as `if_absent` says."""
        return self.act(services.report_no_show, booking_id, **self.validated(WhySerializer))


class ContestNoShowView(BookingApiView):
    """/bookings/{id}/contest-no-show/"""

    @extend_schema(tags=TAGS, summary="I was there", request=WhySerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Contest the report; the money stays on hold until staff have decided."""
        return self.act(services.contest_no_show, booking_id, **self.validated(WhySerializer))


class WithdrawNoShowView(BookingApiView):
    """/bookings/{id}/withdraw-no-show/"""

    @extend_schema(tags=TAGS, summary="Take my report back", request=EmptySerializer, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """The money may move again."""
        self.validated(EmptySerializer)
        return self.act(services.withdraw_no_show, booking_id)
