"""Gateways on the admin's wire."""

from rest_framework import serializers

from jobsphere.backoffice.api.serializers.money import one_of
from jobsphere.payments.types import CircuitState, GatewayView, PaymentMethodKind


class CapabilitiesSerializer(serializers.Serializer[object]):
    """What a gateway is able to do."""

    manual_capture = serializers.BooleanField(help_text="Reserves; without it money is taken at once (prepaid).")
    partial_capture = serializers.BooleanField()
    parallel_refunds = serializers.BooleanField()
    connected_payouts = serializers.BooleanField()
    transfer_reversal = serializers.BooleanField()
    instant_payouts = serializers.BooleanField()
    dispute_evidence = serializers.BooleanField()
    currencies = serializers.SerializerMethodField(help_text="ISO 4217 codes that it takes; empty: all.")
    payment_methods = serializers.ListField(child=one_of(PaymentMethodKind))

    def get_currencies(self, found: object) -> list[str]:
        return sorted(getattr(found, "currencies", ()))


class GatewayHealthSerializer(serializers.Serializer[GatewayView]):
    """A gateway, and whether new payments are made there: `open` means that they are not."""

    name = serializers.CharField()
    state = one_of(CircuitState)
    forced = serializers.BooleanField(help_text="Somebody at the marketplace has opened it.")
    since = serializers.DateTimeField(allow_null=True)
    failures = serializers.IntegerField(help_text="Requests in a row that had no answer.")
    failed_at = serializers.DateTimeField(allow_null=True)
    last_error = serializers.CharField(allow_blank=True)
    retry_at = serializers.DateTimeField(allow_null=True, help_text="When one new payment will see if it answers.")
    capabilities = CapabilitiesSerializer()
