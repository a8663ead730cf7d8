"""What a customer gives on top."""

from django.db import models
from django.db.models import Q

from jobsphere.contracts.models.extras import Extra
from jobsphere.contracts.models.offers import choices
from jobsphere.contracts.rules.tips import TipStatus


class Tip(Extra):
    """A thank-you in money, during a contract or after it."""

    message = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=20, choices=choices(TipStatus), default=TipStatus.AWAITING_PAYMENT)

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
