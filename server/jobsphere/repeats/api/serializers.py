"""How series are spelled on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.contracts.types import Slot
from jobsphere.repeats.services import Wish
from jobsphere.repeats.types import Every, OccurrenceStatus, RepeatStatus
from jobsphere.web.pagination import DEFAULT_SIZE, MAX_SIZE
from jobsphere.web.serializers import MoneyField, PersonSerializer, StrictSerializer


class Base(serializers.Serializer[Any]):
    """Base of what is only shown."""


class RepeatWriteSerializer(StrictSerializer):
    """Repeat an offer of mine. `starts_at` and `ends_at` say when the next one is, where the offer has no time."""

    offer_id = serializers.UUIDField()
    every = serializers.ChoiceField(choices=[each.value for each in Every])
    time_zone = serializers.CharField(max_length=64, help_text="Whose wall clock it follows, such as Europe/Berlin.")
    method_id = serializers.UUIDField(required=False, help_text="A card that I keep; by default my usual one.")
    starts_at = serializers.DateTimeField(required=False)
    ends_at = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("starts_at" in attrs) != ("ends_at" in attrs):
            raise serializers.ValidationError({"ends_at": "Say both, when it starts and when it ends."})
        return attrs

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values = super().to_internal_value(data)
        starts_at, ends_at = values.pop("starts_at", None), values.pop("ends_at", None)
        values["every"] = Every(values["every"])
        if starts_at and ends_at:
            values["slot"] = Slot(starts_at, ends_at)
        return {"wish": Wish(**values)}


class RepeatsQuerySerializer(StrictSerializer):
    """Which series."""

    live = serializers.BooleanField(default=False, help_text="Without those that have ended.")
    contract_id = serializers.UUIDField(required=False, default=None, help_text="The one that a contract is part of.")
    cursor = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE)


class WhyNotSerializer(StrictSerializer):
    """Why, for the other one."""

    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class SkipSerializer(StrictSerializer):
    """One of the next dates."""

    due_on = serializers.DateField()


class PriceWriteSerializer(StrictSerializer):
    """Another price, from a day on."""

    amount = MoneyField()
    new_from = serializers.DateField()


class PriceAnswerSerializer(StrictSerializer):
    """The price that was shown."""

    amount = MoneyField()


class CardSerializer(StrictSerializer):
    """A card that I keep."""

    method_id = serializers.UUIDField()


class PayDateSerializer(StrictSerializer):
    """Which date, and by which card; without one, the card of the series."""

    occurrence_id = serializers.UUIDField()
    payment_method = serializers.CharField(max_length=255, required=False, allow_blank=True, default="")


class RepeatDateSerializer(Base):
    """One of the next dates. Without a price the series ends there, unless the customer agrees to the new one."""

    due_on = serializers.DateField()
    starts_at = serializers.DateTimeField()
    price = MoneyField(allow_null=True)
    skipped = serializers.BooleanField()


class OccurrenceSerializer(Base):
    """A date that was made, is being paid, or does not take place."""

    id = serializers.UUIDField()
    due_on = serializers.DateField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    price = MoneyField()
    status = serializers.ChoiceField(choices=[each.value for each in OccurrenceStatus])
    reason = serializers.CharField(allow_blank=True)
    offer_id = serializers.UUIDField(allow_null=True)
    contract_id = serializers.UUIDField(allow_null=True)
    next_try_at = serializers.DateTimeField(allow_null=True)
    pay_until = serializers.DateTimeField()


class PriceChangeSerializer(Base):
    """A price that is proposed, or that holds from a day on."""

    amount = MoneyField()
    new_from = serializers.DateField()
    agreed = serializers.BooleanField()


class RepeatSerializer(Base):
    """A series as one of its two sees it."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[each.value for each in RepeatStatus])
    title = serializers.CharField()
    every = serializers.ChoiceField(choices=[each.value for each in Every])
    time_zone = serializers.CharField()
    minutes = serializers.IntegerField()
    price = MoneyField()
    price_change = PriceChangeSerializer(allow_null=True)
    customer = PersonSerializer()
    contractor = PersonSerializer()
    mine = serializers.CharField(allow_blank=True)
    offer_id = serializers.UUIDField()
    card = serializers.CharField(allow_blank=True)
    method_id = serializers.UUIDField(allow_null=True)
    next_at = serializers.DateTimeField(allow_null=True)
    dates = RepeatDateSerializer(many=True)
    occurrences = OccurrenceSerializer(many=True)
    needs_customer = serializers.BooleanField(help_text="Whether a date waits for the viewer to pay it.")
    reason = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())
