"""What a CV suggests for my profile."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.profiles.suggesting import suggest_profile
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.schema import problem_answer
from jobsphere.web.serializers import StrictSerializer
from jobsphere.web.views import ApiView

#: The file is not there, or not mine.
NO_FILE = problem_answer(404, "No such file")


class SuggestionQuerySerializer(StrictSerializer):
    """Which document."""

    file = serializers.CharField(max_length=50, help_text="Its `filename`; POST /api/files/{filename}/text/ before.")


class ProfileDraftSerializer(serializers.Serializer[Any]):
    """What the document suggests; empty where it says nothing."""

    headline = serializers.CharField()
    bio = serializers.CharField()
    skills = serializers.ListField(child=serializers.CharField())
    categories = serializers.ListField(child=serializers.CharField())
    years_of_experience = serializers.IntegerField(allow_null=True)
    languages = serializers.ListField(child=serializers.CharField())


class ProfileSuggestionSerializer(serializers.Serializer[Any]):
    """Where the reading stands, and then the draft."""

    status = serializers.CharField(help_text="pending, ready or failed")
    detail = serializers.CharField(help_text="What to do when it failed.")
    draft = ProfileDraftSerializer(allow_null=True)


class ProfileSuggestionView(ApiView):
    """A draft of my profile."""

    access = SIGNED_IN

    @extend_schema(
        tags=["profiles"],
        parameters=[SuggestionQuerySerializer],
        responses={200: ProfileSuggestionSerializer, **NO_FILE},
    )
    def get(self, request: Request) -> Response:
        """Suggest a contractor's profile from a document of mine. Nothing is saved."""
        found, draft = suggest_profile(self.actor, self.queried(SuggestionQuerySerializer)["file"])
        body = {"status": found.status, "detail": found.detail, "draft": draft}
        return Response(ProfileSuggestionSerializer(body).data)
