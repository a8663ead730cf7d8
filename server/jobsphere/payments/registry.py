"""The gateways in use, as verbs and jobs ask for them."""

from django.conf import settings

from jobsphere.payments.errors import GatewayNotConfigured
from jobsphere.payments.gateways.base import Gateway
from jobsphere.payments.gateways.registry import UnknownGatewayError, get_gateway


def default_gateway() -> str:
    """Return the name of the gateway that takes new payments."""
    return str(settings.GATEWAY)


def gateway(name: str) -> Gateway:
    """Return a gateway by name; raises GatewayNotConfigured for one that is not in use."""
    try:
        return get_gateway(name)
    except UnknownGatewayError as error:
        raise GatewayNotConfigured(f"This marketplace does not use the gateway '{name}'.") from error
