"""Fees, reports and settings on the admin's wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.backoffice.types import Report
from jobsphere.db.retention import How
from jobsphere.escrow.fields import TierField
from jobsphere.escrow.types import FeePart, FeePolicyView, FeesExample, PolicyStanding, Split
from jobsphere.jobs.types import JobStatus
from jobsphere.kit.money import BASIS_POINTS, MAX_AMOUNT
from jobsphere.web.serializers import MoneyField, StrictSerializer


class FeePartSerializer(StrictSerializer):
    """One fee: a share in basis points (1000 = 10 %), something fixed, a minimum and a cap in minor units."""

    basis_points = serializers.IntegerField(min_value=0, max_value=BASIS_POINTS)
    fixed = serializers.IntegerField(min_value=0, max_value=MAX_AMOUNT, default=0)
    minimum = serializers.IntegerField(min_value=0, max_value=MAX_AMOUNT, default=0)
    cap = serializers.IntegerField(min_value=0, max_value=MAX_AMOUNT, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["cap"] is not None and attrs["cap"] < attrs["minimum"]:
            raise serializers.ValidationError({"cap": "The cap is below the minimum."}, code="below-minimum")
        return attrs


class NewFeePolicySerializer(StrictSerializer):
    """A new fee policy; running contracts keep the terms they were made with."""

    name = serializers.CharField(max_length=64)
    acceptance = FeePartSerializer(help_text="The platform fee, taken when an offer is accepted.")
    completion = FeePartSerializer(help_text="The service fee, taken when work is paid.")
    category = serializers.SlugField(max_length=64, required=False, default="", allow_blank=True)
    tier = TierField(
        required=False,
        default="",
        allow_blank=True,
        help_text="As plans and loyalty tiers name it; empty: for everybody.",
    )
    currency = serializers.CharField(max_length=3, required=False, default="", allow_blank=True)
    valid_from = serializers.DateTimeField(required=False, allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> Any:
        values = super().to_internal_value(data)
        return {**values, **{name: FeePart(**values[name]) for name in ("acceptance", "completion")}}


class FeePolicySerializer(serializers.Serializer[FeePolicyView]):
    """A fee policy. It holds from its moment on, until one with the same or a narrower scope does."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    category = serializers.CharField()
    tier = serializers.CharField()
    currency = serializers.CharField()
    acceptance = FeePartSerializer(source="terms.acceptance")
    completion = FeePartSerializer(source="terms.completion")
    valid_from = serializers.DateTimeField()
    created_at = serializers.DateTimeField()
    standing = serializers.ChoiceField(
        choices=[str(each) for each in PolicyStanding],
        help_text="Among the policies for the same category, tier and currency.",
    )


class FeesOfExampleSerializer(serializers.Serializer[Split]):
    """Who gets what of the amount: amount = platform_fee + service_fee + payout."""

    platform_fee = MoneyField(allow_zero=True)
    service_fee = MoneyField(allow_zero=True)
    payout = MoneyField(allow_zero=True)


class FeesExampleSerializer(serializers.Serializer[FeesExample]):
    """What an offer of 100 bears under the policy that was sent, and what it would bear without it."""

    amount = MoneyField(source="then.amount")
    then = FeesOfExampleSerializer()
    now = FeesOfExampleSerializer()
    policy_now = serializers.CharField(help_text="What holds for the same without the policy.")


class FeesInForceSerializer(serializers.Serializer[Any]):
    """What an offer without a special category, tier or currency would be charged now."""

    policy = serializers.CharField()
    acceptance = FeePartSerializer()
    completion = FeePartSerializer()


class CommissionSerializer(serializers.Serializer[Any]):
    """What the marketplace charges, and every policy that there ever was, newest first."""

    in_force = FeesInForceSerializer()
    policies = FeePolicySerializer(many=True)


class GrowthSerializer(serializers.Serializer[Any]):
    """Who joined in the week that begins on this Monday (UTC)."""

    week = serializers.DateField()
    people = serializers.IntegerField()
    customers = serializers.IntegerField()
    contractors = serializers.IntegerField()


class JobCountSerializer(serializers.Serializer[Any]):
    """Jobs made in the period, by their present status."""

    status = serializers.ChoiceField(choices=[str(each) for each in JobStatus])
    count = serializers.IntegerField()


