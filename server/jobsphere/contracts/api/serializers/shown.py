"""What the API answers: declarations of the views in types.py."""

from rest_framework import serializers

from jobsphere.contracts.api.serializers.changes import ChangeOrderSerializer
from jobsphere.contracts.api.serializers.common import Base, actions
from jobsphere.contracts.api.serializers.expenses import ExpensesSerializer
from jobsphere.contracts.api.serializers.tips import TipSerializer
from jobsphere.contracts.types import (
    CancellationPolicy,
    ContractStatus,
    FundingShape,
    MilestoneStatus,
    OfferStatus,
    RefundRequestStatus,
)
from jobsphere.payments.types import PaymentDetail, PaymentStatus
from jobsphere.web.serializers import MoneyField, PersonSerializer


class FeesSerializer(Base):
    """What an amount bears: the platform fee at acceptance, the service fee at completion, the contractor's payout."""

    platform_fee = MoneyField(allow_zero=True)
    service_fee = MoneyField(allow_zero=True)
    payout = MoneyField(allow_zero=True)


class OfferFeesSerializer(FeesSerializer):
    """What an offer bears, and why: `reason` is "plan", "loyalty", "customer_plan", "customer_loyalty" or empty.

    Shares are basis points of both fees together: 1500 instead of the usual 3000.
    """

    reason = serializers.CharField(allow_blank=True)
    reason_name = serializers.CharField(allow_blank=True)
    share = serializers.IntegerField()
    usual_share = serializers.IntegerField()


class OfferActionSerializer(Base):
    """What the payer's browser needs to go on: 3-D Secure at `url`, or a card when it is empty."""

    client_secret = serializers.CharField()
    url = serializers.CharField(allow_blank=True)


class OfferPaymentSerializer(Base):
    """The payment of an offer, for the customer and for staff."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[each.value for each in PaymentStatus])
    detail = serializers.ChoiceField(choices=[each.value for each in PaymentDetail])
    gateway = serializers.CharField()
    amount = MoneyField()
    captured = MoneyField(allow_zero=True)
    refunded = MoneyField(allow_zero=True)
    authorized_until = serializers.DateTimeField(allow_null=True)
    failure_code = serializers.CharField(allow_blank=True)
    failure_message = serializers.CharField(allow_blank=True)
    action = OfferActionSerializer(allow_null=True)


class RefundRequestSerializer(Base):
    """A customer's wish to have money of a milestone back."""

    id = serializers.UUIDField()
    milestone_id = serializers.UUIDField()
    amount = MoneyField()
    reason = serializers.CharField()
    status = serializers.ChoiceField(choices=[each.value for each in RefundRequestStatus])
    created_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = actions()


class MilestoneMoneySerializer(Base):
    """amount = protected + released + refunded + kept_fee; `fees` for the contractor and staff."""

    protected = MoneyField(allow_zero=True)
    released = MoneyField(allow_zero=True)
    refunded = MoneyField(allow_zero=True)
    kept_fee = MoneyField(allow_zero=True)
    charged_back = MoneyField(allow_zero=True, help_text="The part of `refunded` that the customer's bank took.")
    on_hold = serializers.BooleanField()
    fees = FeesSerializer(allow_null=True)


