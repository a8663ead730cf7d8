"""How payments and refunds are spelled."""

from typing import Any

from rest_framework import serializers

from jobsphere.payments.api.serializers.checkout import CheckoutFormSerializer
from jobsphere.payments.rules import (
    PaymentDetail,
    PaymentStatus,
    RefundStatus,
)
from jobsphere.web.serializers import MoneyField, PersonSerializer, StrictSerializer


class PurposeSerializer(StrictSerializer):
    """What a payment is for."""

    type = serializers.CharField(max_length=32, help_text='"offer", "milestone", "change", "tip" or "expense"')
    id = serializers.UUIDField()


class StartPaymentSerializer(StrictSerializer):
    """Pay for something, with a card or (without one) in the payer's browser."""

    purpose = PurposeSerializer()
    payment_method = serializers.CharField(
        max_length=255, required=False, help_text="The gateway's token of a card; never card data."
    )
    gateway = serializers.CharField(
        max_length=32, required=False, help_text="Whose form has made `payment_method`; by default the first one's."
    )


class ConfirmPaymentSerializer(StrictSerializer):
    """Go on with a payment after 3-D Secure, or with another card."""

    payment = serializers.UUIDField()
    payment_method = serializers.CharField(max_length=255, required=False)


class _MilestoneOrContractSerializer(StrictSerializer):
    milestone = serializers.UUIDField(required=False)
    contract = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len({"milestone", "contract"} & set(attrs)) != 1:
            raise serializers.ValidationError("Name either a milestone or a contract.", code="one-of")
        return attrs


class ReleasePaymentSerializer(_MilestoneOrContractSerializer):
    """Release the money of a milestone, or of all that is due in a contract."""


class RefundPaymentSerializer(_MilestoneOrContractSerializer):
    """Give money back: of a milestone or a contract, all that is held or an amount of it."""

    amount = MoneyField(required=False)
    reason = serializers.CharField(min_length=3, max_length=1000, trim_whitespace=True)


class RequiredActionSerializer(serializers.Serializer[Any]):
    """What the payer's browser needs to finish the payment."""

    client_secret = serializers.CharField()
    url = serializers.CharField(help_text="Where the payer proves who they are; empty when a card must be chosen.")
    form = CheckoutFormSerializer()


class PaymentFlagsSerializer(serializers.Serializer[Any]):
    """What is true of a payment beside its status."""

    disputed = serializers.BooleanField()
    partially_refunded = serializers.BooleanField()
    prepaid = serializers.BooleanField(help_text="Charged before the contractor agreed; refunded if they do not.")


class PaymentSerializer(serializers.Serializer[Any]):
    """A payment as its parties see it."""

    id = serializers.UUIDField()
    customer = PersonSerializer()
    contractor = PersonSerializer(allow_null=True)
    purpose = PurposeSerializer()
    gateway = serializers.CharField()
    amount = MoneyField()
    captured = MoneyField(allow_zero=True)
    refunded = MoneyField(allow_zero=True)
    charged_back = MoneyField(allow_zero=True, help_text="What the customer's bank has taken of it for good.")
    status = serializers.ChoiceField(choices=[status.value for status in PaymentStatus])
    detail = serializers.ChoiceField(choices=[detail.value for detail in PaymentDetail])
    failure = serializers.DictField(
        child=serializers.CharField(), allow_null=True, help_text="{code, message} of the last refusal"
    )
    action = RequiredActionSerializer(allow_null=True)
    flags = PaymentFlagsSerializer()
    dispute_notice = serializers.CharField(
        allow_blank=True, help_text="What the customer's bank has done to it, in words."
    )
    authorized_until = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class RefundSerializer(serializers.Serializer[Any]):
    """A refund of a payment."""

    id = serializers.UUIDField()
    amount = MoneyField()
    status = serializers.ChoiceField(choices=[status.value for status in RefundStatus])
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()


class PaymentDetailSerializer(PaymentSerializer):
    """A payment with its refunds."""

    refunds = RefundSerializer(many=True)


class WebhookAnswerSerializer(serializers.Serializer[Any]):
    """The event was stored, or had been before."""

    received = serializers.BooleanField()
