"""Payments, holds, refunds, payouts, operations and wallets on the admin's wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.backoffice.types import HoldRecord, PayoutRecord, WalletRecord
from jobsphere.escrow.types import HoldStatus
from jobsphere.payments.types import (
    OperationKind,
    OperationStatus,
    OperationView,
    PaymentDetail,
    PaymentStatus,
    PaymentView,
    PayoutStatus,
    RefundStatus,
    RefundView,
)
from jobsphere.web.serializers import MoneyField, PersonSerializer, ReasonSerializer


def one_of(values: Any) -> serializers.ChoiceField:
    """Return a field that shows one of an enum's values."""
    return serializers.ChoiceField(choices=[str(each) for each in values])


class AdminPaymentSerializer(serializers.Serializer[PaymentView]):
    """A payment. `status` is one of the six that everybody knows, `detail` says exactly where it stands."""

    id = serializers.UUIDField()
    status = one_of(PaymentStatus)
    detail = one_of(PaymentDetail)
    amount = MoneyField()
    captured = MoneyField(allow_zero=True)
    refunded = MoneyField(allow_zero=True)
    charged_back = MoneyField(allow_zero=True)
    payer_id = serializers.UUIDField()
    payer_name = serializers.CharField()
    payee_id = serializers.UUIDField(allow_null=True)
    payee_name = serializers.CharField()
    purpose_type = serializers.CharField()
    purpose_id = serializers.UUIDField()
    gateway = serializers.CharField()
    disputed = serializers.BooleanField()
    partially_refunded = serializers.BooleanField()
    failure_code = serializers.CharField()
    failure_message = serializers.CharField()
    authorized_until = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


_REFUND_ACTIONS = {RefundStatus.FAILED: ["retry", "pay_by_hand"]}
_HOLD_ACTIONS = {HoldStatus.FUNDED: ["release", "refund", "freeze"], HoldStatus.FROZEN: ["unfreeze"]}
#: Whose outcome is open is asked at once; what was refused is asked again where its subject still waits for it.
_OPEN = {OperationStatus.PENDING, OperationStatus.UNKNOWN}
_REFUSED = {OperationStatus.DECLINED, OperationStatus.REJECTED}
_ASKED_AGAIN = {OperationKind.CAPTURE, OperationKind.VOID, OperationKind.REVERSE_TRANSFER}


class AdminRefundSerializer(serializers.Serializer[RefundView]):
    """Money on its way back to a card."""

    id = serializers.UUIDField()
    payment_id = serializers.UUIDField()
    amount = MoneyField()
    status = one_of(RefundStatus)
    reason = serializers.CharField()
    failure_code = serializers.CharField()
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.SerializerMethodField()

    def get_allowed_actions(self, refund: RefundView) -> list[str]:
        return _REFUND_ACTIONS.get(refund.status, [])


class AdminPayoutSerializer(serializers.Serializer[PayoutRecord]):
    """A withdrawal to a bank."""

    id = serializers.UUIDField()
    payee = PersonSerializer()
    amount = MoneyField(source="payout.amount")
    status = serializers.ChoiceField(choices=[str(each) for each in PayoutStatus], source="payout.status")
    automatic = serializers.BooleanField(source="payout.automatic")
    gateway = serializers.CharField(source="payout.gateway")
    needs_otp = serializers.BooleanField(
        source="payout.needs_otp", help_text="It goes on when the code is given that the gateway has sent to you."
    )
    returning = serializers.BooleanField(source="payout.returning")
    failure_code = serializers.CharField(source="payout.failure_code")
    failure_message = serializers.CharField(source="payout.failure_message")
    created_at = serializers.DateTimeField(source="payout.created_at")
    arrives_at = serializers.DateTimeField(source="payout.arrives_at", allow_null=True)
    completed_at = serializers.DateTimeField(source="payout.completed_at", allow_null=True)
    allowed_actions = serializers.SerializerMethodField()

    def get_allowed_actions(self, record: PayoutRecord) -> list[str]:
        return ["finalize", "resend-code"] if record.payout.needs_otp else []


class FinalizePayoutSerializer(serializers.Serializer[Any]):
    """The code that the gateway has sent to the marketplace. It is handed on, and kept nowhere."""

    otp = serializers.RegexField(r"^[0-9A-Za-z]{4,12}$", help_text="As it was sent, without spaces.")


class AdminHoldSerializer(serializers.Serializer[HoldRecord]):
    """The money of one milestone: held = service_fee + payout until it is released or refunded."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in HoldStatus], source="hold.status")
    payer = PersonSerializer()
    payee = PersonSerializer()
    contract_id = serializers.UUIDField(source="hold.contract_id")
    milestone_id = serializers.UUIDField(source="hold.milestone_id")
    payment_id = serializers.UUIDField(source="hold.payment_id")
    amount = MoneyField(source="hold.amount")
    platform_fee = MoneyField(source="hold.platform_fee", allow_zero=True)
    held = MoneyField(source="hold.held", allow_zero=True)
    service_fee = MoneyField(source="hold.service_fee", allow_zero=True)
    payout = MoneyField(source="hold.payout", allow_zero=True)
    refunded = MoneyField(source="hold.refunded", allow_zero=True)
    frozen_reason = serializers.CharField(source="hold.frozen_reason")
    created_at = serializers.DateTimeField(source="hold.created_at")
    closed_at = serializers.DateTimeField(source="hold.closed_at", allow_null=True)
    allowed_actions = serializers.SerializerMethodField()

    def get_allowed_actions(self, record: HoldRecord) -> list[str]:
        return _HOLD_ACTIONS.get(record.hold.status, [])


class HoldDecisionSerializer(serializers.Serializer[Any]):
    """A hold after a decision, with the refunds of its payment."""

    hold = AdminHoldSerializer()
    refunds = AdminRefundSerializer(many=True)


class RefundHoldSerializer(ReasonSerializer):
    """Why the money goes back, and how much of it: without an amount, all that is held."""

    amount = MoneyField(required=False)


class AdminOperationSerializer(serializers.Serializer[OperationView]):
    """Something that we asked, or shall ask, of a gateway. `stuck`: asked many times, and still nobody knows."""

    id = serializers.UUIDField()
    kind = one_of(OperationKind)
    status = one_of(OperationStatus)
    stuck = serializers.BooleanField()
    subject_type = serializers.CharField()
    subject_id = serializers.UUIDField()
    gateway = serializers.CharField()
    gateway_object_id = serializers.CharField()
    attempts = serializers.IntegerField()
    last_error = serializers.CharField()
    created_at = serializers.DateTimeField()
    first_sent_at = serializers.DateTimeField(allow_null=True)
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.SerializerMethodField()

    def get_allowed_actions(self, operation: OperationView) -> list[str]:
        again = operation.status in _REFUSED and operation.kind in _ASKED_AGAIN
        return ["retry"] if operation.status in _OPEN or again else []


class AdminWalletSerializer(serializers.Serializer[WalletRecord]):
    """One currency of a person's wallet."""

    id = serializers.UUIDField()
    owner = PersonSerializer()
    balance = MoneyField(allow_zero=True)
