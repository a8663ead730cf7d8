"""Calendars, packages, free times and feeds over HTTP."""

from uuid import UUID

from django.conf import settings as site
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.bookings import selectors, services
from jobsphere.bookings.api.serializers import (
    AvailabilityQuerySerializer,
    AvailabilitySerializer,
    BookablesSerializer,
    BookingQuoteSerializer,
    CalendarSerializer,
    CalendarWriteSerializer,
    FeedSerializer,
    PackageSerializer,
    PackageWriteSerializer,
    QuoteQuerySerializer,
    SpecialSerializer,
)
from jobsphere.bookings.types import PackageDetails
from jobsphere.web.access import PUBLIC, SIGNED_IN, role
from jobsphere.web.views import ApiView

TAGS = ["bookings"]


class BookingPageView(ApiView):
    """/contractors/{id}/packages/"""

    access = PUBLIC

    @extend_schema(tags=TAGS, summary="What can be booked of a contractor", responses=BookablesSerializer)
    def get(self, request: Request, person_id: UUID) -> Response:
        """List the packages with their extras, and how bookings are taken."""
        return Response(BookablesSerializer(selectors.booking_page(person_id)).data)


class AvailabilityView(ApiView):
    """/contractors/{id}/availability/"""

    access = PUBLIC

    @extend_schema(
        tags=TAGS,
        summary="The free times of a contractor",
        parameters=[AvailabilityQuerySerializer],
        responses=AvailabilitySerializer,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        """List when a package (with extras) may start, on days of the contractor's zone; at most 45 days at once."""
        asked = self.queried(AvailabilityQuerySerializer)
        found = selectors.availability(
            person_id, first=asked["from"], last=asked["to"], package_id=asked["package"], extras=asked["extras"]
        )
        return Response(AvailabilitySerializer(found).data)


class QuoteView(ApiView):
    """/contractors/{id}/quote/"""

    access = PUBLIC

    @extend_schema(
        tags=TAGS,
        summary="What a booking would cost, and what cancelling it would",
        parameters=[QuoteQuerySerializer],
        responses=BookingQuoteSerializer,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        """Work out the price, and what comes back by when one cancels, before anything is booked."""
        asked = self.queried(QuoteQuerySerializer)
        found = selectors.quote(
            person_id,
            package_id=asked["package"],
            starts_at=asked["starts_at"],
            extras=asked["extras"],
            customer_id=self.actor.id,
        )
        return Response(BookingQuoteSerializer(found).data)


class CalendarView(ApiView):
    """/calendar/"""

    access = role("contractor")

    @extend_schema(tags=TAGS, summary="My calendar", responses=CalendarSerializer)
    def get(self, request: Request) -> Response:
        """Show how I take bookings: hours, exceptions, rules."""
        return Response(self.rendered())

    @extend_schema(
        tags=TAGS, summary="Set how I take bookings", request=CalendarWriteSerializer, responses=CalendarSerializer
    )
    def put(self, request: Request) -> Response:
        """Set rules and weekly hours as a whole; bookings that are there stay."""
        body = self.validated(CalendarWriteSerializer)
        return self.command(lambda: services.save_calendar(actor=self.actor, **body), render=lambda _: self.rendered())

    def rendered(self) -> dict[str, object]:
        """Render the calendar as it is now."""
        return dict(CalendarSerializer(selectors.calendar(self.actor)).data)


class SpecialListView(CalendarView):
    """/calendar/exceptions/"""

    http_method_names = ["post", "options"]

    @extend_schema(
        tags=TAGS, summary="Add days off or extra hours", request=SpecialSerializer, responses={201: CalendarSerializer}
    )
    def post(self, request: Request) -> Response:
        """Block time, or open more of it."""
        body = self.validated(SpecialSerializer)
        return self.command(
            lambda: services.add_special(actor=self.actor, **body), render=lambda _: self.rendered(), status=201
        )


class SpecialView(CalendarView):
    """/calendar/exceptions/{id}/"""

    http_method_names = ["delete", "options"]

    @extend_schema(tags=TAGS, summary="Remove an exception", request=None, responses={200: CalendarSerializer})
    def delete(self, request: Request, special_id: UUID) -> Response:
        """The usual hours hold again."""
        return self.command(
            lambda: services.remove_special(actor=self.actor, special_id=special_id),
            render=lambda _: self.rendered(),
        )


class PackageListView(ApiView):
    """/packages/"""

    access = role("contractor")

    @extend_schema(tags=TAGS, summary="My packages", responses=PackageSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List what can be booked of me."""
        return Response(self.rendered())

    @extend_schema(
        tags=TAGS,
        summary="List a package",
        request=PackageWriteSerializer,
        responses={201: PackageSerializer(many=True)},
    )
    def post(self, request: Request) -> Response:
        """Add a package; answers with all of them."""
        body = self.package()
        return self.command(
            lambda: services.add_package(actor=self.actor, package=body), render=lambda _: self.rendered(), status=201
        )

    def package(self) -> PackageDetails:
        """Return the body."""
        checked = PackageWriteSerializer(data=self.request.data, context={"view": self})
        checked.is_valid(raise_exception=True)
        package: PackageDetails = checked.validated_data
        return package

    def rendered(self) -> list[object]:
        """Render all of them as they are now."""
        return list(PackageSerializer(selectors.packages(self.actor), many=True).data)


class PackageView(PackageListView):
    """/packages/{id}/"""

    http_method_names = ["put", "delete", "options"]

    @extend_schema(
        tags=TAGS,
        summary="Change a package",
        request=PackageWriteSerializer,
        responses=PackageSerializer(many=True),
    )
    def put(self, request: Request, package_id: UUID) -> Response:
        """Say something else of it; bookings that are there stay as they are."""
        body = self.package()
        return self.command(
            lambda: services.change_package(actor=self.actor, package_id=package_id, package=body),
            render=lambda _: self.rendered(),
        )

    @extend_schema(tags=TAGS, summary="Remove a package", request=None, responses={200: PackageSerializer(many=True)})
    def delete(self, request: Request, package_id: UUID) -> Response:
        """Take it off the list; bookings that are there stay."""
        return self.command(
            lambda: services.retire_package(actor=self.actor, package_id=package_id),
            render=lambda _: self.rendered(),
        )


class FeedView(ApiView):
    """/calendar/feed/"""

    access = SIGNED_IN

    @extend_schema(tags=TAGS, summary="Whether my bookings have a secret address", responses=FeedSerializer)
    def get(self, request: Request) -> Response:
        """Say whether there is one; it is not shown again."""
        return Response(_feed(exists=selectors.has_feed(self.actor)))

    @extend_schema(
        tags=TAGS, summary="Make a secret address of my bookings", request=None, responses={201: FeedSerializer}
    )
    def post(self, request: Request) -> Response:
        """Make a new address for calendar programs, shown this once; the former one stops working."""
        return self.command(lambda: services.make_feed(actor=self.actor), render=_made, status=201)

    @extend_schema(tags=TAGS, summary="Make my secret address useless", request=None, responses={200: FeedSerializer})
    def delete(self, request: Request) -> Response:
        """Who has the address reads nothing any more."""
        return self.command(lambda: services.revoke_feed(actor=self.actor), render=lambda _: _feed(exists=False))


class IcsView(ApiView):
    """/feeds/{token}.ics"""

    access = PUBLIC

    @extend_schema(
        tags=TAGS,
        summary="Somebody's bookings, at their secret address",
        responses={(200, "text/calendar"): OpenApiResponse(OpenApiTypes.STR)},
    )
    def get(self, request: Request, token: str) -> HttpResponse:
        """Answer the bookings as iCalendar (RFC 5545); 404 for an address that nobody has."""
        answer = HttpResponse(selectors.feed_of(token), content_type="text/calendar; charset=utf-8")
        answer["Cache-Control"] = "private, no-store"
        return answer


def _made(token: str) -> dict[str, object]:
    return _feed(exists=True, url=f"{site.PUBLIC_URL.rstrip('/')}/api/feeds/{token}.ics")


def _feed(*, exists: bool, url: str = "") -> dict[str, object]:
    return dict(FeedSerializer({"exists": exists, "url": url}).data)
