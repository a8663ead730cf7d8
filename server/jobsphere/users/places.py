"""Roughly where an address is: from a list of the operator's own, never by asking anybody."""

import ipaddress
from functools import cache
from typing import Any

import maxminddb
import structlog
from django.conf import settings

logger = structlog.get_logger(__name__)


def place_of(address: str | None) -> str:
    """Return "Lyon, France" where GEOIP_FILE knows it, else the range of the address: enough to recognise oneself."""
    if not address:
        return "unknown"
    return _listed(settings.GEOIP_FILE, address) or range_of(address)


def range_of(address: str) -> str:
    """Return the network that an address is in: /24, or /48 of IPv6."""
    parsed = ipaddress.ip_address(address)
    if parsed.is_loopback:
        return "this machine"
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def _listed(file: str, address: str) -> str:
    reader = _reader(file) if file else None
    found: Any = reader.get(address) if reader else None
    if not isinstance(found, dict):
        return ""
    names = [found.get(part, {}).get("names", {}).get("en", "") for part in ("city", "country")]
    return ", ".join(name for name in names if name)


@cache
def _reader(file: str) -> Any:
    """Open the list once; a broken one is said once, and is no reason to fail."""
    try:
        return maxminddb.open_database(file)
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        logger.warning("geoip.unusable", file=file, error=str(error))
        return None
