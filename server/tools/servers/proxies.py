"""The proxies of production, for the test of the production topology."""

from __future__ import annotations

import shutil

from tools.servers import apt
from tools.servers.common import Missing


def binary(name: str) -> str:
    """Where a proxy lies on this machine; installed, under its own name, where that can be done. Raises Missing."""
    if not shutil.which(name):
        apt.install(name)
    if found := shutil.which(name):
        return found
    raise Missing(f"no {name} on this machine")
