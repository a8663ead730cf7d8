"""Plans with their versions, who has subscribed, what each period cost; loyalty tiers and who stands where."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.kit.money import Money
from jobsphere.plans.rules.dates import BillingCycle
from jobsphere.plans.rules.lifecycle import (
    LIVE,
    OPEN,
    Audience,
    PeriodKind,
    PeriodStatus,
    SubscriptionStatus,
)


def choices(values: type) -> list[tuple[str, str]]:
    """Return a status's values for a column."""
    return [(each.value, each.value) for each in values]  # type: ignore[attr-defined]


class Plan(Record):
    """Something that people subscribe to. What it is called, costs and leads to stands in its versions."""

    audience = models.CharField(max_length=12, choices=choices(Audience))
    currency = models.CharField(max_length=3)
    every = models.CharField(max_length=8, choices=choices(BillingCycle))
    created_by = models.ForeignKey("users.User", models.PROTECT, null=True, related_name="+")
    #: Nobody begins it from then on; who has it keeps it.
    closed_at = models.DateTimeField(null=True)


class PlanVersion(Record):
    """What a plan is from a moment on. Never changed: another version is another row."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=64)
    words = models.CharField(max_length=300, blank=True)
    #: The tier of the fee policies that it leads to (escrow.FeePolicy.tier).
    tier = models.CharField(max_length=32)
    price = models.BigIntegerField()
    trial_days = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once_a_number"),
            models.CheckConstraint(condition=Q(price__gt=0), name="plan_price_is_positive"),
        ]


class Subscription(Record):
    """A person's plan. `ends_at` is until when it is paid, or free; None until its first payment."""

    owner = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12, choices=choices(Audience))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="subscriptions")
    #: What it becomes with the next period.
    next_plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, choices=choices(SubscriptionStatus), default=SubscriptionStatus.STARTING)
    #: The card that is charged; the owner's usual one where it is not kept any more.
    method_id = models.UUIDField(null=True)
    #: Periods are counted from here; `counted` of them are paid.
    first_at = models.DateTimeField()
    counted = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(null=True)
    #: When the clock does something next: asks for the renewal, or ends it.
    next_at = models.DateTimeField(null=True)
    cancels_at_end = models.BooleanField(default=False)
    #: Raised by whoever has its turn.
    revision = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "audience"], condition=Q(status__in=LIVE), name="one_live_subscription_a_person"
            ),
            models.CheckConstraint(
                condition=Q(status=SubscriptionStatus.STARTING) | Q(ends_at__isnull=False) | ~Q(closed_at=None),
                name="subscription_has_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="subscription_of_owner"),
            models.Index(fields=["next_at"], condition=Q(status=SubscriptionStatus.ACTIVE), name="subscription_due"),
        ]


class Period(Record):
    """One period of a subscription, and its payment. `price` = `credit` + `amount`; `amount` is what a card pays."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="periods")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=choices(PeriodKind))
    status = models.CharField(max_length=12, choices=choices(PeriodStatus), default=PeriodStatus.NEEDS_OWNER)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    #: It holds no longer than this: another plan took its place, or it was paid back.
    cut_at = models.DateTimeField(null=True)
    currency = models.CharField(max_length=3)
    price = models.BigIntegerField()
    credit = models.BigIntegerField(default=0)
    amount = models.BigIntegerField()
    #: The payment of the last try; each try is one of its own.
    payment_id = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    give_up_at = models.DateTimeField()
    #: Why it was refused or given up: a code.
    reason = models.CharField(max_length=64, blank=True)
    paid_at = models.DateTimeField(null=True)
    refunded = models.BigIntegerField(default=0)
    charged_back = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "number"], name="period_once_a_number"),
            models.UniqueConstraint(
                fields=["subscription", "starts_at"],
                condition=~Q(status=PeriodStatus.VOID),
                name="period_once_a_start",
            ),
            models.UniqueConstraint(
                fields=["subscription"], condition=Q(status__in=OPEN), name="one_open_period_a_subscription"
            ),
            models.CheckConstraint(
                condition=Q(price=F("credit") + F("amount"), credit__gte=0, amount__gte=0), name="period_adds_up"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="period_has_a_length"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, charged_back__gte=0, refunded__lte=F("amount") - F("charged_back")),
                name="period_gives_back_what_it_took",
            ),
        ]
        indexes = [
            models.Index(fields=["give_up_at"], condition=Q(status__in=OPEN), name="period_open"),
            models.Index(fields=["next_try_at"], condition=Q(status=PeriodStatus.FAILED), name="period_to_try_again"),
        ]

    def money(self, minor_units: int) -> Money:
        """Return an amount of this row as money."""
        return Money(minor_units, self.currency)

    @property
    def kept(self) -> Money:
        """Return what was paid and has not gone back."""
        return self.money(self.amount - self.refunded - self.charged_back if self.paid_at else 0)


class LoyaltyTier(Record):
    """What a person reaches by what they did in twelve months. Several rows may lead to the same place.

    `volume` in minor units of `currency` and `contracts` are both asked for where both are given. Never changed: it is
    closed, and another is a new row.
    """

    audience = models.CharField(max_length=12, choices=choices(Audience))
    name = models.CharField(max_length=64)
    tier = models.CharField(max_length=32)
    rank = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3, blank=True)
    volume = models.BigIntegerField(null=True)
    contracts = models.PositiveIntegerField(null=True)
    created_by = models.ForeignKey("users.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(volume__gt=0) & ~Q(currency="") | Q(volume=None, contracts__gt=0), name="tier_asks"
            ),
            models.CheckConstraint(condition=Q(rank__gt=0), name="tier_has_a_rank"),
        ]


class Standing(Record):
    """Where a person stands. `leaves_at`: a lower tier holds from then on, unless they are back up by then."""

    owner = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12, choices=choices(Audience))
    tier = models.ForeignKey(LoyaltyTier, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    leaves_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "audience"], name="one_standing_a_person"),
            models.CheckConstraint(condition=Q(leaves_at=None) | Q(tier__isnull=False), name="standing_leaves_a_tier"),
        ]
