"""The banks that payouts can go to, as the gateway lists them; kept for a day, as they hardly change."""

from django.core.cache import cache

from jobsphere.kit.errors import Unavailable
from jobsphere.payments import registry
from jobsphere.payments.gateways.base import Bank, Ok

_DAY = 24 * 60 * 60


def list_banks(country: str, gateway: str = "") -> tuple[Bank, ...]:
    """Return the banks of a country by name; asks the gateway, so never inside a transaction.

    Raises GatewayNotConfigured, and Unavailable when it does not answer.
    """
    name = gateway or registry.default_gateway()
    key = f"payments.banks.{name}.{country}"
    if (known := cache.get(key)) is not None:
        return tuple(known)
    answer = registry.gateway(name).banks(country=country)
    if not isinstance(answer, Ok):
        raise Unavailable("The payment service does not list its banks just now. Try again in a moment.")
    banks = tuple(sorted(answer.object, key=lambda bank: bank.name))
    cache.set(key, banks, _DAY)
    return banks
