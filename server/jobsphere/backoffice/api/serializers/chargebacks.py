"""Chargebacks and debts on the admin's wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from jobsphere.backoffice.api.serializers.money import one_of
from jobsphere.backoffice.api.serializers.queries import ListQuery, choice
from jobsphere.payments.types import ChargebackStatus, ChargebackView
from jobsphere.web.serializers import MoneyField, ReasonSerializer, StrictSerializer


class ChargebacksQuery(ListQuery):
    """The query of the list of all chargebacks."""

    status = choice(ChargebackStatus)
    gateway = serializers.CharField(required=False, max_length=32)
    currency = serializers.CharField(required=False, max_length=3)
    payment_id = serializers.UUIDField(required=False)


class ChargebackSerializer(serializers.Serializer[ChargebackView]):
    """What a customer's bank takes back, or only asks about (`inquiry`)."""

    id = serializers.UUIDField()
    payment_id = serializers.UUIDField()
    payer_name = serializers.CharField()
    payee_name = serializers.CharField()
    gateway = serializers.CharField()
    gateway_id = serializers.CharField()
    status = one_of(ChargebackStatus)
    inquiry = serializers.BooleanField()
    reason = serializers.CharField()
    amount = MoneyField()
    taken = MoneyField(allow_zero=True)
    returned = MoneyField(allow_zero=True)
    fee = MoneyField(allow_zero=True)
    lost = MoneyField(allow_zero=True)
    written_off = MoneyField(allow_zero=True)
    created_at = serializers.DateTimeField()
    evidence_due_by = serializers.DateTimeField(allow_null=True)
    sends_itself_at = serializers.DateTimeField(
        allow_null=True, help_text="When the evidence goes to the bank by itself, unless somebody sends it before."
    )
    pending = serializers.BooleanField(help_text="Asked of the gateway, which has not answered yet.")
    evidence_sent_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class EvidenceSerializer(serializers.Serializer[Any]):
    """What is, or would be, sent to the bank."""

    texts = serializers.DictField(child=serializers.CharField(allow_blank=True), help_text="By the bank's fields.")
    text = serializers.CharField(help_text="All of it as one text.")
    edited = serializers.ListField(child=serializers.CharField(), help_text="The fields that finance has changed.")


class ChargebackDetailSerializer(ChargebackSerializer):
    """A chargeback with the evidence: a draft until it is submitted, then what was sent."""

    evidence = serializers.SerializerMethodField()

    @extend_schema_field(EvidenceSerializer)
    def get_evidence(self, view: ChargebackView) -> dict[str, Any]:
        return dict(self.context["evidence"])


class EditEvidenceSerializer(StrictSerializer):
    """Texts that take the place of what was assembled; fields that are not named stay as they are."""

    evidence = serializers.DictField(child=serializers.CharField(allow_blank=True, trim_whitespace=False))


class SubmitEvidenceSerializer(ReasonSerializer):
    """Send the evidence, with last changes if there are any."""

    evidence = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)


class ForgiveSerializer(ReasonSerializer):
    """Write off what somebody owes."""

    amount = MoneyField()


class DebtSerializer(serializers.Serializer[Any]):
    """What somebody still owes."""

    user_id = serializers.UUIDField()
    owed = MoneyField(allow_zero=True)
