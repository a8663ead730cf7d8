"""How the way of paying an amount is spelled."""

from typing import Any

from rest_framework import serializers

from jobsphere.kit.money import is_currency
from jobsphere.payments.gateways.base import CheckoutKind, PaymentMethodKind
from jobsphere.web.serializers import MoneyField, StrictSerializer


class CheckoutFormSerializer(serializers.Serializer[Any]):
    """Which form the payer's browser shows. Nothing in it is secret."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in CheckoutKind])
    publishable_key = serializers.CharField(allow_blank=True)


class CheckoutQuerySerializer(StrictSerializer):
    """What is to be paid."""

    currency = serializers.CharField(required=False, help_text="ISO 4217; by default the marketplace's.")
    amount = serializers.IntegerField(required=False, min_value=1, help_text="Minor units; checked when it is given.")
    gateway = serializers.CharField(required=False, max_length=32, help_text="Ask about this one, for an open payment.")

    def validate_currency(self, value: str) -> str:
        if not is_currency(value):
            raise serializers.ValidationError("The currency is not a known ISO 4217 code.", code="currency")
        return value


class CheckoutMethodSerializer(serializers.Serializer[Any]):
    """A way of paying."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in PaymentMethodKind])
    reserved = serializers.BooleanField(help_text="Reserved until the contractor agrees; else it is taken at once.")


class CheckoutLimitsSerializer(serializers.Serializer[Any]):
    """Which amounts can be paid: from `minimum` to `maximum`, in multiples of `step`."""

    minimum = MoneyField()
    maximum = MoneyField()
    step = MoneyField()


class CheckoutSerializer(serializers.Serializer[Any]):
    """What the payer's browser needs before there is a payment; send `gateway` with the token that its form makes."""

    gateway = serializers.CharField()
    form = CheckoutFormSerializer()
    methods = CheckoutMethodSerializer(many=True)
    limits = CheckoutLimitsSerializer()
