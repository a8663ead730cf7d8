"""How plans and tiers are spelled on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.escrow.fields import TierField
from jobsphere.plans.types import Audience, BillingCycle, PeriodKind, PeriodStatus, SubscriptionStatus
from jobsphere.web.pagination import DEFAULT_SIZE, MAX_SIZE
from jobsphere.web.serializers import MoneyField, PersonSerializer, StrictSerializer


class Base(serializers.Serializer[Any]):
    """Base of what is only shown."""


def one_of(values: type, **options: Any) -> serializers.ChoiceField:
    """Return a field of a status."""
    return serializers.ChoiceField(choices=[each.value for each in values], **options)  # type: ignore[attr-defined]


class SubscribeSerializer(StrictSerializer):
    """Begin a plan at the price that was shown."""

    price = MoneyField()
    method_id = serializers.UUIDField(help_text="A card that I keep (`/payments/methods/`).")


class ChangePlanSerializer(StrictSerializer):
    """Change to another plan, at the price that was shown."""

    plan_id = serializers.UUIDField()
    price = MoneyField()


class PayPlanSerializer(StrictSerializer):
    """By which card; without one, by that of the plan."""

    payment_method = serializers.CharField(max_length=255, required=False, allow_blank=True, default="")


class PlanCardSerializer(StrictSerializer):
    """A card that I keep."""

    method_id = serializers.UUIDField()


class FeesQuerySerializer(StrictSerializer):
    """Of which amount, in minor units; by default 100 of a currency's units."""

    amount = serializers.IntegerField(min_value=1, max_value=10**12, default=100_00)
    currency = serializers.RegexField(r"^[A-Z]{3}$", default="USD")
    category = serializers.SlugField(max_length=64, required=False, allow_blank=True, default="")


class VersionSerializer(Base):
    """What a plan is from a moment on."""

    number = serializers.IntegerField()
    name = serializers.CharField()
    words = serializers.CharField(allow_blank=True)
    tier = serializers.CharField()
    price = MoneyField()
    trial_days = serializers.IntegerField()
    valid_from = serializers.DateTimeField()


class PlanSerializer(Base):
    """A plan. Shares are basis points of both fees together; `pay_now`: what a change costs now."""

    id = serializers.UUIDField()
    audience = one_of(Audience)
    every = one_of(BillingCycle)
    name = serializers.CharField()
    words = serializers.CharField(allow_blank=True)
    tier = serializers.CharField()
    price = MoneyField()
    trial_days = serializers.IntegerField()
    share = serializers.IntegerField()
    usual_share = serializers.IntegerField()
    coming = VersionSerializer(allow_null=True)
    is_mine = serializers.BooleanField()
    pay_now = MoneyField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class AdminPlanSerializer(PlanSerializer):
    """A plan with all its versions, and how many people have it."""

    versions = VersionSerializer(many=True)
    subscribers = serializers.IntegerField()


class PlanActionSerializer(Base):
    """What the payer's browser needs to go on: 3-D Secure at `url`, or a card when it is empty."""

    client_secret = serializers.CharField()
    url = serializers.CharField(allow_blank=True)


class PeriodSerializer(Base):
    """One period: price = credit + amount; `action`: what my bank asks, while it does."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    kind = one_of(PeriodKind)
    status = one_of(PeriodStatus)
    plan = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    price = MoneyField(allow_zero=True)
    credit = MoneyField(allow_zero=True)
    amount = MoneyField(allow_zero=True)
    refunded = MoneyField(allow_zero=True)
    payment_id = serializers.UUIDField(allow_null=True)
    paid_at = serializers.DateTimeField(allow_null=True)
    next_try_at = serializers.DateTimeField(allow_null=True)
    pay_until = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    action = PlanActionSerializer(allow_null=True)


class SubscriptionSerializer(Base):
    """A person's plan. `tier` is empty while nothing holds."""

    id = serializers.UUIDField()
    owner = PersonSerializer()
    audience = one_of(Audience)
    status = one_of(SubscriptionStatus)
    plan_id = serializers.UUIDField()
    plan = serializers.CharField()
    tier = serializers.CharField(allow_blank=True)
    every = one_of(BillingCycle)
    price = MoneyField()
    ends_at = serializers.DateTimeField(allow_null=True)
    is_trial = serializers.BooleanField()
    cancels_at_end = serializers.BooleanField()
    next_plan = serializers.CharField(allow_blank=True)
    next_plan_id = serializers.UUIDField(allow_null=True)
    next_payment = MoneyField(allow_null=True)
    next_payment_at = serializers.DateTimeField(allow_null=True)
    card = serializers.CharField(allow_blank=True)
    method_id = serializers.UUIDField(allow_null=True)
    periods = PeriodSerializer(many=True)
    reason = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class TierSerializer(Base):
    """A loyalty tier, what it asks for in twelve months, and the share of both fees then, in basis points."""

    id = serializers.UUIDField()
    audience = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    tier = serializers.CharField()
    rank = serializers.IntegerField()
    volume = MoneyField(allow_null=True)
    contracts = serializers.IntegerField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    share = serializers.IntegerField()
    usual_share = serializers.IntegerField()


