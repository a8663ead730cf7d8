"""Routes of reporting."""

from jobsphere.reporting.api import views
from jobsphere.web.urls import route

urlpatterns = [
    route("seller-details/", views.SellerDetailsView.as_view(), name="seller-details"),
    route("seller-details/years/<str:year>/", views.MyYearView.as_view(), name="seller-year"),
    route("seller-details/years/<str:year>/1099-k/", views.MyFormView.as_view(), name="seller-form"),
    route("admin/seller-reports/", views.SellerReportsView.as_view(), name="admin-seller-reports"),
    route("admin/seller-reports/rates/", views.RatesView.as_view(), name="admin-seller-rates"),
    route("admin/seller-reports/thresholds/", views.ThresholdsView.as_view(), name="admin-seller-thresholds"),
    route(
        "admin/seller-reports/<uuid:report_id>/file/", views.SellerReportFileView.as_view(), name="admin-seller-file"
    ),
]
