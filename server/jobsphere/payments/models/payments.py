"""Money in, and money back."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.encryption_fields import EncryptedJSONField
from jobsphere.db.models import Record
from jobsphere.kit.money import Money
from jobsphere.payments.rules import (
    PaymentDetail,
    PaymentStatus,
    RefundStatus,
)


class Payment(Record):
    """Money that a payer pays for a purpose. `detail` is the state; `status` is what it means on the wire.

    `refunding_amount` is reserved when a refund is asked for, `refunded_amount` moves when it has succeeded;
    `kept_amount` is a fee that stays with the marketplace though all else was returned. `charged_back_amount` is what
    lost chargebacks have cost, less what was written off because it was more than the payment had left.
    `earned_amount` has been released to the payee (less what was taken back before it was withdrawn),
    `withdrawn_amount` of it has reached their bank (first in, first out over paid payouts).
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
    charged_back_amount = models.BigIntegerField(default=0)
    earned_amount = models.BigIntegerField(default=0)
    withdrawn_amount = models.BigIntegerField(default=0)
    authorized_until = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    #: It was taken before it was asked for, and so stood in the ledger's prepaid account first.
    prepaid = models.BooleanField(default=False)
    applied_transfer_id = models.UUIDField(null=True)
    failure_code = models.CharField(max_length=64, blank=True)
    failure_message = models.CharField(max_length=255, blank=True)
    disputed = models.BooleanField(default=False)
    #: Only while the payer must act: what their browser needs to finish. Never in a log or an event.
    action = EncryptedJSONField(null=True, row_bound=False)

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
                condition=Q(
                    charged_back_amount__gte=0,
                    charged_back_amount__lte=F("captured_amount") - F("refunding_amount"),
                ),
                name="payment_charged_back_within_what_is_left",
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
            # The metrics count money in each status from this index alone, without touching a row.
            models.Index(fields=["status", "currency", "amount"], name="payment_by_status"),
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