class CommissionWeekSerializer(serializers.Serializer[Any]):
    """What the marketplace earned in a week, less what it gave back."""

    week = serializers.DateField()
    platform_fee = MoneyField()
    service_fee = MoneyField()


class PaymentFiguresSerializer(serializers.Serializer[Any]):
    """How the payments of the period ended. The rate is captured / (captured + failed): declines count apart."""

    started = serializers.IntegerField()
    captured = serializers.IntegerField()
    declined = serializers.IntegerField()
    failed = serializers.IntegerField()
    given_up = serializers.IntegerField()
    success_rate = serializers.FloatField(allow_null=True)


class FailuresSerializer(serializers.Serializer[Any]):
    """What did not end well, besides payments."""

    payouts = serializers.IntegerField()
    refunds = serializers.IntegerField()
    operations = serializers.IntegerField()


class ReportSerializer(serializers.Serializer[Report]):
    """The marketplace in figures; amounts by currency, weeks begin on Monday (UTC)."""

    since = serializers.DateTimeField(source="period.since")
    until = serializers.DateTimeField(source="period.until")
    user_growth = GrowthSerializer(many=True, source="growth")
    jobs_by_status = serializers.SerializerMethodField()
    contracts_completed = serializers.IntegerField()
    gross_volume = serializers.ListField(child=MoneyField(allow_zero=True), help_text="Captured, by currency.")
    commission_by_week = CommissionWeekSerializer(many=True, source="commission")
    payments = PaymentFiguresSerializer()
    failures = FailuresSerializer()
    minutes_from_authorisation_to_release = serializers.SerializerMethodField()
    wallet_balances = serializers.ListField(
        child=MoneyField(allow_zero=True), source="wallets", help_text="What we owe people now, by currency."
    )

    def get_jobs_by_status(self, report: Report) -> JobCountSerializer(many=True):  # type: ignore[valid-type]
        return [{"status": str(status), "count": count} for status, count in report.jobs_by_status.items()]

    def get_minutes_from_authorisation_to_release(self, report: Report) -> int | None:
        held = report.authorisation_to_release
        return None if held is None else round(held.total_seconds() / 60)


class SettingSerializer(serializers.Serializer[Any]):
    """One setting in force, and whether the environment or the default says so."""

    name = serializers.CharField()
    value = serializers.CharField()
    set_by = serializers.ChoiceField(choices=["environment", "default"])
    meaning = serializers.CharField()


class TableRetentionSerializer(serializers.Serializer[Any]):
    """How long one table is kept, why, and what the last clean-up did to it."""

    table = serializers.CharField()
    how = serializers.ChoiceField(choices=[each.value for each in How])
    days = serializers.IntegerField(allow_null=True, help_text="null: no period of its own.")
    period = serializers.CharField(help_text="Its name in RETENTION_DAYS.")
    why = serializers.CharField()
    by = serializers.CharField(help_text="The table that it goes with, or the task that cleans it.")
    cleaned_at = serializers.DateTimeField(allow_null=True)
    removed = serializers.IntegerField()
    unfinished = serializers.BooleanField(help_text="There was more than one night may take.")
    error = serializers.CharField()


class CleanUpSerializer(serializers.Serializer[Any]):
    """One run of the clean-up."""

    id = serializers.UUIDField()
    source = serializers.ChoiceField(choices=["nightly", "command"])  # type: ignore[assignment]
    began_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True, help_text="null: it goes on, or was killed.")
    removed = serializers.IntegerField()
    tables = serializers.IntegerField()
    failed = serializers.ListField(child=serializers.CharField())


class RetentionSerializer(serializers.Serializer[Any]):
    """What is said of every table, and the last runs, newest first."""

    tables = TableRetentionSerializer(many=True)
    runs = CleanUpSerializer(many=True)


class DeadLetterSerializer(serializers.Serializer[Any]):
    """A task that was given up."""

    id = serializers.UUIDField()
    handler = serializers.CharField()
    args = serializers.ListField()
    error = serializers.CharField()
    traceback = serializers.CharField()
    attempts = serializers.IntegerField()
    first_failed_at = serializers.DateTimeField()
    last_failed_at = serializers.DateTimeField()
    replayed_at = serializers.DateTimeField(allow_null=True)
    dropped_at = serializers.DateTimeField(allow_null=True)
