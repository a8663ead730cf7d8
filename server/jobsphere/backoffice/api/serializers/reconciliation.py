"""Reconciliations, sealed statements and the proof on the admin's wire. Amounts in statements are signed."""

from typing import Any

from rest_framework import serializers

from jobsphere.ledger.findings import DifferenceView, RunView
from jobsphere.ledger.types import StatementView
from jobsphere.payments.movements.proof import Proof
from jobsphere.web.serializers import MoneyField, StrictSerializer

STATUSES = ["queued", "running", "finished"]


class StartSerializer(StrictSerializer):
    """What a reconciliation is narrowed to: by default nothing is left out."""

    gateway = serializers.CharField(required=False, max_length=32, help_text="Only what concerns this gateway.")
    since = serializers.DateTimeField(required=False, help_text="Ask the gateway again for everything from here on.")


class CheckDoneSerializer(serializers.Serializer[Any]):
    """A check that is done."""

    name = serializers.CharField()
    differences = serializers.IntegerField()
    pending = serializers.IntegerField()
    milliseconds = serializers.IntegerField()


class RunSerializer(serializers.Serializer[RunView]):
    """A reconciliation: how far it is and what it found. `pending` is under way and not counted as a difference."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=STATUSES)
    sound = serializers.BooleanField()
    started_by = serializers.CharField()
    gateway = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    asked_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    checks_total = serializers.IntegerField()
    checks_done = serializers.IntegerField()
    current = serializers.CharField(help_text="What is being looked at now.")
    differences = serializers.IntegerField()
    pending = serializers.IntegerField()
    checks = CheckDoneSerializer(many=True)


class DifferenceSerializer(serializers.Serializer[DifferenceView]):
    """A difference, what it means, and what to do next."""

    id = serializers.UUIDField()
    check = serializers.CharField()
    code = serializers.CharField()
    subject = serializers.CharField()
    words = serializers.CharField()
    meaning = serializers.CharField()
    next_step = serializers.CharField()
    amount = MoneyField(allow_null=True, help_text="What one side has more than the other, where it is about money.")
    pending = serializers.BooleanField(help_text="Something is under way; a matter of time.")
    first_seen = serializers.DateTimeField()
    last_seen = serializers.DateTimeField()
    times_seen = serializers.IntegerField()
    gone_at = serializers.DateTimeField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    acknowledged_by = serializers.CharField()
    note = serializers.CharField()


class SealedDaySerializer(serializers.Serializer[StatementView]):
    """A sealed day. Keep a seal elsewhere, and you can prove everything before it."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    day = serializers.DateField()
    sealed_at = serializers.DateTimeField()
    transfers = serializers.IntegerField()
    entries = serializers.IntegerField()
    first_transfer = serializers.UUIDField(allow_null=True)
    last_transfer = serializers.UUIDField(allow_null=True)
    previous = serializers.CharField(help_text="The seal of the day before.")
    chain = serializers.CharField(help_text="The digest of the day's last transfer.")
    seal = serializers.CharField()


class DayLineSerializer(serializers.Serializer[Any]):
    """All accounts of one kind: closing = opening + debits - credits, debit positive."""

    kind = serializers.CharField()
    opening = MoneyField()
    debits = MoneyField()
    credits = MoneyField()
    closing = MoneyField()


class SealedStatementSerializer(SealedDaySerializer):
    """A sealed day with its lines, by currency and kind of account."""

    lines = DayLineSerializer(many=True)


class ProofLineSerializer(serializers.Serializer[Any]):
    """A kind of movement at the gateway, or a code of transfer in our books."""

    kind = serializers.CharField()
    count = serializers.IntegerField()
    amount = MoneyField()
    fee = MoneyField()
    net = MoneyField()


class ProofSideSerializer(serializers.Serializer[Any]):
    """One side of the proof."""

    opening = MoneyField()
    lines = ProofLineSerializer(many=True)
    closing = MoneyField()


class ProofSerializer(serializers.Serializer[Proof]):
    """Our account at a gateway beside the gateway's own movements; the difference is zero."""

    gateway = serializers.CharField()
    currency = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField()
    fetched_at = serializers.DateTimeField(allow_null=True)
    theirs = ProofSideSerializer()
    ours = ProofSideSerializer()
    difference = MoneyField()


class StatusSumSerializer(serializers.Serializer[Any]):
    """How many are in a status, and what they come to."""

    status = serializers.CharField()
    count = serializers.IntegerField()
    amount = MoneyField()


class MoneyFiguresSerializer(serializers.Serializer[Any]):
    """Where the money is, for charts."""

    payments = StatusSumSerializer(many=True)
    refunds = StatusSumSerializer(many=True)
    payouts = StatusSumSerializer(many=True)
    holds = StatusSumSerializer(many=True)
    accounts = StatusSumSerializer(many=True, help_text="By kind of account; natural balances.")
