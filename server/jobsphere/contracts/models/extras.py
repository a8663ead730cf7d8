"""What the customer pays besides the work: tips and expenses are rows of this shape (ADR 0030)."""

from django.db import models

from jobsphere.db.models import Record


class Extra(Record):
    """Money that is the contractor's at once and bears no fee; where it is says its escrow hold alone."""

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="%(class)ss")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    payment = models.ForeignKey("payments.Payment", models.PROTECT, null=True, related_name="+")
    hold_id = models.UUIDField(null=True)
    paid_at = models.DateTimeField(null=True)
    #: Each table says which statuses it may have.
    status: "models.CharField[str, str]"

    class Meta:
        abstract = True
