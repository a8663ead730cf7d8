"""How payees, their banks and their withdrawals are spelled."""

from typing import Any

from rest_framework import serializers

from jobsphere.kit.money import is_currency
from jobsphere.payments.gateways.base import PayeeForm
from jobsphere.payments.requirements import RequirementGroup
from jobsphere.payments.rules import (
    PayoutSchedule,
    PayoutSpeed,
    PayoutStatus,
)
from jobsphere.web.serializers import MoneyField, StrictSerializer


class PayeeBankSerializer(StrictSerializer):
    """A bank account. It goes to the gateway and is not kept."""

    bank_code = serializers.CharField(max_length=32)
    account_number = serializers.RegexField(r"^[0-9A-Z]{4,34}$", help_text="Without spaces.")
    holder = serializers.CharField(max_length=120, required=False, default="")
    currency = serializers.CharField(max_length=3, required=False, default="")


class ConnectPayeeSerializer(StrictSerializer):
    """Become someone who can be paid."""

    country = serializers.RegexField(r"^[A-Z]{2}$", default="US", help_text="ISO 3166 code of the bank's country.")
    gateway = serializers.CharField(required=False, max_length=32, help_text="By default the one in use.")
    return_url = serializers.URLField(required=False, max_length=1000)
    refresh_url = serializers.URLField(required=False, max_length=1000)
    bank = PayeeBankSerializer(required=False, help_text='Where the payee\'s `form` is "bank"; never kept by us.')


class ScheduleSerializer(StrictSerializer):
    """Who starts withdrawals."""

    schedule = serializers.ChoiceField(choices=[schedule.value for schedule in PayoutSchedule])
    weekday = serializers.IntegerField(
        required=False, min_value=0, max_value=6, help_text="Of a weekly schedule; 0 is Monday (UTC)."
    )
    minimums = serializers.ListField(
        child=MoneyField(allow_zero=True),
        required=False,
        max_length=20,
        help_text="The smallest scheduled withdrawals that are worth it to me, by currency.",
    )


class PayeeRequirementSerializer(serializers.Serializer[Any]):
    """One thing that the gateway asks, in our words."""

    group = serializers.ChoiceField(choices=[group.value for group in RequirementGroup])
    title = serializers.CharField()
    why = serializers.CharField()
    action = serializers.CharField()
    codes = serializers.ListField(child=serializers.CharField())
    overdue = serializers.BooleanField(help_text="It has closed the gate.")


class BankAccountSerializer(serializers.Serializer[Any]):
    """Where payouts go, as far as people may see it."""

    name = serializers.CharField()
    last4 = serializers.CharField()


class BankSerializer(serializers.Serializer[Any]):
    """A bank that payouts can go to."""

    code = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField()


class BanksQuerySerializer(StrictSerializer):
    """Banks of which country."""

    country = serializers.RegexField(r"^[A-Z]{2}$", help_text="ISO 3166.")
    gateway = serializers.CharField(required=False, max_length=32)


class PayeeSerializer(serializers.Serializer[Any]):
    """Whether a person can be paid, and what the gateway still wants to know."""

    gateway = serializers.CharField()
    connected = serializers.BooleanField()
    payouts_enabled = serializers.BooleanField()
    can_withdraw = serializers.BooleanField()
    currently_due = serializers.ListField(child=serializers.CharField())
    disabled_reason = serializers.CharField()
    schedule = serializers.ChoiceField(choices=[schedule.value for schedule in PayoutSchedule])
    weekday = serializers.IntegerField()
    minimums = serializers.ListField(child=MoneyField())
    form = serializers.ChoiceField(choices=[form.value for form in PayeeForm])
    country = serializers.CharField()
    requirements = PayeeRequirementSerializer(many=True)
    due_by = serializers.DateTimeField(allow_null=True, help_text="Until when what is due must be told.")
    notice = serializers.CharField(help_text="Why the gate is closed, in words; empty when no reason is given.")
    bank = BankAccountSerializer(allow_null=True)
    bank_changed_at = serializers.DateTimeField(allow_null=True)
    cooling_until = serializers.DateTimeField(
        allow_null=True, help_text="The bank account has changed: nothing is withdrawn until then."
    )
    instant_available = serializers.BooleanField()
    onboarding_url = serializers.CharField()
    onboarding_expires_at = serializers.DateTimeField(allow_null=True)
    pending = serializers.BooleanField()


class WithdrawSerializer(StrictSerializer):
    """Send money from the wallet to the bank."""

    amount = MoneyField(help_text="What leaves the wallet.")
    speed = serializers.ChoiceField(choices=[speed.value for speed in PayoutSpeed], default=PayoutSpeed.STANDARD)
    fee = MoneyField(required=False, help_text="Of an instant one: the fee of the quote, so that no other is taken.")


class QuoteQuerySerializer(StrictSerializer):
    """How much is to be withdrawn."""

    amount = serializers.IntegerField(min_value=1, max_value=10**15)
    currency = serializers.CharField(max_length=3)

    def validate_currency(self, value: str) -> str:
        if not is_currency(value):
            raise serializers.ValidationError("The currency is not a known ISO 4217 code.", code="currency")
        return value


class SpeedSerializer(serializers.Serializer[Any]):
    """One speed of a withdrawal."""

    available = serializers.BooleanField()
    why_not = serializers.CharField()
    fee = MoneyField(allow_zero=True)
    arriving = MoneyField(allow_zero=True)
    arrives_at = serializers.DateTimeField(help_text="Usually.")


class WithdrawalQuoteSerializer(serializers.Serializer[Any]):
    """What a withdrawal costs, what arrives and when."""

    amount = MoneyField()
    minimum = MoneyField(allow_zero=True)
    standard = SpeedSerializer()
    instant = SpeedSerializer()


class PayoutSerializer(serializers.Serializer[Any]):
    """A withdrawal."""

    id = serializers.UUIDField()
    amount = MoneyField(help_text="What arrives at the bank.")
    gateway = serializers.CharField()
    speed = serializers.ChoiceField(choices=[speed.value for speed in PayoutSpeed])
    fee = MoneyField(allow_zero=True)
    waiting_for = serializers.CharField(help_text='"marketplace": a person there must confirm it; else empty.')
    status = serializers.ChoiceField(choices=[status.value for status in PayoutStatus])
    automatic = serializers.BooleanField()
    returning = serializers.BooleanField(help_text="It failed, and is on its way back into the wallet.")
    arrives_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    failure = serializers.DictField(child=serializers.CharField(), allow_null=True)
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())
