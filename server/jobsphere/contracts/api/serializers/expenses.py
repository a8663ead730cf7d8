"""How expenses are spelled."""

from rest_framework import serializers

from jobsphere.contracts.api.serializers.common import Base, actions
from jobsphere.contracts.types import ExpenseStatus
from jobsphere.web.serializers import MoneyField, StrictSerializer


class ExpenseWriteSerializer(StrictSerializer):
    """What was bought, when, for how much; `file_ids` are the receipts, uploaded before."""

    amount = MoneyField()
    what = serializers.CharField(min_length=3, max_length=500)
    spent_on = serializers.DateField()
    file_ids = serializers.ListField(child=serializers.UUIDField(), max_length=5)


class ReceiptSerializer(Base):
    """A receipt. Read it at `url`."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    display_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")


class ExpenseSerializer(Base):
    """What a contractor has laid out and claims back; paid, it is theirs whole."""

    id = serializers.UUIDField()
    amount = MoneyField()
    what = serializers.CharField()
    spent_on = serializers.DateField()
    status = serializers.ChoiceField(choices=[each.value for each in ExpenseStatus])
    receipts = ReceiptSerializer(many=True)
    payment_id = serializers.UUIDField(allow_null=True, help_text="Its latest payment, for the customer.")
    expires_at = serializers.DateTimeField(help_text="Without an answer it lapses then.")
    answer = serializers.CharField(allow_blank=True, help_text="Why it was declined.")
    created_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField(allow_null=True)
    refunded = MoneyField(
        allow_null=True, help_text="What of it went back to the customer or their bank; null while all of it stands."
    )
    allowed_actions = actions()


class ExpensesSerializer(Base):
    """The cap that both agreed on by a change order, what is left of it, and the claims."""

    cap = MoneyField(allow_zero=True)
    left = MoneyField(allow_zero=True)
    claims = ExpenseSerializer(many=True)
