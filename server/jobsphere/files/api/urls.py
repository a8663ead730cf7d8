"""Routes of files, as seed 004 writes them."""

from jobsphere.files.api.attachments import AttachmentsView, AttachmentView
from jobsphere.files.api.documents import DocumentTextView
from jobsphere.files.api.views import MyFilesView, StoredFileView, UploadView, UsageView
from jobsphere.web.urls import route

urlpatterns = [
    route("attachments/<slug:target_type>/", AttachmentsView.as_view(), name="attachments"),
    route("attachments/<slug:target_type>/<uuid:target_id>/", AttachmentView.as_view(), name="attachment"),
    route("upload", UploadView.as_view(), name="upload"),
    route("files/", MyFilesView.as_view(), name="files"),
    route("files/usage/", UsageView.as_view(), name="files-usage"),
    route("files/<str:filename>/text/", DocumentTextView.as_view(), name="file-text"),
    route("files/<str:filename>", StoredFileView.as_view(), name="file"),
]
