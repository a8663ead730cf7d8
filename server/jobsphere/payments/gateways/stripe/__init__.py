"""Stripe through its official SDK: PaymentIntents with manual capture, Connect Express, separate transfers, payouts."""

from jobsphere.payments.gateways.stripe.gateway import StripeGateway

__all__ = ["StripeGateway"]
