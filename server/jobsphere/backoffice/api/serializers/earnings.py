"""Shapes of earnings that clear, for staff."""

from typing import Any

from rest_framework import serializers

from jobsphere.backoffice.api.serializers.queries import PageQuery
from jobsphere.backoffice.types import CoolingRecord, EarningRecord
from jobsphere.web.serializers import MoneyField, PersonSerializer, ReasonSerializer


class EarningsQuery(PageQuery):
    """The query of the list of earnings that clear."""

    person_id = serializers.UUIDField(required=False, help_text="Who has earned it.")
    clearing = serializers.BooleanField(required=False, allow_null=True, default=None)


class DelaySerializer(ReasonSerializer):
    """A later date."""

    until = serializers.DateTimeField()


class EarningAboutSerializer(serializers.Serializer[Any]):
    """What it was earned by."""

    title = serializers.CharField()
    part = serializers.CharField()
    link = serializers.CharField()


class EarningSerializer(serializers.Serializer[EarningRecord]):
    """Earned money that clears, or has cleared."""

    id = serializers.UUIDField()
    payee_id = serializers.UUIDField(source="lot.payee_id")
    payee = PersonSerializer()
    amount = MoneyField(source="lot.amount")
    left = MoneyField(source="lot.left", allow_zero=True)
    earned_at = serializers.DateTimeField(source="lot.earned_at")
    clears_at = serializers.DateTimeField(source="lot.clears_at")
    level = serializers.CharField(source="lot.level")
    reason = serializers.CharField(source="lot.reason")
    reason_code = serializers.CharField(source="lot.reason_code")
    about = EarningAboutSerializer(source="lot.about", allow_null=True)
    allowed_actions = serializers.SerializerMethodField()

    def get_allowed_actions(self, record: EarningRecord) -> list[str]:
        return ["clear", "delay"] if record.lot.left else []


class CoolingPayeeSerializer(serializers.Serializer[CoolingRecord]):
    """Somebody who cannot withdraw because their bank account has just changed."""

    id = serializers.UUIDField()
    payee = PersonSerializer()
    gateway = serializers.CharField(source="account.gateway")
    bank_name = serializers.CharField(source="account.bank_name")
    bank_last4 = serializers.CharField(source="account.bank_last4")
    bank_changed_at = serializers.DateTimeField(source="account.bank_changed_at", allow_null=True)
    cooling_until = serializers.DateTimeField(source="account.cooling_until")
    allowed_actions = serializers.SerializerMethodField()

    def get_allowed_actions(self, record: CoolingRecord) -> list[str]:
        return ["lift-cooling-off"]
