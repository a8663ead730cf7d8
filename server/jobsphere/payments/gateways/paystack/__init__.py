"""Paystack on httpx: charges at once (no authorisation hold), refunds, transfer recipients, transfers, disputes."""

from jobsphere.payments.gateways.paystack.gateway import PaystackGateway

__all__ = ["PaystackGateway"]
