"""Routes under /api/account/."""

from jobsphere.accounts.api import views
from jobsphere.web.urls import route

urlpatterns = [
    route("account/", views.AccountView.as_view(), name="account"),
    route("account/deactivate/", views.DeactivateView.as_view(), name="account-deactivate"),
    route("account/delete/", views.DeleteView.as_view(), name="account-delete"),
    route("account/recover/", views.RecoverView.as_view(), name="account-recover"),
    route("account/email/", views.EmailView.as_view(), name="account-email"),
    route("account/email/confirm/", views.ConfirmEmailView.as_view(), name="account-email-confirm"),
    route("account/email/cancel/", views.CancelEmailView.as_view(), name="account-email-cancel"),
    route("account/consents/", views.ConsentsView.as_view(), name="account-consents"),
    route("account/exports/", views.ExportsView.as_view(), name="account-exports"),
    route("account/exports/<uuid:export_id>/file/", views.ExportFileView.as_view(), name="account-export-file"),
]
