"""Documents over HTTP, for the two of them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.invoices import selectors, services, statements
from jobsphere.invoices.api.serializers import (
    InvoiceSerializer,
    InvoicesQuerySerializer,
    MonthlyStatementSerializer,
    MonthTotalsSerializer,
    SaveTaxDetailsSerializer,
    TaxDetailsSerializer,
)
from jobsphere.invoices.papers import pdf, tables, ubl
from jobsphere.invoices.types import InvoiceFilter
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import page_of
from jobsphere.web.views import ApiView

_PAGING = ("cursor", "page_size")


def download(content: bytes | str, kind: str, name: str, *, lasting: bool = False) -> HttpResponse:
    """Answer with a file; `lasting`: it never changes, so the person's browser may keep it."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, max-age=86400, immutable" if lasting else "private, no-store"
    return answer


class InvoiceRows(ApiView):
    """What lists of documents share."""

    def page(self, rows: Any) -> Response:
        """Answer one page, newest first."""
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, self.request, view=self)
        views = selectors.invoice_views(self.actor, page)
        return paginator.get_paginated_response(InvoiceSerializer(views, many=True).data)

    def filtered(self, query: type[InvoicesQuerySerializer]) -> InvoiceFilter:
        """Return what the query narrows the list to."""
        return InvoiceFilter(**{name: value for name, value in self.queried(query).items() if name not in _PAGING})


class InvoiceListView(InvoiceRows):
    """My documents."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], parameters=[InvoicesQuerySerializer], responses=page_of(InvoiceSerializer))
    def get(self, request: Request) -> Response:
        """List the invoices and credit notes from me and to me, newest first."""
        return self.page(selectors.invoices(self.actor, self.filtered(InvoicesQuerySerializer)))


class InvoiceMonthsView(ApiView):
    """My documents by month."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], responses=MonthTotalsSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Add up my documents by month, newest first, by what I am to them and by currency."""
        return Response(MonthTotalsSerializer(selectors.months(self.actor), many=True).data)


class InvoiceView(ApiView):
    """One document."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], responses=InvoiceSerializer)
    def get(self, request: Request, invoice_id: UUID) -> Response:
        """Show a document from me or to me."""
        return Response(InvoiceSerializer(selectors.invoice(self.actor, invoice_id)).data)


class InvoicePdfView(ApiView):
    """One document on paper."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, invoice_id: UUID) -> HttpResponse:
        """Download a document as PDF; the same bytes every time."""
        found = selectors.invoice(self.actor, invoice_id)
        return download(pdf.of_invoice(found), "application/pdf", f"{found.number}.pdf", lasting=True)


class InvoiceUblView(ApiView):
    """One document for software."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], responses={(200, "application/xml"): OpenApiTypes.BINARY})
    def get(self, request: Request, invoice_id: UUID) -> HttpResponse:
        """Download a document as UBL 2.1 (EN 16931)."""
        found = selectors.invoice(self.actor, invoice_id)
        return download(ubl.of_invoice(found), "application/xml", f"{found.number}.xml", lasting=True)


class MyMonthView(ApiView):
    """My month."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], responses=MonthlyStatementSerializer(many=True))
    def get(self, request: Request, month: str) -> Response:
        """Show what I had, earned and took out in a month, one statement for each currency."""
        return Response(MonthlyStatementSerializer(statements.statements(self.actor, month), many=True).data)


class MyMonthPdfView(ApiView):
    """My month on paper."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, month: str) -> HttpResponse:
        """Download my month as PDF."""
        found = statements.statements(self.actor, month)
        paper = pdf.of_statement(found, person=self.actor.name, month=month, brand=selectors.brand())
        return download(paper, "application/pdf", f"statement-{month}.pdf")


class MyMonthCsvView(ApiView):
    """My month for a spreadsheet."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], responses={(200, "text/csv"): str})
    def get(self, request: Request, month: str) -> HttpResponse:
        """Download my month as CSV, exact amounts in major units."""
        found = statements.statements(self.actor, month)
        return download(tables.of_statements(found), "text/csv; charset=utf-8", f"statement-{month}.csv")


class TaxDetailsView(ApiView):
    """Who I am for the tax office."""

    access = SIGNED_IN

    @extend_schema(tags=["invoices"], responses=TaxDetailsSerializer)
    def get(self, request: Request) -> Response:
        """Show who I said I am, and what is missing."""
        return Response(TaxDetailsSerializer(selectors.tax_details(self.actor)).data)

    @extend_schema(tags=["invoices"], request=SaveTaxDetailsSerializer, responses=TaxDetailsSerializer)
    def put(self, request: Request) -> Response:
        """Say who I am, for documents from now on. Tax numbers are checked by their digits."""
        values = self.validated(SaveTaxDetailsSerializer)
        return self.command(
            lambda: services.save_tax_details(actor=self.actor, **values),
            render=lambda _: TaxDetailsSerializer(selectors.tax_details(self.actor)).data,
        )
