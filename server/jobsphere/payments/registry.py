"""The gateways in use, as verbs and jobs ask for them."""

from django.conf import settings

from jobsphere.payments.errors import GatewayNotConfigured
from jobsphere.payments.gateways import registry as gateways
from jobsphere.payments.gateways.base import Gateway
from jobsphere.payments.gateways.registry import UnknownGatewayError, get_gateway


def in_use() -> list[str]:
    """Return the names of the gateways that take new payments, in the operator's order."""
    return list(settings.GATEWAYS)


def default_gateway() -> str:
    """Return the name of the first of them, which also pays out."""
    return str(settings.GATEWAY)


def called_at(address: str) -> str:
    """Return which gateway calls us at POST /api/webhooks/<address>; a sandbox calls where its company would."""
    return gateways.called_at(address, default=default_gateway())


def gateway(name: str) -> Gateway:
    """Return a gateway by name; raises GatewayNotConfigured for one that is not in use."""
    try:
        return get_gateway(name)
    except UnknownGatewayError as error:
        raise GatewayNotConfigured(f"This marketplace does not use the gateway '{name}'.") from error
