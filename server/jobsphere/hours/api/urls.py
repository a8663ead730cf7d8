"""Routes of agreements by the hour, their weeks, the timer and reports."""

from jobsphere.hours.api import views
from jobsphere.web.urls import route

_DEAL, _WEEK = "hourly-deals/<uuid:deal_id>/", "weeks/<uuid:week_id>/"

urlpatterns = [
    route("hourly-deals/", views.HourlyDealListView.as_view(), name="hourly-deals"),
    route(_DEAL, views.OneHourlyDealView.as_view(), name="hourly-deal"),
    route(f"{_DEAL}end/", views.EndHoursView.as_view(), name="hourly-deal-end"),
    route(f"{_DEAL}weeks/", views.WeekListView.as_view(), name="hourly-deal-weeks"),
    route(_WEEK, views.WeekView.as_view(), name="week"),
    route(f"{_WEEK}dispute/", views.DisputeHoursView.as_view(), name="week-dispute"),
    route("timer/", views.TimerView.as_view(), name="timer"),
    route("timer/start/", views.StartTimerView.as_view(), name="timer-start"),
    route("timer/stop/", views.StopTimerView.as_view(), name="timer-stop"),
    route("hours/report/", views.HoursReportView.as_view(), name="hours-report"),
    route("hours/report.csv", views.HoursReportCsvView.as_view(), name="hours-report-csv"),
    route("hours/report.pdf", views.HoursReportPdfView.as_view(), name="hours-report-pdf"),
]
