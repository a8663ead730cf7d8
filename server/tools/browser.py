"""The web app in a real browser: Playwright's journeys against a real server with the demo city.

Chromium is found on PATH (or named by CHROMIUM), or installed with apt on Debian as root; else the run says so.
"""

from __future__ import annotations

import json
import os
import re
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import web
from tools.pytest_plugin import LONGEST_REASON
from tools.servers import Missing, apt

SILENT_SECONDS = 240
NAMES = ("chromium", "chromium-browser", "google-chrome")


#: How many journeys of a run may need their second try (CI gives one): more than this is not chance but a fault.
MOST_UNSTEADY = 2


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


@dataclass(frozen=True)
class Played:
    """How the journeys went: the counts, and by name what failed at first and (`failed`) what did so again."""

    counts: dict[str, int]
    failed: list[str]
    unsteady: list[str]

    @property
    def passed(self) -> bool:
        """Whether every journey came to its end, and hardly any only at the second try."""
        return self.counts["passed"] > 0 and not self.failed and len(self.unsteady) <= MOST_UNSTEADY


@dataclass(frozen=True)
class Marketplace:
    """A server that was started, perhaps still building its demo city."""

    address: str
    child: subprocess.Popen[bytes]
    folder: Path

    def ready(self) -> str:
        """Wait until it answers, and return its address; raises NotStarted with the end of its log."""
        wait_until_ready(self.address, self.child, self.folder / "server.log")
        return self.address


def journeys(environment: dict[str, str], specs: Sequence[str] = ()) -> Played:
    """Play journeys (by default all) on a server of this environment."""
    with marketplace(environment) as started:
        return play(started, specs)


@contextmanager
def marketplace(environment: dict[str, str]) -> Iterator[Marketplace]:
    """Start a server in a folder of its own, and end it; raises Missing where no browser could look at it."""
    chromium()
    web.build()
    with (
        tempfile.TemporaryDirectory(prefix="jobsphere-browser-") as folder,
        server(Path(folder), environment) as started,
    ):
        yield started


def play(started: Marketplace, specs: Sequence[str] = ()) -> Played:
    """Play journeys (by default all); raises NotStarted."""
    report = started.folder / "report.json"
    variables = {"JOBSPHERE_URL": started.ready(), "CHROMIUM": chromium(), "PLAYWRIGHT_JSON": str(report)}
    subprocess.run(
        [str(web.BIN / "npm"), "run", "e2e", "--silent", "--workspace", "web", "--", *specs],
        cwd=web.ROOT,
        env={**os.environ, **variables, "PATH": f"{web.BIN}{os.pathsep}{os.environ['PATH']}"},
        check=False,
    )
    return played(json.loads(report.read_text()) if report.exists() else {})


def played(report: dict[str, Any]) -> Played:
    """Read Playwright's report; one that was never written has nothing that passed.

    https://playwright.dev/docs/test-reporters#json-reporter
    """
    stats = report.get("stats", {})
    names = {"passed": "expected", "failed": "unexpected", "skipped": "skipped", "unsteady": "flaky"}
    counts = {ours: stats.get(theirs, 0) for ours, theirs in names.items()}
    told: dict[str, list[str]] = {"unexpected": [], "flaky": []}
    for spec in specs_in(report):
        for test in spec["tests"]:
            if test["status"] in told:
                told[test["status"]].append(f"{spec['file']} {spec['title']}: {first_error(test)}")
    broken = [strip_colours(error.get("message", "")) for error in report.get("errors", [])]
    return Played(counts, [*told["unexpected"], *broken], told["flaky"])


def specs_in(suite: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Walk the report: a suite holds specs, and suites."""
    yield from suite.get("specs", [])
    for inner in suite.get("suites", []):
        yield from specs_in(inner)


def first_error(test: dict[str, Any]) -> str:
    """Say on one line why the first try failed."""
    messages = (result.get("error", {}).get("message", "") for result in test["results"])
    return strip_colours(next(filter(None, messages), "no message"))


def strip_colours(text: str) -> str:
    """Take a terminal's colours out, and the line ends."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", text).split())[:LONGEST_REASON]


@contextmanager
def server(folder: Path, environment: dict[str, str]) -> Iterator[Marketplace]:
    """Run the marketplace with the demo city in this folder, from its start to SIGINT."""
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
            yield Marketplace(address, child, folder)
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
