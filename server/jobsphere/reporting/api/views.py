"""Reporting over HTTP: my details and my year; for administrators the years, tables and files."""

import re
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import ADMIN
from jobsphere.kit.errors import NotFound
from jobsphere.reporting import papers, selectors, services
from jobsphere.reporting.api.serializers import (
    AddRateSerializer,
    AddThresholdSerializer,
    MakeSellerReportSerializer,
    SaveSellerSerializer,
    SellerDetailsSerializer,
    SellerReportSerializer,
    SellerReportsSerializer,
    SellerRowSerializer,
    YearQuerySerializer,
)
from jobsphere.web.access import SIGNED_IN, role
from jobsphere.web.views import ApiView

TAGS = ["reporting"]
ADMINS = role(ADMIN)


class SellerDetailsView(ApiView):
    """/seller-details/"""

    access = SIGNED_IN

    @extend_schema(tags=TAGS, summary="Who I am for a tax authority", responses=SellerDetailsSerializer)
    def get(self, request: Request) -> Response:
        """Show what I said, and what is missing."""
        return Response(SellerDetailsSerializer(selectors.my_details(self.actor)).data)

    @extend_schema(
        tags=TAGS,
        summary="Say who I am for a tax authority",
        request=SaveSellerSerializer,
        responses=SellerDetailsSerializer,
    )
    def put(self, request: Request) -> Response:
        """Numbers are checked by their digits, offline. Withdrawals that waited for it go on at once."""
        said = self.validated(SaveSellerSerializer)
        return self.command(
            lambda: services.save_details(actor=self.actor, **said),
            render=lambda _: SellerDetailsSerializer(selectors.my_details(self.actor)).data,
        )


class MyYearView(ApiView):
    """/seller-details/years/{year}/"""

    access = SIGNED_IN

    @extend_schema(tags=TAGS, summary="What is reported of me", responses=SellerRowSerializer(many=True))
    def get(self, request: Request, year: str) -> Response:
        """Show what is, or will be, reported of me for a year; nothing for a year without earnings."""
        found = selectors.my_year(self.actor, _year(year))
        return Response(SellerRowSerializer([found] if found else [], many=True).data)


class MyFormView(ApiView):
    """/seller-details/years/{year}/1099-k/"""

    access = SIGNED_IN

    @extend_schema(tags=TAGS, summary="My form 1099-K", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, year: str) -> HttpResponse:
        """Download the recipient's copy of the latest form that was filed; 404 before there is one."""
        paper = papers.recipient_copy(self.actor, _year(year))
        return _file(paper, "application/pdf", f"1099-k-{year}.pdf")


class SellerReportsView(ApiView):
    """/admin/seller-reports/"""

    access = ADMINS

    @extend_schema(tags=TAGS, summary="A year", parameters=[YearQuerySerializer], responses=SellerReportsSerializer)
    def get(self, request: Request) -> Response:
        """Show who is in a year's reports, what is missing of each, and the files that were made."""
        year = self.queried(YearQuerySerializer).get("year") or clock.now().year
        return Response(SellerReportsSerializer(selectors.overview(self.actor, year)).data)

    @extend_schema(
        tags=TAGS,
        summary="Make the files of a year",
        request=MakeSellerReportSerializer,
        responses={201: SellerReportSerializer(many=True)},
    )
    def post(self, request: Request) -> Response:
        """Make a file of what is new, and one of what has changed since; who is incomplete is left out."""
        wanted = self.validated(MakeSellerReportSerializer)
        return self.command(
            lambda: services.make_report(actor=self.actor, **wanted),
            render=lambda made: SellerReportSerializer(selectors.reports_by_id(self.actor, made), many=True).data,
            status=201,
        )


class SellerReportFileView(ApiView):
    """/admin/seller-reports/{id}/file/"""

    access = ADMINS

    @extend_schema(tags=TAGS, summary="Download a file", request=None, responses={(200, "text/plain"): str})
    def post(self, request: Request, report_id: UUID) -> HttpResponse:
        """Download the XML or CSV. It holds tax numbers, so the audit trail says who did."""
        with edge_transaction():
            content, name, kind = services.read_report(actor=self.actor, report_id=report_id)
        return _file(content.encode(), kind, name)


class ThresholdsView(ApiView):
    """/admin/seller-reports/thresholds/"""

    access = ADMINS

    @extend_schema(
        tags=TAGS, summary="Add a threshold", request=AddThresholdSerializer, responses={201: SellerReportsSerializer}
    )
    def post(self, request: Request) -> Response:
        """Say from which amounts on people are reported from a year on, when the law has changed."""
        wanted = self.validated(AddThresholdSerializer)
        return self.command(
            lambda: services.add_threshold(actor=self.actor, **wanted),
            render=lambda _: SellerReportsSerializer(selectors.overview(self.actor, wanted["year"])).data,
            status=201,
        )


class RatesView(ApiView):
    """/admin/seller-reports/rates/"""

    access = ADMINS

    @extend_schema(
        tags=TAGS, summary="Add an exchange rate", request=AddRateSerializer, responses={201: SellerReportsSerializer}
    )
    def post(self, request: Request) -> Response:
        """Say what a currency is worth in a year; a missing rate is never guessed."""
        wanted = self.validated(AddRateSerializer)
        return self.command(
            lambda: services.add_rate(actor=self.actor, **wanted),
            render=lambda _: SellerReportsSerializer(selectors.overview(self.actor, wanted["year"])).data,
            status=201,
        )


def _year(text: str) -> int:
    """Return a year; raises NotFound for anything else."""
    if not re.fullmatch("20[0-9]{2}", text):
        raise NotFound("There is no such year; write it as 2026.")
    return int(text)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
