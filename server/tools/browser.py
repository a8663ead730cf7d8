"""The web app in a real browser: Playwright's journeys against a real server with the demo city.

Chromium is found on PATH (or named by CHROMIUM), or installed with apt on Debian as root; else the run says so.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools import web
from tools.servers import Missing, apt

SILENT_SECONDS = 240
NAMES = ("chromium", "chromium-browser", "google-chrome")


class NotStarted(Exception):
    """The marketplace that the journeys are played on did not come up."""


def chromium() -> str:
    """Return the browser; raises Missing with the reason when there is none and none can be installed."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        apt.install("chromium")
        found = shutil.which("chromium")
    if not found:
        raise Missing("no Chromium on PATH, and it could not be installed")
    return found


def journeys(environment: dict[str, str], specs: Sequence[str] = ()) -> tuple[bool, dict[str, int]]:
    """Play journeys (by default all) on a server of this environment; returns whether all passed, and the counts."""
    browser = chromium()
    web.build()
    with tempfile.TemporaryDirectory(prefix="jobsphere-browser-") as folder, server(Path(folder), environment) as url:
        report = Path(folder) / "report.json"
        variables = {"JOBSPHERE_URL": url, "CHROMIUM": browser, "PLAYWRIGHT_JSON": str(report)}
        status = subprocess.run(
            [str(web.BIN / "npm"), "run", "e2e", "--silent", "--workspace", "web", "--", *specs],
            cwd=web.ROOT,
            env={**os.environ, **variables, "PATH": f"{web.BIN}{os.pathsep}{os.environ['PATH']}"},
            check=False,
        ).returncode
        stats = json.loads(report.read_text())["stats"] if report.exists() else {}
    names = {"passed": "expected", "failed": "unexpected", "skipped": "skipped"}
    counts = {ours: stats.get(theirs, 0) for ours, theirs in names.items()}
    return status == 0 and counts["passed"] > 0, counts


@contextmanager
def server(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run the marketplace with the demo city in a folder of its own; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    variables = {**kept, **environment, "DATA_DIR": str(folder), "PORT": str(port), "PUBLIC_URL": address}
    # A browser's journeys come from one address, faster than any person.
    variables |= {"THROTTLE_SIGN_IN": "1000/min", "THROTTLE_MONEY": "1000/min", "THROTTLE_READ": "100000/min"}
    with (folder / "server.log").open("w") as log:
        child = subprocess.Popen(
            [sys.executable, str(web.ROOT / "server" / "manage.py"), "serve"], env=variables, stdout=log, stderr=log
        )
        try:
            wait_until_ready(address, child, folder / "server.log")
            yield address
        finally:
            child.send_signal(signal.SIGINT)
            child.wait(timeout=60)


def wait_until_ready(address: str, child: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; raises NotStarted with the end of its log.

    The demo city takes as long as the machine needs: only silence in the log is a reason to give up.
    """
    told, deadline = 0, time.monotonic() + SILENT_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        if log.stat().st_size > told:
            told, deadline = log.stat().st_size, time.monotonic() + SILENT_SECONDS
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise NotStarted(f"the server did not start:\n{log.read_text()[-3000:]}")
