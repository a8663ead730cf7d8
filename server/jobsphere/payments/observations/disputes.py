"""A payer's chargeback, as the gateway reports it."""

from jobsphere.payments import chargebacks
from jobsphere.payments.gateways.base import DisputeSnapshot


def observe_dispute(gateway: str, snapshot: DisputeSnapshot) -> None:
    """Apply a state that the gateway has reported."""
    chargebacks.learn(gateway, snapshot)
