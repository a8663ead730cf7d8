"""How kept cards are spelled."""

from typing import Any

from rest_framework import serializers

from jobsphere.payments.rules import SavedMethodStatus
from jobsphere.web.serializers import StrictSerializer


class SaveMethodSerializer(StrictSerializer):
    """Keep a card."""

    payment_method = serializers.CharField(max_length=255, help_text="The gateway's token of a card; never card data.")
    gateway = serializers.CharField(
        max_length=32, required=False, help_text="Whose form has made it; by default the first one's."
    )


class SavedMethodSerializer(serializers.Serializer[Any]):
    """A card that I keep, as far as it may be shown. Its `id` is a `payment_method` wherever one is asked for."""

    id = serializers.UUIDField()
    gateway = serializers.CharField()
    status = serializers.ChoiceField(choices=[each.value for each in SavedMethodStatus])
    brand = serializers.CharField(allow_blank=True)
    last4 = serializers.CharField(allow_blank=True)
    expires_month = serializers.IntegerField()
    expires_year = serializers.IntegerField()
    is_default = serializers.BooleanField()
    action_url = serializers.CharField(allow_blank=True)
    failure_message = serializers.CharField(allow_blank=True)


class SavedMethodsSerializer(serializers.Serializer[Any]):
    """All cards that I keep."""

    possible = serializers.BooleanField(help_text="Whether this marketplace can keep cards.")
    methods = SavedMethodSerializer(many=True)
