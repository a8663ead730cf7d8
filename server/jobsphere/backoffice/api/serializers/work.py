"""Jobs and contracts on the admin's wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.contracts.types import ContractStatus, ContractView, MilestoneStatus
from jobsphere.jobs.types import JobRecord, JobStatus
from jobsphere.web.serializers import MoneyField, PersonSerializer


class AdminJobSerializer(serializers.Serializer[JobRecord]):
    """A job as staff see it."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in JobStatus])
    visibility = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    category = serializers.CharField()
    customer = PersonSerializer()
    contractor = PersonSerializer(allow_null=True)
    budget_kind = serializers.CharField()
    budget_min = MoneyField(allow_null=True)
    budget_max = MoneyField(allow_null=True)
    place = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    proposal_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    cancel_reason = serializers.CharField()


class AdminFeesSerializer(serializers.Serializer[Any]):
    """What is taken from an amount, and what is left."""

    platform_fee = MoneyField(allow_zero=True)
    service_fee = MoneyField(allow_zero=True)
    payout = MoneyField(allow_zero=True)


class AdminMoneySerializer(serializers.Serializer[Any]):
    """Where a contract's money is."""

    funded = MoneyField(allow_zero=True)
    protected = MoneyField(allow_zero=True)
    released = MoneyField(allow_zero=True)
    refunded = MoneyField(allow_zero=True)
    kept_fee = MoneyField(allow_zero=True)
    charged_back = MoneyField(allow_zero=True)
    on_hold = serializers.BooleanField()
    fees = AdminFeesSerializer(allow_null=True)
    expected = AdminFeesSerializer(allow_null=True)


class AdminMilestoneSerializer(serializers.Serializer[Any]):
    """One part of a contract."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    title = serializers.CharField()
    amount = MoneyField()
    status = serializers.ChoiceField(choices=[str(each) for each in MilestoneStatus])
    submitted_at = serializers.DateTimeField(allow_null=True)
    auto_release_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class AdminContractSerializer(serializers.Serializer[ContractView]):
    """A contract as staff see it."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in ContractStatus])
    title = serializers.CharField()
    job_id = serializers.UUIDField()
    offer_id = serializers.UUIDField()
    payment_id = serializers.UUIDField()
    customer = PersonSerializer()
    contractor = PersonSerializer()
    amount = MoneyField()
    money = AdminMoneySerializer()
    milestones = AdminMilestoneSerializer(many=True)
    cancellation_policy = serializers.CharField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancelled_by = serializers.CharField()
    cancel_reason = serializers.CharField()
    held_at = serializers.DateTimeField(allow_null=True)
    hold_reason = serializers.CharField()
    disputed_at = serializers.DateTimeField(allow_null=True)
    dispute_notice = serializers.CharField()
    allowed_actions = serializers.ListField(child=serializers.CharField())
