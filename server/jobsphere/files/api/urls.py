"""Routes of files, as seed 004 writes them."""

from jobsphere.files.api.views import StoredFileView, UploadView
from jobsphere.web.urls import route

urlpatterns = [
    route("upload", UploadView.as_view(), name="upload"),
    route("files/<str:filename>", StoredFileView.as_view(), name="file"),
]
