"""The proxy of production, for the test of the production topology."""

from __future__ import annotations

import shutil

from tools.servers import apt
from tools.servers.common import Missing

DEBIAN_PACKAGE = "caddy"


def binary() -> str:
    """Where Caddy lies on this machine; installed where that can be done. Raises Missing."""
    if not shutil.which("caddy"):
        apt.install(DEBIAN_PACKAGE)
    if found := shutil.which("caddy"):
        return found
    raise Missing("no caddy on this machine")
