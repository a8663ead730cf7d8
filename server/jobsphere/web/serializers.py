"""Serializer building blocks: strict bodies, money, and the shapes that every app shares."""

from math import isfinite
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from jobsphere.kit.money import MAX_AMOUNT, Money, is_currency


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields it does not know, so a typo is never silently ignored."""

    def to_internal_value(self, data: Any) -> Any:
        values = super().to_internal_value(data)
        if unknown := sorted(set(data) - set(self.fields)):
            raise serializers.ValidationError(
                {name: serializers.ErrorDetail("There is no such field.", code="unknown-field") for name in unknown}
            )
        return values


class MoneyField(serializers.Field[Any, Any, Any, Any]):
    """{"amount": 120000, "currency": "USD"}: whole minor units, greater than zero unless told otherwise."""

    default_error_messages = {
        "shape": 'Money is written {{"amount": 120000, "currency": "USD"}}: whole minor units and an ISO 4217 code.',
        "whole": "The amount is a whole number of minor units (cents), never a fraction or a text.",
        "positive": "The amount must be greater than zero.",
        "large": "The amount is larger than this marketplace handles.",
        "currency": "The currency is not a known ISO 4217 code such as USD.",
    }

    def __init__(self, *, allow_zero: bool = False, **options: Any) -> None:
        self.allow_zero = allow_zero
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Money:
        if not isinstance(data, dict) or set(data) != {"amount", "currency"}:
            self.fail("shape")
        amount, currency = data["amount"], data["currency"]
        if type(amount) is not int:
            self.fail("whole")
        if amount < 0 or (amount == 0 and not self.allow_zero):
            self.fail("positive")
        if amount > MAX_AMOUNT:
            self.fail("large")
        if not isinstance(currency, str) or not is_currency(currency):
            self.fail("currency")
        return Money(amount, currency)

    def to_representation(self, value: Money) -> dict[str, int | str]:
        return value.to_json()


class MoneyFieldExtension(OpenApiSerializerFieldExtension):
    """Describes money in the OpenAPI document."""

    target_class = MoneyField

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return {
            "type": "object",
            "title": "Money",
            "required": ["amount", "currency"],
            "additionalProperties": False,
            "properties": {
                "amount": {
                    "type": "integer",
                    "format": "int64",
                    "maximum": MAX_AMOUNT,
                    "minimum": 0 if self.target.allow_zero else 1 if direction == "request" else -MAX_AMOUNT,
                    "description": "Minor units: 120000 is 1200.00 USD.",
                },
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["USD"]},
            },
        }


class DegreesField(serializers.FloatField):
    """A coordinate in degrees, from -limit to limit; never a text or not-a-number where JSON has a number."""

    def __init__(self, limit: float, **options: Any) -> None:
        super().__init__(min_value=-limit, max_value=limit, **options)

    def to_internal_value(self, data: Any) -> float:
        degrees: float = super().to_internal_value(data)
        if not isfinite(degrees):
            self.fail("invalid")
        return degrees


class WordsField(serializers.ListField):
    """A list in a query: repeated (`?skill=a&skill=b`) or with commas (`?skill=a,b`)."""

    def to_internal_value(self, data: Any) -> list[Any]:
        parts = [data] if isinstance(data, str) else data
        if not isinstance(parts, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        words: list[Any] = super().to_internal_value([word for part in parts for word in str(part).split(",") if word])
        return words


class PersonSerializer(serializers.Serializer[Any]):
    """A person as others see them."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class EmptySerializer(StrictSerializer):
    """A command without a body."""


class ReasonSerializer(StrictSerializer):
    """A command that must say why."""

    reason = serializers.CharField(min_length=3, max_length=1000, trim_whitespace=True)
