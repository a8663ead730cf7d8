"""What the declarations of answers share."""

from typing import Any

from rest_framework import serializers

Base = serializers.Serializer[Any]


def actions() -> serializers.ListField:
    """What the viewer may do now; screens draw their buttons from it."""
    return serializers.ListField(child=serializers.CharField(), help_text="What you may do now.")
