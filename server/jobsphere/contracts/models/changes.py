"""What the two agree to change of a running contract."""

from django.db import models
from django.db.models import Q

from jobsphere.contracts.models.offers import choices
from jobsphere.contracts.rules.changes import OPEN_CHANGE_ORDERS, ChangeOrderStatus
from jobsphere.db.models import Record


class ChangeOrder(Record):
    """One proposal to change a contract; its lines are `rules.changes.Change` as JSON, with what was before."""

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="change_orders")
    #: The party that proposes it: customer or contractor.
    proposed_by = models.CharField(max_length=12)
    reason = models.CharField(max_length=1000)
    changes = models.JSONField()
    status = models.CharField(max_length=12, choices=choices(ChangeOrderStatus), default=ChangeOrderStatus.PROPOSED)
    currency = models.CharField(max_length=3)
    #: What it means in money, in minor units: paid and given back when it is applied, paid in later (may be negative).
    pay_amount = models.BigIntegerField()
    back_amount = models.BigIntegerField()
    later_amount = models.BigIntegerField()
    #: The latest payment of the difference.
    payment = models.ForeignKey("payments.Payment", models.PROTECT, null=True, related_name="+")
    #: To be answered by then; once agreed, to be paid by then.
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pay_amount__gte=0, back_amount__gte=0), name="change_order_amounts"),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(status__in=OPEN_CHANGE_ORDERS), name="change_order_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["contract", "-id"], name="change_order_by_contract"),
            models.Index(
                fields=["expires_at"], condition=Q(status__in=OPEN_CHANGE_ORDERS), name="change_order_to_expire"
            ),
        ]
