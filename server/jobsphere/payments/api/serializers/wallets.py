"""How a wallet is spelled."""

from typing import Any

from rest_framework import serializers

from jobsphere.kit.money import is_currency
from jobsphere.payments.api.serializers.payees import PayeeSerializer, PayoutSerializer
from jobsphere.web.serializers import MoneyField, StrictSerializer


class AboutSerializer(serializers.Serializer[Any]):
    """What money was for."""

    title = serializers.CharField()
    part = serializers.CharField()
    link = serializers.CharField(help_text="A page of the web app.")


class InstantOfferSerializer(serializers.Serializer[Any]):
    """Whether this currency can be withdrawn in minutes."""

    available = serializers.BooleanField()
    why_not = serializers.CharField()


class ClearingSerializer(serializers.Serializer[Any]):
    """Earned money that is not yet to withdraw."""

    id = serializers.UUIDField()
    amount = MoneyField()
    left = MoneyField(allow_zero=True)
    clears_at = serializers.DateTimeField()
    earned_at = serializers.DateTimeField()
    level = serializers.CharField()
    reason = serializers.CharField()
    reason_code = serializers.CharField()
    about = AboutSerializer(allow_null=True)


class WalletBalanceSerializer(serializers.Serializer[Any]):
    """One currency of a wallet."""

    available = MoneyField(allow_zero=True)
    clearing = MoneyField(allow_zero=True, help_text="Earned, and not yet to withdraw: `lots` say until when and why.")
    in_transit = MoneyField(allow_zero=True)
    owed = MoneyField(allow_zero=True, help_text="What the person owes the marketplace; later earnings settle it.")
    minimum = MoneyField(allow_zero=True, help_text="The smallest withdrawal.")
    instant = InstantOfferSerializer()
    lots = ClearingSerializer(many=True)
    payouts = PayoutSerializer(many=True)


class WalletSerializer(serializers.Serializer[Any]):
    """What is the viewer's to withdraw, by currency."""

    balances = WalletBalanceSerializer(many=True)


class PayoutBalanceSerializer(WalletSerializer):
    """A wallet with the gate in front of it."""

    payee = PayeeSerializer(help_text="At the gateway in use.")
    payees = PayeeSerializer(many=True, help_text="Everywhere.")


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
    about = AboutSerializer(allow_null=True)
