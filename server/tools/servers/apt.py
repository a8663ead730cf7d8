"""Debian's packages, for a root that has none of the servers yet (a fresh machine, a CI container)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.servers.common import Missing

# Debian asks this script before it starts a service that was just installed; 101 means no.
_POLICY = Path("/usr/sbin/policy-rc.d")


def install(package: str) -> None:
    """Install a package without starting its service; raise Missing where that cannot be done."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing("apt-get as root is not available")
    print(f"installing {package} with apt-get ...", file=sys.stderr, flush=True)
    with _services_stay_off():
        for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
            _apt(command)


def _apt(command: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", "-qq", *command],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise Missing(f"apt-get {command[0]} failed: {last[0]}")


@contextmanager
def _services_stay_off() -> Iterator[None]:
    if _POLICY.exists():  # the machine has a policy of its own
        yield
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n")
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink(missing_ok=True)
