"""Routes of documents."""

from jobsphere.invoices.api import staff, views
from jobsphere.web.urls import route

urlpatterns = [
    route("invoices/", views.InvoiceListView.as_view(), name="invoices"),
    route("invoices/months/", views.InvoiceMonthsView.as_view(), name="invoice-months"),
    route("invoices/tax-details/", views.TaxDetailsView.as_view(), name="tax-details"),
    route("invoices/statements/<str:month>/", views.MyMonthView.as_view(), name="invoice-statement"),
    route("invoices/statements/<str:month>/pdf/", views.MyMonthPdfView.as_view(), name="invoice-statement-pdf"),
    route("invoices/statements/<str:month>/csv/", views.MyMonthCsvView.as_view(), name="invoice-statement-csv"),
    route("invoices/<uuid:invoice_id>/", views.InvoiceView.as_view(), name="invoice"),
    route("invoices/<uuid:invoice_id>/pdf/", views.InvoicePdfView.as_view(), name="invoice-pdf"),
    route("invoices/<uuid:invoice_id>/ubl/", views.InvoiceUblView.as_view(), name="invoice-ubl"),
    route("admin/invoices/", staff.AdminInvoicesView.as_view(), name="admin-invoices"),
    route("admin/invoices/documents/", staff.DocumentsExportView.as_view(), name="admin-invoices-documents"),
    route("admin/invoices/postings/", staff.PostingsExportView.as_view(), name="admin-invoices-postings"),
    route("admin/tax-rates/", staff.TaxRatesView.as_view(), name="admin-tax-rates"),
    route("admin/tax-rates/<uuid:rate_id>/end/", staff.EndTaxRateView.as_view(), name="admin-tax-rate-end"),
    route("admin/brand/", staff.BrandView.as_view(), name="admin-brand"),
]