class MilestoneSerializer(Base):
    """One part of the work with its own money."""

    id = serializers.UUIDField()
    contract_id = serializers.UUIDField(allow_null=True)
    position = serializers.IntegerField()
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField(allow_null=True)
    fund_by = serializers.DateField(allow_null=True, help_text="By when the customer is asked to have paid it in.")
    amount = MoneyField()
    status = serializers.ChoiceField(choices=[each.value for each in MilestoneStatus])
    started_at = serializers.DateTimeField(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    auto_release_at = serializers.DateTimeField(allow_null=True, help_text="When silence releases the money.")
    closed_at = serializers.DateTimeField(allow_null=True)
    money = MilestoneMoneySerializer(allow_null=True, help_text="Empty until it is paid in.")
    payment_id = serializers.UUIDField(
        allow_null=True, help_text="The latest payment begun for it alone, for the customer."
    )
    refund_request = RefundRequestSerializer(allow_null=True)
    allowed_actions = actions()


class OfferSerializer(Base):
    """An offer; `payment` is shown to the customer, `fees` to the contractor, both to staff."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[each.value for each in OfferStatus])
    job_id = serializers.UUIDField()
    proposal_id = serializers.UUIDField(allow_null=True)
    contract_id = serializers.UUIDField(allow_null=True)
    customer = PersonSerializer()
    contractor = PersonSerializer()
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)
    amount = MoneyField()
    funding = serializers.ChoiceField(choices=[each.value for each in FundingShape])
    due_now = MoneyField(help_text="Taken when it is accepted; the rest is paid in before its work starts.")
    expense_cap = MoneyField(
        allow_null=True, help_text="What may be claimed as expenses on top of the amount; null: nothing yet."
    )
    milestones = MilestoneSerializer(many=True)
    message = serializers.CharField(allow_blank=True)
    expires_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    is_booking = serializers.BooleanField()
    cancellation_policy = serializers.ChoiceField(choices=[each.value for each in CancellationPolicy])
    cancellation_summary = serializers.CharField()
    fees = OfferFeesSerializer(allow_null=True)
    payment = OfferPaymentSerializer(allow_null=True)
    closed_reason = serializers.CharField(allow_blank=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    allowed_actions = actions()


class MoneySummarySerializer(Base):
    """funded = protected + released + refunded + kept_fee; fees for the contractor and staff."""

    funded = MoneyField(allow_zero=True)
    protected = MoneyField(allow_zero=True)
    released = MoneyField(allow_zero=True)
    refunded = MoneyField(allow_zero=True)
    kept_fee = MoneyField(allow_zero=True)
    charged_back = MoneyField(allow_zero=True, help_text="The part of `refunded` that the customer's bank took.")
    on_hold = serializers.BooleanField()
    unfunded = MoneyField(allow_zero=True, help_text="What the customer has still to pay in; no part of `funded`.")
    fees = FeesSerializer(allow_null=True)
    expected = FeesSerializer(allow_null=True)


class TimeTotalsSerializer(Base):
    """Minutes logged; by milestone id, and under "" what names none."""

    minutes = serializers.IntegerField()
    billed_minutes = serializers.IntegerField()
    by_milestone = serializers.DictField(child=serializers.IntegerField())


class CancellationPreviewSerializer(FeesSerializer):
    """Where the protected money would go if you cancelled now."""

    refund = MoneyField(allow_zero=True)
    rounding = MoneyField(
        allow_zero=True, help_text="How much of `refund` is rounded up, because cards move whole steps of a currency."
    )


class ContractSerializer(Base):
    """A contract with its milestones and money; `time` and `if_cancelled` are on a contract's own page only."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[each.value for each in ContractStatus])
    offer_id = serializers.UUIDField()
    job_id = serializers.UUIDField()
    payment_id = serializers.UUIDField()
    customer = PersonSerializer()
    contractor = PersonSerializer()
    title = serializers.CharField()
    amount = MoneyField()
    funding = serializers.ChoiceField(choices=[each.value for each in FundingShape])
    cancellation_policy = serializers.ChoiceField(choices=[each.value for each in CancellationPolicy])
    cancellation_summary = serializers.CharField()
    milestones = MilestoneSerializer(many=True)
    money = MoneySummarySerializer()
    time = TimeTotalsSerializer(allow_null=True)
    if_cancelled = CancellationPreviewSerializer(allow_null=True)
    change_order = ChangeOrderSerializer(allow_null=True, help_text="The open one.")
    tips = TipSerializer(many=True)
    expenses = ExpensesSerializer(allow_null=True, help_text="On a contract's own page only.")
    conversation_id = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancelled_by = serializers.CharField(allow_blank=True)
    cancel_reason = serializers.CharField(allow_blank=True)
    held_at = serializers.DateTimeField(allow_null=True)
    hold_reason = serializers.CharField(allow_blank=True)
    disputed_at = serializers.DateTimeField(allow_null=True)
    dispute_notice = serializers.CharField(
        allow_blank=True, help_text="What the customer's bank has done to the payment, in words."
    )
    allowed_actions = actions()


class DeliveredFileSerializer(Base):
    """A file that was handed in. Read it at `url`."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    display_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")


class DeliverableSerializer(Base):
    """What was handed in, and the answer to it: empty, changes_requested or approved."""

    id = serializers.UUIDField()
    milestone_id = serializers.UUIDField()
    note = serializers.CharField(allow_blank=True)
    links = serializers.ListField(child=serializers.URLField())
    files = DeliveredFileSerializer(many=True)
    answer = serializers.CharField(allow_blank=True)
    feedback = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class TimeEntrySerializer(Base):
    """Time worked."""

    id = serializers.UUIDField()
    contract_id = serializers.UUIDField()
    milestone_id = serializers.UUIDField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    minutes = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    billed_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    files = DeliveredFileSerializer(many=True)
    allowed_actions = actions()
