"""Cards that people keep for later payments. Never a number: the gateway has it."""

from django.db import models
from django.db.models import Q

from jobsphere.db.encryption_fields import EncryptedJSONField
from jobsphere.db.models import Record
from jobsphere.payments.rules import SavedMethodStatus


class SavedMethod(Record):
    """A card that its owner lets us charge while they are away, as far as they may see it themselves."""

    owner = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    gateway = models.CharField(max_length=32)
    status = models.CharField(max_length=16, default=SavedMethodStatus.SAVING)
    #: What was made at the gateway to save it, whose it is there, and what payments name.
    gateway_id = models.CharField(max_length=255, blank=True)
    customer_ref = models.CharField(max_length=255, blank=True)
    method_ref = models.CharField(max_length=255, blank=True)
    brand = models.CharField(max_length=32, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    expires_month = models.PositiveSmallIntegerField(default=0)
    expires_year = models.PositiveSmallIntegerField(default=0)
    #: The one that is charged where none is named.
    is_default = models.BooleanField(default=False)
    failure_message = models.CharField(max_length=255, blank=True)
    #: Only while the owner must prove who they are: the page of their bank.
    action = EncryptedJSONField(null=True, row_bound=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(is_default=True), name="one_default_method_a_person"),
            models.CheckConstraint(
                condition=~Q(status=SavedMethodStatus.SAVED) | (~Q(method_ref="") & ~Q(customer_ref="")),
                name="saved_method_can_pay",
            ),
        ]
        indexes = [models.Index(fields=["owner", "id"], name="saved_method_of_owner")]
