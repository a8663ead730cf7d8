"""Routes of calendars, packages, free times and bookings."""

from jobsphere.bookings.api import bookings, calendars
from jobsphere.web.urls import route

_ONE = "bookings/<uuid:booking_id>/"

urlpatterns = [
    route("contractors/<uuid:person_id>/packages/", calendars.BookingPageView.as_view(), name="contractor-packages"),
    route(
        "contractors/<uuid:person_id>/availability/",
        calendars.AvailabilityView.as_view(),
        name="contractor-availability",
    ),
    route("contractors/<uuid:person_id>/quote/", calendars.QuoteView.as_view(), name="contractor-quote"),
    route("calendar/", calendars.CalendarView.as_view(), name="calendar"),
    route("calendar/exceptions/", calendars.SpecialListView.as_view(), name="calendar-exceptions"),
    route("calendar/exceptions/<uuid:special_id>/", calendars.SpecialView.as_view(), name="calendar-exception"),
    route("calendar/feed/", calendars.FeedView.as_view(), name="calendar-feed"),
    route("feeds/<str:token>.ics", calendars.IcsView.as_view(), name="feed"),
    route("packages/", calendars.PackageListView.as_view(), name="packages"),
    route("packages/<uuid:package_id>/", calendars.PackageView.as_view(), name="package"),
    route("bookings/", bookings.BookingListView.as_view(), name="bookings"),
    route(_ONE, bookings.BookingView.as_view(), name="booking"),
    route(f"{_ONE}times/", bookings.BookingTimesView.as_view(), name="booking-times"),
    route(f"{_ONE}cancel/", bookings.CancelBookingView.as_view(), name="booking-cancel"),
    route(f"{_ONE}reschedule/", bookings.RescheduleView.as_view(), name="booking-reschedule"),
    route(f"{_ONE}accept-reschedule/", bookings.AcceptRescheduleView.as_view(), name="booking-accept-reschedule"),
    route(f"{_ONE}decline-reschedule/", bookings.DeclineRescheduleView.as_view(), name="booking-decline-reschedule"),
    route(f"{_ONE}withdraw-reschedule/", bookings.WithdrawRescheduleView.as_view(), name="booking-withdraw-reschedule"),
    route(f"{_ONE}on-the-way/", bookings.OnTheWayView.as_view(), name="booking-on-the-way"),
    route(f"{_ONE}check-in/", bookings.CheckInView.as_view(), name="booking-check-in"),
    route(f"{_ONE}no-show/", bookings.NoShowView.as_view(), name="booking-no-show"),
    route(f"{_ONE}contest-no-show/", bookings.ContestNoShowView.as_view(), name="booking-contest-no-show"),
    route(f"{_ONE}withdraw-no-show/", bookings.WithdrawNoShowView.as_view(), name="booking-withdraw-no-show"),
]
