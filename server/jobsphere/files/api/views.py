"""Upload, read, list and delete files (R91-R94)."""

from django.conf import settings
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs, content, quotas, scanning, selectors, services
from jobsphere.files.api.handing import handed_out
from jobsphere.files.api.serializers import (
    FileSerializer,
    MyFileSerializer,
    SizeSerializer,
    UploadSerializer,
    UsageSerializer,
)
from jobsphere.files.api.streaming import AnyAccept, limit_upload, received, received_file
from jobsphere.files.policies import get_file_for
from jobsphere.files.rules import IMAGE_PURPOSES, SEALED_PURPOSES
from jobsphere.files.types import CheckedFile, FileView, Purpose
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.schema import PAGING, page_of, problem_answer
from jobsphere.web.views import ApiView

TOO_LARGE = problem_answer(413, "The file has more bytes than `max_size`")
QUOTA = problem_answer(409, "Your storage is full, or it was enough for today (`resets_at`)")
NOT_SCANNED = problem_answer(503, "There is no room, or the virus scanner does not answer")
NOT_SIGNED_IN = problem_answer(401, "Sign in")
NOT_YOURS = problem_answer(403, "Only who uploaded a file can delete it")
ELSEWHERE = {302: None}


class UploadView(ApiView):
    """New files."""

    access = SIGNED_IN
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": UploadSerializer},
        responses={201: FileSerializer, **TOO_LARGE, **QUOTA, **NOT_SCANNED},
    )
    def post(self, request: Request) -> Response:
        """Store a file. Its type is told from its content; images are drawn anew, without what the camera noted."""
        limit_upload(request, settings.MAX_FILE_SIZE)
        with received(request):
            form = self.validated(UploadSerializer)
            purpose = Purpose(form["purpose"])
            name, sent = received_file(request, form["file"])
        quotas.require_room(self.actor.known_id(), len(sent))
        scanning.require_clean(sent)
        checked = content.check(sent, display_name=name, images_only=purpose in IMAGE_PURPOSES)
        return Response(FileSerializer(self._keep(checked, purpose)).data, status=201)

    def _keep(self, checked: CheckedFile, purpose: Purpose) -> FileView:
        """Write the content before its row, and take it away again where the row could not be written."""
        filename = services.new_filename(checked.extension)
        blobs.keep(filename, checked.content, sealed=purpose in SEALED_PURPOSES)
        try:
            with edge_transaction():
                return services.store_file(actor=self.actor, filename=filename, checked=checked, purpose=purpose)
        except BaseException:
            blobs.discard(filename)
            raise


class MyFilesView(ApiView):
    """What I have uploaded."""

    access = SIGNED_IN

    @extend_schema(parameters=PAGING, responses=page_of(MyFileSerializer))
    def get(self, request: Request) -> Response:
        """List my files, the newest first; `usage` says how much room they take."""
        answer = self.paginated(selectors.files_of(self.actor), MyFileSerializer)
        answer.data["usage"] = UsageSerializer(quotas.usage_of(self.actor.known_id())).data
        return answer


class UsageView(ApiView):
    """My room for files."""

    access = SIGNED_IN

    @extend_schema(responses=UsageSerializer)
    def get(self, request: Request) -> Response:
        """Show how much I store and may store, and how large one file may be."""
        return Response(UsageSerializer(quotas.usage_of(self.actor.known_id())).data)


class StoredFileView(ApiView):
    """One file."""

    access = PUBLIC
    write_access = SIGNED_IN
    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[SizeSerializer],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **ELSEWHERE},
    )
    def get(self, request: Request, filename: str) -> HttpResponseBase:
        """Read a file: pictures of profiles by anybody, others by their owner and the readers of their record.

        Where files lie at S3 or Cloudinary the answer is a redirect to a signed address that soon ends.
        """
        size = self.queried(SizeSerializer).get("size", "")
        return handed_out(get_file_for(self.actor, filename), size)

    @extend_schema(responses={204: None, **NOT_SIGNED_IN, **NOT_YOURS})
    def delete(self, request: Request, filename: str) -> Response:
        """Delete a file of one's own that is not part of a record."""
        return self.command(lambda: services.delete_file(actor=self.actor, filename=filename), status=204)
