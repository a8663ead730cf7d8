"""How reviews are spelled on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.reviews.rules import REPLY_LENGTH, TEXT_LENGTH, ReviewRole, ReviewStatus
from jobsphere.web.pagination import DEFAULT_SIZE, MAX_SIZE
from jobsphere.web.serializers import PersonSerializer, StrictSerializer


class WriteReviewSerializer(StrictSerializer):
    """What one says of the other of a finished contract."""

    contract_id = serializers.UUIDField()
    rating = serializers.IntegerField(min_value=1, max_value=5, help_text="Stars.")
    text = serializers.CharField(
        max_length=TEXT_LENGTH, allow_blank=True, default="", help_text="Required with one or two stars."
    )


class ChangeReviewSerializer(WriteReviewSerializer):
    """What one says instead, while nobody can read it."""

    contract_id = None  # type: ignore[assignment]


class ReplySerializer(StrictSerializer):
    """The public answer of who was reviewed."""

    text = serializers.CharField(max_length=REPLY_LENGTH)


class PublicReviewSerializer(serializers.Serializer[Any]):
    """A published review."""

    id = serializers.UUIDField()
    author = serializers.CharField(help_text="First name and one letter.")
    rating = serializers.IntegerField(min_value=1, max_value=5)
    text = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)
    reply = serializers.CharField()
    replied_at = serializers.DateTimeField(allow_null=True)


class ReviewSerializer(PublicReviewSerializer):
    """A review as the two and staff see it."""

    status = serializers.ChoiceField(choices=[str(each) for each in ReviewStatus])
    role = serializers.ChoiceField(choices=[str(each) for each in ReviewRole], help_text="What the subject was.")
    author_id = serializers.UUIDField()
    subject_id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class ReviewRoundSerializer(serializers.Serializer[Any]):
    """A finished contract to review. `theirs` is null until both are shown."""

    contract_id = serializers.UUIDField()
    title = serializers.CharField()
    other = PersonSerializer(allow_null=True)
    role = serializers.ChoiceField(choices=[str(each) for each in ReviewRole], help_text="What the other one was.")
    closes_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    mine = ReviewSerializer(allow_null=True)
    theirs = ReviewSerializer(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class StarsSerializer(serializers.Serializer[Any]):
    """How the published stars of a person are spread."""

    average = serializers.FloatField(allow_null=True)
    count = serializers.IntegerField()
    stars = serializers.DictField(child=serializers.IntegerField(), help_text='{"1": …, "5": …}')


class _PageQuerySerializer(StrictSerializer):
    cursor = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE)


class RoundsQuerySerializer(_PageQuerySerializer):
    """The filter of GET /api/reviews/rounds/."""

    open = serializers.BooleanField(default=False, help_text="Only those that wait for my review.")
