"""All documents, exports, rates and brand, for staff."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.invoices import exports, selectors, services
from jobsphere.invoices.api.serializers import (
    AddTaxRateSerializer,
    AdminInvoicesQuerySerializer,
    BrandSerializer,
    EndTaxRateSerializer,
    InvoiceSerializer,
    MonthQuerySerializer,
    SetBrandSerializer,
    TaxRateSerializer,
)
from jobsphere.invoices.api.views import InvoiceRows, download
from jobsphere.kit.actor import ADMIN
from jobsphere.web.access import right, role
from jobsphere.web.schema import page_of
from jobsphere.web.views import ApiView

FINANCE = right("finance")
ADMINS = role(ADMIN)


class AdminInvoicesView(InvoiceRows):
    """Everybody's documents."""

    access = FINANCE

    @extend_schema(tags=["admin"], parameters=[AdminInvoicesQuerySerializer], responses=page_of(InvoiceSerializer))
    def get(self, request: Request) -> Response:
        """List all documents, newest first; search by a part of the number."""
        return self.page(selectors.all_invoices(self.actor, self.filtered(AdminInvoicesQuerySerializer)))


class DocumentsExportView(ApiView):
    """All documents of a month, for accountants."""

    access = FINANCE

    @extend_schema(tags=["admin"], parameters=[MonthQuerySerializer], responses={(200, "text/csv"): str})
    def get(self, request: Request) -> HttpResponse:
        """Download all documents of a month as CSV; credit notes are negative."""
        month = self.queried(MonthQuerySerializer)["month"]
        return _csv(exports.documents(self.actor, month), f"documents-{month}.csv")


class PostingsExportView(ApiView):
    """The ledger's postings of a month, for accountants."""

    access = FINANCE

    @extend_schema(tags=["admin"], parameters=[MonthQuerySerializer], responses={(200, "text/csv"): str})
    def get(self, request: Request) -> HttpResponse:
        """Download every posting of a month as CSV: one row for each side of each transfer."""
        month = self.queried(MonthQuerySerializer)["month"]
        return _csv(exports.postings(self.actor, month), f"postings-{month}.csv")


class TaxRatesView(ApiView):
    """The table of tax rates."""

    access = FINANCE
    write_access = ADMINS

    @extend_schema(tags=["admin"], responses=TaxRateSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Show the whole table; empty means that no tax is shown or owed."""
        return Response(TaxRateSerializer(selectors.rates(self.actor), many=True).data)

    @extend_schema(tags=["admin"], request=AddTaxRateSerializer, responses={201: TaxRateSerializer})
    def post(self, request: Request) -> Response:
        """Add a rate from a day on. Documents that are issued keep theirs."""
        values = self.validated(AddTaxRateSerializer)
        return self.command(
            lambda: services.add_rate(actor=self.actor, **values),
            render=lambda rate_id: TaxRateSerializer(selectors.rate(self.actor, rate_id)).data,
            status=201,
        )


class EndTaxRateView(ApiView):
    """The end of a rate."""

    access = ADMINS

    @extend_schema(tags=["admin"], request=EndTaxRateSerializer, responses=TaxRateSerializer)
    def post(self, request: Request, rate_id: UUID) -> Response:
        """Let a rate hold no more from a day on."""
        values = self.validated(EndTaxRateSerializer)
        return self.command(
            lambda: services.end_rate(actor=self.actor, rate_id=rate_id, **values),
            render=lambda _: TaxRateSerializer(selectors.rate(self.actor, rate_id)).data,
        )


class BrandView(ApiView):
    """How the operator appears on documents."""

    access = FINANCE
    write_access = ADMINS

    @extend_schema(tags=["admin"], responses=BrandSerializer)
    def get(self, request: Request) -> Response:
        """Show name, address, tax number, colour and logo."""
        return Response(BrandSerializer(selectors.brand()).data)

    @extend_schema(tags=["admin"], request=SetBrandSerializer, responses=BrandSerializer)
    def put(self, request: Request) -> Response:
        """Set how the operator appears on documents from now on; issued ones stay as they are."""
        values = self.validated(SetBrandSerializer)
        return self.command(
            lambda: services.set_brand(actor=self.actor, **values),
            render=lambda _: BrandSerializer(selectors.brand()).data,
        )


def _csv(lines: Iterator[str], name: str) -> HttpResponse:
    return download("".join(lines), "text/csv; charset=utf-8", name)
