"""The files of records, for screens: of many records at once, and set for one of one's own."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.files import policies, selectors, services
from jobsphere.files.api.serializers import (
    RecordFilesListSerializer,
    RecordFilesSerializer,
    RecordIdsSerializer,
    SetFilesSerializer,
)
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.views import ApiView


class AttachmentsView(ApiView):
    """The files of several records of one kind: avatar, portfolio_entry, job, proposal, feedback …"""

    access = PUBLIC

    @extend_schema(tags=["files"], parameters=[RecordIdsSerializer], responses=RecordFilesListSerializer)
    def get(self, request: Request, target_type: str) -> Response:
        """List the files of these records, as far as they are for you."""
        policies.get_target(target_type)
        ids = self.queried(RecordIdsSerializer)["ids"]
        found = selectors.readable_files(self.actor, target_type, ids)
        rows = [{"target_id": each, "files": found[each]} for each in dict.fromkeys(ids) if each in found]
        return Response(RecordFilesListSerializer({"results": rows}).data)


class AttachmentView(ApiView):
    """The files of one record of mine."""

    access = SIGNED_IN

    @extend_schema(tags=["files"], request=SetFilesSerializer, responses=RecordFilesSerializer)
    def put(self, request: Request, target_type: str, target_id: UUID) -> Response:
        """Say which files it has: new ones are attached, those that are left out are deleted."""
        # A stranger learns nothing, not even what is wrong with the body.
        policies.get_target_to_change(self.actor, target_type, target_id)
        file_ids = self.validated(SetFilesSerializer)["file_ids"]
        return self.command(
            lambda: services.set_files(actor=self.actor, file_ids=file_ids, to_type=target_type, to_id=target_id),
            render=lambda files: RecordFilesSerializer({"target_id": target_id, "files": files}).data,
        )
