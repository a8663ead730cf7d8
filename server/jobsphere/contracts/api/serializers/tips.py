"""How tips are spelled."""

from rest_framework import serializers

from jobsphere.contracts.api.serializers.common import Base, actions
from jobsphere.contracts.types import TipStatus
from jobsphere.web.serializers import MoneyField, StrictSerializer


class TipWriteSerializer(StrictSerializer):
    """How much, and a word of thanks."""

    amount = MoneyField()
    message = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class TipSerializer(Base):
    """A tip; an unpaid one is shown to the customer alone."""

    id = serializers.UUIDField()
    amount = MoneyField()
    message = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=[each.value for each in TipStatus])
    payment_id = serializers.UUIDField(allow_null=True, help_text="Its latest payment, for the customer.")
    paid_at = serializers.DateTimeField(allow_null=True)
    refunded = MoneyField(
        allow_null=True, help_text="What of it went back to the customer or their bank; null while all of it stands."
    )
    allowed_actions = actions()
