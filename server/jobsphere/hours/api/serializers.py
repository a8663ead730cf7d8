"""How deals by the hour, weeks, timers and reports are spelled on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.contracts.types import CancellationPolicy, MilestoneStatus
from jobsphere.hours.selectors.reports import Grouping
from jobsphere.hours.types import DealStatus, HourlyTarget, HourlyTerms, WeekStatus
from jobsphere.web.serializers import MoneyField, PersonSerializer, StrictSerializer

MILESTONE_STATUSES = [each.value for each in MilestoneStatus]


class Base(serializers.Serializer[Any]):
    """Base of what is only shown."""


def actions() -> serializers.ListField:
    """Return the field of what the viewer may do."""
    return serializers.ListField(child=serializers.CharField())


class HourlyOfferSerializer(StrictSerializer):
    """An offer by the hour: on a proposal (`proposal_id`), or on a job to a contractor."""

    proposal_id = serializers.UUIDField(required=False)
    job_id = serializers.UUIDField(required=False)
    contractor_id = serializers.UUIDField(required=False)
    rate = MoneyField(help_text="What an hour costs you, all fees included.")
    weekly_cap_minutes = serializers.IntegerField(help_text="At most so many minutes a week are paid.")
    time_zone = serializers.CharField(max_length=64, help_text="By whose wall clock a week begins: Europe/Berlin.")
    weeks = serializers.IntegerField(required=False, allow_null=True, default=None)
    message = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    expires_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    cancellation_policy = serializers.ChoiceField(
        choices=[each.value for each in CancellationPolicy], default=CancellationPolicy.MODERATE.value
    )
    payment_method = serializers.CharField(max_length=255, required=False, allow_blank=True, default="")
    gateway = serializers.CharField(max_length=32, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check that it is one of the two kinds, and return what the verb takes."""
        on_proposal = "proposal_id" in attrs
        if on_proposal == ("job_id" in attrs) or on_proposal == ("contractor_id" in attrs):
            text = "Name a proposal_id, or a job_id with a contractor_id."
            raise serializers.ValidationError({"proposal_id": text})
        terms = ("rate", "time_zone", "weeks", "message", "expires_at")
        target = ("proposal_id", "job_id", "contractor_id")
        return {
            "target": HourlyTarget(
                **{name: attrs[name] for name in target if name in attrs},
                policy=CancellationPolicy(attrs["cancellation_policy"]),
            ),
            "terms": HourlyTerms(**{name: attrs[name] for name in terms}, weekly_cap=attrs["weekly_cap_minutes"]),
            "payment_method": attrs["payment_method"] or None,
            "gateway": attrs["gateway"],
        }


class DealsQuerySerializer(StrictSerializer):
    """Of which contract or offer."""

    contract_id = serializers.UUIDField(required=False, default=None)
    offer_id = serializers.UUIDField(required=False, default=None)
    cursor = serializers.CharField(required=False)
    page_size = serializers.IntegerField(required=False)


class HourlyDealSerializer(Base):
    """An agreement by the hour; `weekly_price` is what a week costs at its cap, and is paid in before it starts."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[each.value for each in DealStatus])
    offer_id = serializers.UUIDField()
    contract_id = serializers.UUIDField(allow_null=True)
    customer = PersonSerializer()
    contractor = PersonSerializer()
    title = serializers.CharField()
    rate = MoneyField()
    weekly_cap_minutes = serializers.IntegerField()
    weekly_price = MoneyField()
    time_zone = serializers.CharField()
    weeks = serializers.IntegerField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.CharField(allow_blank=True)
    end_reason = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    allowed_actions = actions()


class EndHoursSerializer(StrictSerializer):
    """Why, if one likes."""

    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class HoursDaySerializer(Base):
    """A local day."""

    day = serializers.DateField()
    minutes = serializers.IntegerField()


class HoursDisputeSerializer(Base):
    """Hours that the customer does not agree to; their money waits at `milestone_id`."""

    minutes = serializers.IntegerField()
    amount = MoneyField(allow_zero=True)
    reason = serializers.CharField()
    entry_ids = serializers.ListField(child=serializers.UUIDField())
    disputed_at = serializers.DateTimeField()
    milestone_id = serializers.UUIDField()
    milestone_status = serializers.ChoiceField(choices=MILESTONE_STATUSES)


class HourlyWeekSerializer(Base):
    """A week: open until `closes_at`, then its statement. Approving and paying in are actions of `milestone_id`."""

    id = serializers.UUIDField()
    deal_id = serializers.UUIDField()
    contract_id = serializers.UUIDField()
    milestone_id = serializers.UUIDField()
    number = serializers.IntegerField()
    status = serializers.ChoiceField(choices=[each.value for each in WeekStatus])
    milestone_status = serializers.ChoiceField(choices=MILESTONE_STATUSES)
    starts_on = serializers.DateField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    time_zone = serializers.CharField()
    cap_minutes = serializers.IntegerField()
    minutes = serializers.IntegerField()
    billed_minutes = serializers.IntegerField()
    price = MoneyField()
    amount = MoneyField(allow_zero=True)
    release_at = serializers.DateTimeField(allow_null=True)
    days = HoursDaySerializer(many=True)
    dispute = HoursDisputeSerializer(allow_null=True)
    allowed_actions = actions()


class HoursDisputeWriteSerializer(StrictSerializer):
    """Which entries of the week, and why."""

    entry_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)
    reason = serializers.CharField(min_length=3, max_length=1000)


class TimerStartSerializer(StrictSerializer):
    """On which contract, and what for."""

    contract_id = serializers.UUIDField()
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class TimerStopSerializer(StrictSerializer):
    """Another note, if one likes."""

    note = serializers.CharField(max_length=500, required=False, allow_blank=True, allow_null=True, default=None)


class RunningTimerSerializer(Base):
    """A timer that runs."""

    contract_id = serializers.UUIDField()
    title = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    started_at = serializers.DateTimeField()
    stops_at = serializers.DateTimeField()


class TimerSerializer(Base):
    """My timer; null: none runs. `entry_id`: what stopping it has logged, null for less than a minute."""

    running = RunningTimerSerializer(allow_null=True)
    entry_id = serializers.UUIDField(allow_null=True)


class ReportQuerySerializer(StrictSerializer):
    """Which closed weeks, by their Monday, and what a line is about."""

    group = serializers.ChoiceField(choices=[each.value for each in Grouping], default=Grouping.WEEK.value)
    contract_id = serializers.UUIDField(required=False, default=None)

    def get_fields(self) -> dict[str, Any]:
        # 'from' is a word of the language, so it cannot be written as an attribute.
        days = {name: serializers.DateField(required=False, default=None) for name in ("from", "to")}
        return {**days, **super().get_fields()}


class HoursReportLineSerializer(Base):
    """Weeks added up, in one currency; `held_apart`: of `billed`, what is or was disputed."""

    key = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not DRF's own label
    weeks = serializers.IntegerField()
    minutes = serializers.IntegerField()
    billed_minutes = serializers.IntegerField()
    billed = MoneyField(allow_zero=True)
    held_apart = MoneyField(allow_zero=True)


class HoursReportSerializer(Base):
    """A report, with a total for each currency."""

    group = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    lines = HoursReportLineSerializer(many=True)
    totals = HoursReportLineSerializer(many=True)