class ProgressSerializer(Base):
    """How far one demand is met: minor units of `currency`, or contracts."""

    what = serializers.CharField()
    done = serializers.IntegerField()
    wanted = serializers.IntegerField()
    currency = serializers.CharField(allow_blank=True)
    percent = serializers.IntegerField()


class LoyaltySerializer(Base):
    """Where I stand, by the last twelve months; `leaves_at`: my tier holds no longer than that."""

    audience = one_of(Audience)
    tier = serializers.CharField(allow_blank=True)
    since = serializers.DateTimeField(allow_null=True)
    leaves_at = serializers.DateTimeField(allow_null=True)
    volume = serializers.ListField(child=MoneyField())
    contracts = serializers.IntegerField()
    next_tier = TierSerializer(allow_null=True)
    progress = ProgressSerializer(many=True)
    tiers = TierSerializer(many=True)


class MyPlansSerializer(Base):
    """What I can choose, what I have, and where I stand."""

    plans = PlanSerializer(many=True)
    subscriptions = SubscriptionSerializer(many=True)
    loyalty = LoyaltySerializer(many=True)


class FeesPreviewSerializer(Base):
    """What an offer of this amount would bear now, and why; `usual_payout` is without any plan or tier."""

    amount = MoneyField()
    platform_fee = MoneyField(allow_zero=True)
    service_fee = MoneyField(allow_zero=True)
    payout = MoneyField(allow_zero=True)
    usual_payout = MoneyField(allow_zero=True)
    policy = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    reason_name = serializers.CharField(allow_blank=True)
    share = serializers.IntegerField()
    usual_share = serializers.IntegerField()


class ChangeOfferSerializer(StrictSerializer):
    """What a plan is from a moment (now) on; `tier` is that of the fee policies that it leads to."""

    name = serializers.CharField(max_length=64)
    words = serializers.CharField(max_length=300, allow_blank=True, default="")
    tier = TierField()
    price = MoneyField()
    trial_days = serializers.IntegerField(min_value=0, max_value=365, default=0)
    valid_from = serializers.DateTimeField(required=False, allow_null=True, default=None)


class AddPlanSerializer(StrictSerializer):
    """A plan that people can choose from now on."""

    audience = one_of(Audience)
    every = one_of(BillingCycle)
    name = serializers.CharField(max_length=64)
    words = serializers.CharField(max_length=300, allow_blank=True, default="")
    tier = TierField()
    price = MoneyField()
    trial_days = serializers.IntegerField(min_value=0, max_value=365, default=0)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values = super().to_internal_value(data)
        return {**values, "audience": Audience(values["audience"]), "every": BillingCycle(values["every"])}


class AddTierSerializer(StrictSerializer):
    """A loyalty tier: the higher rank is the better one; what is given is all asked for."""

    audience = one_of(Audience)
    name = serializers.CharField(max_length=64)
    tier = TierField()
    rank = serializers.IntegerField(min_value=1, max_value=1000)
    volume = MoneyField(required=False, allow_null=True, default=None)
    contracts = serializers.IntegerField(min_value=1, max_value=100_000, required=False, allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values = super().to_internal_value(data)
        return {**values, "audience": Audience(values["audience"])}


class RefundPeriodSerializer(StrictSerializer):
    """How much goes back (all that is left), why, and whether the plan ends at once."""

    amount = MoneyField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=1000)
    end = serializers.BooleanField(default=False)


class SubscriptionsQuerySerializer(StrictSerializer):
    """Which subscriptions."""

    status = one_of(SubscriptionStatus, required=False, default="")
    cursor = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE)


class PlanFiguresSerializer(Base):
    """Subscriptions at a glance; revenue is what the ledger has of thirty days, less what went back, with tax."""

    active = serializers.IntegerField()
    trials = serializers.IntegerField()
    past_due = serializers.IntegerField()
    cancelling = serializers.IntegerField()
    lapsed = serializers.IntegerField()
    revenue = serializers.ListField(child=MoneyField())


class AdminPlansSerializer(Base):
    """Every plan and tier."""

    plans = AdminPlanSerializer(many=True)
    tiers = TierSerializer(many=True)
