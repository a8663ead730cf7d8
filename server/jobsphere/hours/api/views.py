"""Contracts by the hour over HTTP."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.hours import selectors, services
from jobsphere.hours.api.serializers import (
    DealsQuerySerializer,
    EndHoursSerializer,
    HourlyDealSerializer,
    HourlyOfferSerializer,
    HourlyWeekSerializer,
    HoursDisputeWriteSerializer,
    HoursReportSerializer,
    ReportQuerySerializer,
    TimerSerializer,
    TimerStartSerializer,
    TimerStopSerializer,
)
from jobsphere.hours.papers import pdf, tables
from jobsphere.hours.selectors.reports import Grouping
from jobsphere.hours.types import ReportView
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import IDEMPOTENCY_KEY, PAGING, page_of
from jobsphere.web.views import ApiView

TAGS = ["hours"]


class HourlyDealView(ApiView):
    """Base of the views of deals and weeks."""

    access = SIGNED_IN

    def deal(self, deal_id: UUID) -> dict[str, Any]:
        """Render a deal as the viewer sees it now."""
        return dict(HourlyDealSerializer(selectors.deal(self.actor, deal_id)).data)

    def week(self, week_id: UUID) -> dict[str, Any]:
        """Render a week as the viewer sees it now."""
        return dict(HourlyWeekSerializer(selectors.week(self.actor, week_id)).data)


class HourlyDealListView(HourlyDealView):
    """/hourly-deals/"""

    write_throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="My agreements by the hour",
        parameters=[DealsQuerySerializer],
        responses=page_of(HourlyDealSerializer),
    )
    def get(self, request: Request) -> Response:
        """List them, newest first, perhaps of one contract or offer."""
        asked = self.queried(DealsQuerySerializer)
        rows = selectors.deals(self.actor, contract_id=asked["contract_id"], offer_id=asked["offer_id"])
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        views = selectors.deal_views(self.actor, page)
        return paginator.get_paginated_response(HourlyDealSerializer(views, many=True).data)

    @extend_schema(
        tags=TAGS,
        summary="Offer a job by the hour, with the payment of the first week",
        parameters=[IDEMPOTENCY_KEY],
        request=HourlyOfferSerializer,
        responses={201: HourlyDealSerializer},
    )
    def post(self, request: Request) -> Response:
        """Make the offer and reserve the first week's price; go on with `/offers/{offer_id}/pay/`.

        Each later week is paid in before it starts, through `/payments/create-intent/` with the purpose `milestone`.
        """
        body = self.validated(HourlyOfferSerializer)
        return self.command(
            lambda: services.offer_by_the_hour(actor=self.actor, **body), render=self.deal, status=201, money=True
        )


class OneHourlyDealView(HourlyDealView):
    """/hourly-deals/{id}/"""

    @extend_schema(tags=TAGS, summary="An agreement by the hour", responses=HourlyDealSerializer)
    def get(self, request: Request, deal_id: UUID) -> Response:
        """Show the terms and where it stands."""
        return Response(self.deal(deal_id))


class EndHoursView(HourlyDealView):
    """/hourly-deals/{id}/end/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Take no new hours",
        parameters=[IDEMPOTENCY_KEY],
        request=EndHoursSerializer,
        responses=HourlyDealSerializer,
    )
    def post(self, request: Request, deal_id: UUID) -> Response:
        """End the hours: the running week closes as usual, one that has not begun goes back."""
        body = self.validated(EndHoursSerializer)
        return self.command(
            lambda: services.end_hours(actor=self.actor, deal_id=deal_id, **body), render=self.deal, money=True
        )


class WeekListView(HourlyDealView):
    """/hourly-deals/{id}/weeks/"""

    @extend_schema(tags=TAGS, summary="Weeks", parameters=PAGING, responses=page_of(HourlyWeekSerializer))
    def get(self, request: Request, deal_id: UUID) -> Response:
        """List the weeks of an agreement, the latest first, with their hours by day and what they come to."""
        rows = selectors.weeks(self.actor, deal_id)
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        views = selectors.week_views(self.actor, page)
        return paginator.get_paginated_response(HourlyWeekSerializer(views, many=True).data)


