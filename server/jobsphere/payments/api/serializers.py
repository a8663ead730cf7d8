"""Shapes of payments, payouts and wallets on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.kit.money import is_currency
from jobsphere.payments.rules import PaymentDetail, PaymentStatus, PayoutSchedule, PayoutStatus, RefundStatus
from jobsphere.web.serializers import MoneyField, PersonSerializer, StrictSerializer


class PurposeSerializer(StrictSerializer):
    """What a payment is for."""

    type = serializers.CharField(max_length=32, help_text='"offer"')
    id = serializers.UUIDField()


class StartPaymentSerializer(StrictSerializer):
    """Pay for something, with a card or (without one) in the payer's browser."""

    purpose = PurposeSerializer()
    payment_method = serializers.CharField(
        max_length=255, required=False, help_text="The gateway's token of a card; never card data."
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


class PaymentFlagsSerializer(serializers.Serializer[Any]):
    """What is true of a payment beside its status."""

    disputed = serializers.BooleanField()
    partially_refunded = serializers.BooleanField()


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
    status = serializers.ChoiceField(choices=[status.value for status in PaymentStatus])
    detail = serializers.ChoiceField(choices=[detail.value for detail in PaymentDetail])
    failure = serializers.DictField(
        child=serializers.CharField(), allow_null=True, help_text="{code, message} of the last refusal"
    )
    action = RequiredActionSerializer(allow_null=True)
    flags = PaymentFlagsSerializer()
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


class ConnectPayeeSerializer(StrictSerializer):
    """Become someone who can be paid."""

    country = serializers.RegexField(r"^[A-Z]{2}$", default="US", help_text="ISO 3166 code of the bank's country.")
    return_url = serializers.URLField(required=False, max_length=1000)
    refresh_url = serializers.URLField(required=False, max_length=1000)


class ScheduleSerializer(StrictSerializer):
    """Who starts withdrawals."""

    schedule = serializers.ChoiceField(choices=[schedule.value for schedule in PayoutSchedule])


class PayeeSerializer(serializers.Serializer[Any]):
    """Whether a person can be paid, and what the gateway still wants to know."""

    gateway = serializers.CharField()
    connected = serializers.BooleanField()
    payouts_enabled = serializers.BooleanField()
    can_withdraw = serializers.BooleanField()
    currently_due = serializers.ListField(child=serializers.CharField())
    disabled_reason = serializers.CharField()
    schedule = serializers.ChoiceField(choices=[schedule.value for schedule in PayoutSchedule])
    onboarding_url = serializers.CharField()
    onboarding_expires_at = serializers.DateTimeField(allow_null=True)
    pending = serializers.BooleanField()


class WithdrawSerializer(StrictSerializer):
    """Send money from the wallet to the bank."""

    amount = MoneyField()


class PayoutSerializer(serializers.Serializer[Any]):
    """A withdrawal."""

    id = serializers.UUIDField()
    amount = MoneyField()
    status = serializers.ChoiceField(choices=[status.value for status in PayoutStatus])
    automatic = serializers.BooleanField()
    returning = serializers.BooleanField(help_text="It failed, and is on its way back into the wallet.")
    arrives_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    failure = serializers.DictField(child=serializers.CharField(), allow_null=True)
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class WalletBalanceSerializer(serializers.Serializer[Any]):
    """One currency of a wallet."""

    available = MoneyField(allow_zero=True)
    in_transit = MoneyField(allow_zero=True)


class WalletSerializer(serializers.Serializer[Any]):
    """What is the viewer's to withdraw, by currency."""

    balances = WalletBalanceSerializer(many=True)


class PayoutBalanceSerializer(WalletSerializer):
    """A wallet with the gate in front of it."""

    payee = PayeeSerializer()


class WalletQuerySerializer(StrictSerializer):
    """Which page of which wallet."""

    currency = serializers.CharField(required=False, help_text="ISO 4217; by default the marketplace's.")
    cursor = serializers.UUIDField(required=False)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=100, default=20)

    def validate_currency(self, value: str) -> str:
        if not is_currency(value):
            raise serializers.ValidationError("The currency is not a known ISO 4217 code.", code="currency")
        return value


class WalletEntrySerializer(serializers.Serializer[Any]):
    """One line of a wallet's statement."""

    id = serializers.UUIDField()
    code = serializers.CharField(help_text='Why: "escrow.released", "payout.requested", …')
    memo = serializers.CharField()
    amount = MoneyField()
    balance_after = MoneyField(allow_zero=True)
    posted_at = serializers.DateTimeField()


class WebhookAnswerSerializer(serializers.Serializer[Any]):
    """The event was stored, or had been before."""

    received = serializers.BooleanField()
