"""How change orders are spelled."""

from typing import Any

from rest_framework import serializers

from jobsphere.contracts.api.serializers.common import Base, actions
from jobsphere.contracts.types import Change, ChangeKind, ChangeOrderStatus
from jobsphere.web.serializers import MoneyField, StrictSerializer


class ChangeWriteSerializer(StrictSerializer):
    """One line: `price` and `remove` and `date` name a milestone, `add` a title and an amount, `expenses` the new
    cap on expenses as amount."""

    kind = serializers.ChoiceField(choices=[each.value for each in ChangeKind])
    milestone_id = serializers.UUIDField(required=False, allow_null=True)
    title = serializers.CharField(max_length=200, required=False, allow_blank=True)
    amount = MoneyField(required=False)
    due_on = serializers.DateField(required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> Change:
        values = super().to_internal_value(data)
        return Change(**{**values, "kind": ChangeKind(values["kind"])})


class ChangeOrderWriteSerializer(StrictSerializer):
    """What is to change, and why."""

    changes = ChangeWriteSerializer(many=True, allow_empty=False)
    reason = serializers.CharField(min_length=3, max_length=1000)


class ChangeSerializer(Base):
    """One line, with what was before."""

    kind = serializers.ChoiceField(choices=[each.value for each in ChangeKind])
    milestone_id = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    amount = MoneyField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    was = MoneyField(allow_null=True)
    was_due_on = serializers.DateField(allow_null=True)


class ChangeOrderSerializer(Base):
    """A change order; in money it means `pay`, `back` (at once) and `later` (paid in before its work starts)."""

    id = serializers.UUIDField()
    contract_id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[each.value for each in ChangeOrderStatus])
    proposed_by = serializers.ChoiceField(choices=["customer", "contractor"])
    reason = serializers.CharField()
    changes = ChangeSerializer(many=True)
    pay = MoneyField(allow_zero=True)
    back = MoneyField(allow_zero=True)
    later = MoneyField(allow_zero=True, help_text="Below zero when less is to be paid in later than before.")
    payment_id = serializers.UUIDField(allow_null=True, help_text="Its latest payment, for the customer.")
    expires_at = serializers.DateTimeField()
    answer = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = actions()