class WeekView(HourlyDealView):
    """/weeks/{id}/"""

    @extend_schema(tags=TAGS, summary="A week", responses=HourlyWeekSerializer)
    def get(self, request: Request, week_id: UUID) -> Response:
        """Show a week; its entries are those of the contract with its `milestone_id`."""
        return Response(self.week(week_id))


class DisputeHoursView(HourlyDealView):
    """/weeks/{id}/dispute/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Dispute hours of a week",
        parameters=[IDEMPOTENCY_KEY],
        request=HoursDisputeWriteSerializer,
        responses=HourlyWeekSerializer,
    )
    def post(self, request: Request, week_id: UUID) -> Response:
        """For the customer, within the review window, once: these hours are held apart, the rest is released."""
        body = self.validated(HoursDisputeWriteSerializer)
        return self.command(
            lambda: services.dispute_hours(actor=self.actor, week_id=week_id, **body), render=self.week, money=True
        )


class TimerView(ApiView):
    """/timer/"""

    access = SIGNED_IN

    @extend_schema(tags=TAGS, summary="My timer", responses=TimerSerializer)
    def get(self, request: Request) -> Response:
        """Show what is running, if anything."""
        return Response(timer(self, None))


class StartTimerView(ApiView):
    """/timer/start/"""

    access = SIGNED_IN

    @extend_schema(tags=TAGS, summary="Start my timer", request=TimerStartSerializer, responses=TimerSerializer)
    def post(self, request: Request) -> Response:
        """For the contractor of a contract by the hour. It stops by itself at the end of the week, or after a day."""
        body = self.validated(TimerStartSerializer)
        return self.command(lambda: services.start_timer(actor=self.actor, **body), render=lambda _: timer(self, None))


class StopTimerView(ApiView):
    """/timer/stop/"""

    access = SIGNED_IN

    @extend_schema(tags=TAGS, summary="Stop my timer", request=TimerStopSerializer, responses=TimerSerializer)
    def post(self, request: Request) -> Response:
        """Log the time. 409 `no-timer` when it was stopped before."""
        body = self.validated(TimerStopSerializer)
        return self.command(
            lambda: services.stop_timer(actor=self.actor, **body), render=lambda entry_id: timer(self, entry_id)
        )


class ReportRows(ApiView):
    """What the three forms of a report share."""

    access = SIGNED_IN

    def report(self) -> ReportView:
        """Return the report that the query asks for."""
        asked = self.queried(ReportQuerySerializer)
        return selectors.report(
            self.actor,
            group=Grouping(asked["group"]),
            since=asked["from"],
            until=asked["to"],
            contract_id=asked["contract_id"],
        )


class HoursReportView(ReportRows):
    """/hours/report/"""

    @extend_schema(
        tags=TAGS, summary="Hours that were billed", parameters=[ReportQuerySerializer], responses=HoursReportSerializer
    )
    def get(self, request: Request) -> Response:
        """Add up my closed weeks by contract, week or customer; each currency apart."""
        return Response(HoursReportSerializer(self.report()).data)


class HoursReportCsvView(ReportRows):
    """/hours/report.csv"""

    @extend_schema(
        tags=TAGS,
        summary="The report for a spreadsheet",
        parameters=[ReportQuerySerializer],
        responses={(200, "text/csv"): str},
    )
    def get(self, request: Request) -> HttpResponse:
        """Download it as CSV: hours as decimal numbers, amounts exact in major units."""
        return download(tables.of_report(self.report()), "text/csv; charset=utf-8", "hours.csv")


class HoursReportPdfView(ReportRows):
    """/hours/report.pdf"""

    @extend_schema(
        tags=TAGS,
        summary="The report on paper",
        parameters=[ReportQuerySerializer],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        """Download it as PDF."""
        return download(pdf.of_report(self.report(), person=self.actor.name), "application/pdf", "hours.pdf")


def timer(view: ApiView, entry_id: UUID | None) -> dict[str, Any]:
    """Render the viewer's timer as it is now."""
    shown = {"running": selectors.running_timer(view.actor), "entry_id": entry_id}
    return dict(TimerSerializer(shown).data)


def download(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """Answer with a file that nobody else keeps."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
