"""Tables of money in, money back and money out. Amounts are integer minor units of the row's one currency."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.kit.money import Money
from jobsphere.payments.rules import (
    UNSETTLED,
    OperationKind,
    OperationStatus,
    PaymentDetail,
    PaymentStatus,
    PayoutSchedule,
    PayoutStatus,
    RefundStatus,
)


class Payment(Record):
    """Money that a payer pays for a purpose. `detail` is the state; `status` is what it means on the wire.

    `refunding_amount` is reserved when a refund is asked for, `refunded_amount` moves when it has succeeded;
    `kept_amount` is a fee that stays with the marketplace though all else was returned. `earned_amount` has been
    released to the payee, `withdrawn_amount` of it has reached their bank (first in, first out over paid payouts).
    """

    payer = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+", null=True)
    purpose_type = models.CharField(max_length=32)
    purpose_id = models.UUIDField()
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    gateway = models.CharField(max_length=32)
    gateway_id = models.CharField(max_length=255, blank=True)
    capture_method = models.CharField(max_length=9, default="manual")
    #: We named the card, so its refusal is final; else the payer's browser goes on until one is accepted.
    method_chosen = models.BooleanField(default=False)
    status = models.CharField(max_length=16, default=PaymentStatus.PENDING)
    detail = models.CharField(max_length=24, default=PaymentDetail.CREATED)
    captured_amount = models.BigIntegerField(default=0)
    refunding_amount = models.BigIntegerField(default=0)
    refunded_amount = models.BigIntegerField(default=0)
    kept_amount = models.BigIntegerField(default=0)
    earned_amount = models.BigIntegerField(default=0)
    withdrawn_amount = models.BigIntegerField(default=0)
    authorized_until = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    applied_transfer_id = models.UUIDField(null=True)
    failure_code = models.CharField(max_length=64, blank=True)
    failure_message = models.CharField(max_length=255, blank=True)
    disputed = models.BooleanField(default=False)
    #: Only while the payer must act: what their browser needs to finish. Never in a log or an event.
    action = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_is_positive"),
            models.CheckConstraint(
                condition=Q(captured_amount__gte=0, captured_amount__lte=F("amount")),
                name="payment_captured_within_authorized",
            ),
            models.CheckConstraint(
                condition=Q(refunded_amount__gte=0, refunded_amount__lte=F("refunding_amount")),
                name="payment_refunded_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(refunding_amount__lte=F("captured_amount")), name="payment_refunds_within_captured"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_amount__gte=0, withdrawn_amount__lte=F("earned_amount")),
                name="payment_withdrawn_was_earned",
            ),
            models.UniqueConstraint(
                fields=["gateway", "gateway_id"], condition=~Q(gateway_id=""), name="one_payment_per_gateway_object"
            ),
        ]
        indexes = [
            models.Index(fields=["payer", "id"], name="payment_of_payer"),
            models.Index(fields=["payee", "id"], name="payment_of_payee"),
            models.Index(fields=["purpose_id"], name="payment_of_purpose"),
            models.Index(
                fields=["payee", "currency", "id"],
                name="payment_to_cover",
                condition=Q(earned_amount__gt=F("withdrawn_amount")),
            ),
            models.Index(fields=["detail", "id"], name="payment_waiting", condition=Q(status="pending")),
        ]

    def money(self, minor_units: int) -> Money:
        """Return an amount of this row as money."""
        return Money(minor_units, self.currency)


class Refund(Record):
    """Money on its way back to the card; until it has arrived it stands in the ledger's refund_in_transit."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    gateway_id = models.CharField(max_length=255, blank=True)
    status = models.CharField(max_length=16, default=RefundStatus.REQUESTED)
    reason = models.CharField(max_length=1000)
    failure_code = models.CharField(max_length=64, blank=True)
    #: How often it was asked of the gateway; each time is an operation of its own.
    round = models.PositiveIntegerField(default=1)
    succeeded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_is_positive")]
        indexes = [
            models.Index(fields=["gateway_id"], name="refund_at_gateway", condition=~Q(gateway_id="")),
            models.Index(fields=["status", "id"], name="refund_open", condition=Q(status__in=["requested", "pending"])),
        ]

    def total(self) -> Money:
        """Return what goes back."""
        return Money(self.amount, self.currency)


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
    schedule = models.CharField(max_length=16, default=PayoutSchedule.MANUAL)
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
        indexes = [
            models.Index(fields=["id"], name="payee_automatic", condition=Q(schedule="automatic", payouts_enabled=True))
        ]


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
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payout_amount_is_positive")]
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


class GatewayOperation(Record):
    """An intent to move money at a gateway, written before it is asked for, with its own stable idempotency key.

    The key under which it is sent changes only when the gateway itself has spoilt it (`generation`).
    """

    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in OperationKind])
    subject_type = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    gateway = models.CharField(max_length=32)
    key = models.CharField(max_length=128)
    generation = models.PositiveIntegerField(default=1)
    request = models.JSONField(default=dict)
    status = models.CharField(max_length=16, default=OperationStatus.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    first_sent_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    #: The next attempt asks the gateway what became of the last one before it sends anything.
    look_first = models.BooleanField(default=False)
    last_error = models.CharField(max_length=1000, blank=True)
    gateway_object_id = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "key"], name="one_gateway_operation_per_key"),
            models.UniqueConstraint(
                fields=["gateway", "kind", "gateway_object_id"],
                condition=Q(kind__in=["authorize", "refund", "transfer", "reverse_transfer", "pay_out"])
                & ~Q(gateway_object_id=""),
                name="one_gateway_operation_per_object",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="gateway_operation_subject"),
            models.Index(
                fields=["next_attempt_at"],
                name="gateway_operation_open",
                condition=Q(status__in=sorted(UNSETTLED)),
            ),
        ]

    @property
    def sent_key(self) -> str:
        """Return the idempotency key that the gateway gets."""
        return self.key if self.generation == 1 else f"{self.key}.{self.generation}"


class GatewayEvent(Record):
    """The inbox: what a gateway has told us, verified and stored once. Only a hint to look at the object again."""

    gateway = models.CharField(max_length=32)
    event_key = models.CharField(max_length=255)
    type = models.CharField(max_length=128)
    object_kind = models.CharField(max_length=32)
    object_id = models.CharField(max_length=255)
    payee_id = models.CharField(max_length=255, blank=True)
    happened_at = models.DateTimeField()
    body = models.TextField()
    attempts = models.PositiveIntegerField(default=0)
    handled_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "event_key"], name="one_gateway_event_per_key"),
        ]
        indexes = [models.Index(fields=["id"], name="gateway_event_open", condition=Q(handled_at=None))]
