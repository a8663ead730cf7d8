"""The words of one's own documents."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.files.documents import selectors, services
from jobsphere.files.types import TextStatus
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.views import ApiView


class DocumentTextSerializer(serializers.Serializer[Any]):
    """What was read out of a document."""

    filename = serializers.CharField()
    status = serializers.ChoiceField(choices=[str(each) for each in TextStatus])
    reason = serializers.CharField(help_text="Why it failed: damaged, locked, no-text, too-large, too-slow.")
    detail = serializers.CharField(help_text="What to do then, for people.")
    text = serializers.CharField(help_text="At most 200,000 characters.")
    pages = serializers.IntegerField(allow_null=True)
    truncated = serializers.BooleanField(help_text="There was more.")
    done_at = serializers.DateTimeField(allow_null=True)


class DocumentTextView(ApiView):
    """The words of a document of mine."""

    access = SIGNED_IN

    @extend_schema(tags=["files"], responses=DocumentTextSerializer)
    def get(self, request: Request, filename: str) -> Response:
        """Show the words, once they are read."""
        return Response(DocumentTextSerializer(selectors.text_of(self.actor, filename)).data)

    @extend_schema(tags=["files"], request=None, responses={202: DocumentTextSerializer})
    def post(self, request: Request, filename: str) -> Response:
        """Have the words read; ask again until `status` is ready or failed."""
        return self.command(
            lambda: services.request_text(actor=self.actor, filename=filename),
            render=lambda view: DocumentTextSerializer(view).data,
            status=202,
        )
