"""What banks take back."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.encryption_fields import EncryptedJSONField
from jobsphere.db.models import Record
from jobsphere.kit.money import Money
from jobsphere.payments.models.payments import Payment
from jobsphere.payments.rules import (
    ChargebackStatus,
)


class Chargeback(Record):
    """A payer's bank takes a payment back, in full or in part, or only asks about it (`inquiry`).

    `taken`, `returned` and `fee` are what the gateway has moved by now, as booked; `lost` is what was accepted as gone,
    of which the payment's parties bear all but `written_off`. What is left of it stands on the CHARGEBACK account:
    taken - returned - lost. `payee_fee` is the part of the fee that the payee bears.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="chargebacks")
    gateway = models.CharField(max_length=32)
    gateway_id = models.CharField(max_length=255)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    status = models.CharField(max_length=16, default=ChargebackStatus.OPEN)
    inquiry = models.BooleanField(default=False)
    reason = models.CharField(max_length=255, blank=True)
    taken = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    fee = models.BigIntegerField(default=0)
    lost = models.BigIntegerField(default=0)
    written_off = models.BigIntegerField(default=0)
    payee_fee = models.BigIntegerField(default=0)
    evidence_due_by = models.DateTimeField(null=True)
    #: What staff have changed of the draft, and once it is submitted all that was sent.
    evidence = EncryptedJSONField(null=True, row_bound=False)
    #: Submission has been asked for; `evidence_sent_at` once the bank has it.
    submitting_at = models.DateTimeField(null=True)
    evidence_sent_at = models.DateTimeField(null=True)
    accepting_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    #: Counts what was learned of it; numbers its bookings.
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="chargeback_amount_is_positive"),
            models.CheckConstraint(
                condition=Q(lost__gte=0, lost__lte=F("taken") - F("returned")), name="chargeback_lost_was_taken"
            ),
            models.CheckConstraint(
                condition=Q(written_off__gte=0, written_off__lte=F("lost")), name="chargeback_written_off_was_lost"
            ),
            models.UniqueConstraint(fields=["gateway", "gateway_id"], name="one_chargeback_per_gateway_object"),
        ]
        indexes = [
            models.Index(fields=["payment", "id"], name="chargeback_of_payment"),
            models.Index(
                fields=["evidence_due_by"],
                name="chargeback_contested",
                condition=Q(status__in=["open", "under_review"]),
            ),
        ]

    def money(self, minor_units: int) -> Money:
        """Return an amount of this row as money."""
        return Money(minor_units, self.currency)

    @property
    def standing(self) -> Money:
        """Return what stands on its account: taken, and neither given back nor lost yet."""
        return self.money(self.taken - self.returned - self.lost)
