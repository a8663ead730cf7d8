"""What a document suggests for a job."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.jobs.suggesting import suggest_job
from jobsphere.kit.actor import CUSTOMER
from jobsphere.web.access import role
from jobsphere.web.schema import problem_answer
from jobsphere.web.serializers import MoneyField, StrictSerializer
from jobsphere.web.views import ApiView

#: The file is not there, or not mine.
NO_FILE = problem_answer(404, "No such file")


class JobSuggestionQuerySerializer(StrictSerializer):
    """Which document."""

    file = serializers.CharField(max_length=50, help_text="Its `filename`; POST /api/files/{filename}/text/ before.")


class JobDraftSerializer(serializers.Serializer[Any]):
    """What the document suggests; empty where it says nothing."""

    title = serializers.CharField()
    description = serializers.CharField()
    category = serializers.CharField()
    skills = serializers.ListField(child=serializers.CharField())
    budget = MoneyField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)


class JobSuggestionSerializer(serializers.Serializer[Any]):
    """Where the reading stands, and then the draft."""

    status = serializers.CharField(help_text="pending, ready or failed")
    detail = serializers.CharField(help_text="What to do when it failed.")
    draft = JobDraftSerializer(allow_null=True)


class JobSuggestionView(ApiView):
    """A draft of a job."""

    access = role(CUSTOMER)

    @extend_schema(
        tags=["jobs"], parameters=[JobSuggestionQuerySerializer], responses={200: JobSuggestionSerializer, **NO_FILE}
    )
    def get(self, request: Request) -> Response:
        """Suggest a job from a document of mine. Nothing is saved."""
        found, draft = suggest_job(self.actor, self.queried(JobSuggestionQuerySerializer)["file"])
        return Response(JobSuggestionSerializer({"status": found.status, "detail": found.detail, "draft": draft}).data)
