"""Who is paid, what they have earned, and money out."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.kit.money import Money
from jobsphere.payments.models.payments import Payment
from jobsphere.payments.rules import (
    PayoutSchedule,
    PayoutSpeed,
    PayoutStatus,
)


class PayeeAccount(Record):
    """What a gateway knows of a person who is to be paid, and whether it lets us pay them."""

    user = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    gateway = models.CharField(max_length=32)
    gateway_id = models.CharField(max_length=255, blank=True)
    country = models.CharField(max_length=2, default="US")
    payouts_enabled = models.BooleanField(default=False)
    transfers_enabled = models.BooleanField(default=False)
    details_submitted = models.BooleanField(default=False)
    currently_due = models.JSONField(default=list)
    disabled_reason = models.CharField(max_length=255, blank=True)
    past_due = models.JSONField(default=list)
    #: Until when what is due must be told; then the gate closes.
    due_by = models.DateTimeField(null=True)
    #: Where payouts go, as far as people may see it; the fingerprint tells that it has changed. Never a number.
    bank_fingerprint = models.CharField(max_length=255, blank=True)
    bank_name = models.CharField(max_length=255, blank=True)
    bank_last4 = models.CharField(max_length=4, blank=True)
    bank_changed_at = models.DateTimeField(null=True)
    #: After a change of the bank nothing is withdrawn until then.
    cooling_until = models.DateTimeField(null=True)
    instant_available = models.BooleanField(default=False)
    onboarding_url = models.CharField(max_length=2000, blank=True)
    onboarding_expires_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    #: Counts coverings of payments by payouts, which take turns on this row.
    coverings = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "gateway"], name="one_payee_account_per_gateway"),
            models.UniqueConstraint(
                fields=["gateway", "gateway_id"], condition=~Q(gateway_id=""), name="one_payee_per_gateway_object"
            ),
        ]


class Payee(models.Model):
    """A person who is paid, whatever the gateway. Whoever lowers what they have takes a turn on this row first."""

    user = models.OneToOneField("users.User", on_delete=models.PROTECT, related_name="+", primary_key=True)
    turns = models.BigIntegerField(default=0)
    schedule = models.CharField(max_length=16, default=PayoutSchedule.MANUAL)
    #: Of a weekly schedule: 0 is Monday (UTC). `last_round` is the day on which it was last carried out.
    weekday = models.PositiveSmallIntegerField(default=0)
    last_round = models.DateField(null=True)
    #: The smallest withdrawal that is worth a transfer to them, by currency, in minor units; for scheduled ones.
    minimums = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="payee_weekday_is_one"),
        ]
        indexes = [
            models.Index(fields=["schedule"], name="payee_scheduled", condition=~Q(schedule="manual")),
        ]

    def __str__(self) -> str:
        return f"payee {self.pk}"


class EarningLot(Record):
    """Money that a payee has earned and that still clears. The lots of a person add up to their CLEARING accounts.

    `amount` was earned; `left` still clears, `cleared` has become theirs to withdraw, `recovered` was taken back.
    """

    payee = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    left = models.BigIntegerField()
    cleared = models.BigIntegerField(default=0)
    recovered = models.BigIntegerField(default=0)
    #: What it was earned by ("hold"), and the payment that the money came from, if it came from one.
    source_type = models.CharField(max_length=32)
    source_id = models.UUIDField()
    payment_id = models.UUIDField(null=True)
    level = models.CharField(max_length=16)
    reason = models.CharField(max_length=32)
    clears_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=F("left") + F("cleared") + F("recovered"), amount__gt=0),
                name="earning_lot_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(left__gte=0, cleared__gte=0, recovered__gte=0), name="earning_lot_parts_are_not_negative"
            ),
            models.UniqueConstraint(fields=["source_type", "source_id"], name="one_earning_lot_per_source"),
        ]
        indexes = [
            models.Index(fields=["clears_at"], name="earning_lot_due", condition=Q(left__gt=0)),
            models.Index(fields=["payee", "id"], name="earning_lot_of_payee", condition=Q(left__gt=0)),
        ]

    def money(self, minor_units: int) -> Money:
        """Return an amount of this row as money."""
        return Money(minor_units, self.currency)


class Payout(Record):
    """A withdrawal: from the wallet through `in_transit` to the payee's bank.

    `transferred` says that the money is at the payee's own balance at the gateway, from where a failed payout is
    taken back; `returning` that this is under way; `bounced` that it had been paid before.
    """

    account = models.ForeignKey(PayeeAccount, on_delete=models.PROTECT, related_name="payouts")
    payee = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    gateway = models.CharField(max_length=32)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    status = models.CharField(max_length=16, default=PayoutStatus.REQUESTED)
    automatic = models.BooleanField(default=False)
    speed = models.CharField(max_length=8, default=PayoutSpeed.STANDARD)
    #: What the payee pays for the speed, beside the amount; they have it back when the payout does not arrive.
    fee = models.BigIntegerField(default=0)
    #: It waits for a code that the gateway has sent to the marketplace.
    needs_otp = models.BooleanField(default=False)
    transferred = models.BooleanField(default=False)
    returning = models.BooleanField(default=False)
    bounced = models.BooleanField(default=False)
    transfer_gateway_id = models.CharField(max_length=255, blank=True)
    gateway_id = models.CharField(max_length=255, blank=True)
    failure_code = models.CharField(max_length=64, blank=True)
    failure_message = models.CharField(max_length=255, blank=True)
    arrives_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_amount_is_positive"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="payout_fee_is_not_negative"),
        ]
        indexes = [
            models.Index(fields=["payee", "id"], name="payout_of_payee"),
            models.Index(fields=["gateway_id"], name="payout_at_gateway", condition=~Q(gateway_id="")),
            models.Index(
                fields=["status", "id"],
                name="payout_open",
                condition=Q(status__in=["requested", "transferring", "paying"]),
            ),
        ]

    def total(self) -> Money:
        """Return what is paid out."""
        return Money(self.amount, self.currency)

    def price(self) -> Money:
        """Return what the payee pays for its speed."""
        return Money(self.fee, self.currency)


class PayoutCoverage(models.Model):
    """Which part of which released payment a paid payout has brought to the bank."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="coverage")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="coverage")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payout", "payment"], name="one_coverage_per_payout_and_payment"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_coverage_is_positive"),
        ]
