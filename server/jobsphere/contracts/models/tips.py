"""What a customer gives on top."""

from django.db import models
from django.db.models import Q

from jobsphere.contracts.models.offers import choices
from jobsphere.contracts.rules.tips import TipStatus
from jobsphere.db.models import Record


class Tip(Record):
    """A thank-you in money, during a contract or after it; where the money is says its escrow hold alone."""

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="tips")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    message = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=20, choices=choices(TipStatus), default=TipStatus.AWAITING_PAYMENT)
    payment = models.ForeignKey("payments.Payment", models.PROTECT, null=True, related_name="+")
    hold_id = models.UUIDField(null=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="tip_amount_positive"),
            models.CheckConstraint(
                condition=~Q(status=TipStatus.PAID) | Q(hold_id__isnull=False), name="tip_paid_has_a_hold"
            ),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(status=TipStatus.AWAITING_PAYMENT), name="tip_one_unpaid"
            ),
        ]
        indexes = [models.Index(fields=["contract", "-id"], name="tip_by_contract")]
