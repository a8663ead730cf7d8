"""Upload, read and delete files (R91-R94)."""

from django.conf import settings
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs, content, services
from jobsphere.files.api.serializers import FileSerializer, UploadSerializer
from jobsphere.files.api.streaming import AnyAccept, limit_upload
from jobsphere.files.policies import get_file_for
from jobsphere.files.rules import IMAGE_PURPOSES, PUBLIC_PURPOSES
from jobsphere.files.types import CheckedFile, FileView, Purpose
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.schema import problem_answer
from jobsphere.web.views import ApiView

#: A file can do nothing but be shown: no script, no frame, no form, whatever a browser makes of it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


TOO_LARGE = problem_answer(413, "The file has more bytes than `max_size`")
NOT_SIGNED_IN = problem_answer(401, "Sign in")
NOT_YOURS = problem_answer(403, "Only who uploaded a file can delete it")


class UploadView(ApiView):
    """New files."""

    access = SIGNED_IN
    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={201: FileSerializer, **TOO_LARGE})
    def post(self, request: Request) -> Response:
        """Store a file. Its type is told from its content; images are drawn anew, without what the camera noted."""
        limit_upload(request, settings.MAX_FILE_SIZE)
        form = self.validated(UploadSerializer)
        purpose = Purpose(form["purpose"])
        upload = form["file"]
        checked = content.check(upload.read(), display_name=upload.name, images_only=purpose in IMAGE_PURPOSES)
        return Response(FileSerializer(self._keep(checked, purpose)).data, status=201)

    def _keep(self, checked: CheckedFile, purpose: Purpose) -> FileView:
        """Write the content before its row, and take it away again where the row could not be written."""
        filename = services.new_filename(checked.extension)
        blobs.keep(filename, checked.content)
        try:
            with edge_transaction():
                return services.store_file(actor=self.actor, filename=filename, checked=checked, purpose=purpose)
        except BaseException:
            blobs.discard(filename)
            raise


class StoredFileView(ApiView):
    """One file."""

    access = PUBLIC
    write_access = SIGNED_IN
    content_negotiation_class = AnyAccept

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, filename: str) -> FileResponse:
        """Read a file: pictures of profiles by anybody, others by their owner and the readers of their record."""
        file = get_file_for(self.actor, filename)
        response = FileResponse(
            blobs.read(file.filename),
            as_attachment=not file.content_type.startswith("image/"),
            filename=file.display_name,
            content_type=file.content_type,
        )
        public = file.purpose in PUBLIC_PURPOSES
        response["Cache-Control"] = "public, max-age=31536000, immutable" if public else "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = POLICY
        response["Content-Length"] = str(file.size)
        return response

    @extend_schema(responses={204: None, **NOT_SIGNED_IN, **NOT_YOURS})
    def delete(self, request: Request, filename: str) -> Response:
        """Delete a file of one's own that is not part of a record."""
        return self.command(lambda: services.delete_file(actor=self.actor, filename=filename), status=204)
