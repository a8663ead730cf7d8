"""What a contractor has laid out and claims back."""

from django.db import models
from django.db.models import Q

from jobsphere.contracts.models.extras import Extra
from jobsphere.contracts.models.offers import choices
from jobsphere.contracts.rules.expenses import ExpenseStatus


class Expense(Extra):
    """A claim with its receipts, which are files attached to it; the customer pays it or says why not."""

    what = models.CharField(max_length=500)
    spent_on = models.DateField()
    status = models.CharField(max_length=12, choices=choices(ExpenseStatus), default=ExpenseStatus.CLAIMED)
    #: To be answered by then.
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    #: Why the customer does not pay it.
    answer = models.CharField(max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="expense_amount_positive"),
            models.CheckConstraint(
                condition=~Q(status=ExpenseStatus.PAID) | Q(hold_id__isnull=False), name="expense_paid_has_a_hold"
            ),
        ]
        indexes = [
            models.Index(fields=["contract", "-id"], name="expense_by_contract"),
            models.Index(fields=["expires_at"], condition=Q(status=ExpenseStatus.CLAIMED), name="expense_to_lapse"),
        ]
