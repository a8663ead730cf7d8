"""The whole proof, `make test`: lint, the suite on both databases, the web app, a browser, and the test of the tests.

    python -m tools.run_tests [--only lint|sqlite|postgresql|web|browser|mutants] [arguments for pytest]

All parts run even when one fails. What could not run is said at the end, and with CI=true it fails the run, as a
skipped test does. The last line is the total, in the form that CI systems read.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools import browser, lint, web
from tools.mutants import __main__ as mutants
from tools.pytest_plugin import COUNTS_FILE, REDIS_URLS, SERVERS_ONLY
from tools.servers import Missing, postgresql
from tools.services import Servers, run_child, servers

PARTS = ("lint", "sqlite", "postgresql", "web", "browser", "mutants")
#: Parts whose result counts no tests of ours.
UNCOUNTED = ("lint", "web app, units", "web app, size", "planted bugs")
NO_TESTS = 5  # pytest's exit status
WORKERS = 2


@dataclass
class Result:
    """How one part went."""

    name: str
    passed: bool
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)
    not_run: str = ""
    #: By name and with the reason: what failed, and what passed at the second try only.
    failures: list[str] = field(default_factory=list)
    unsteady: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        verdict = "NOT RUN" if self.not_run else "ok" if self.passed else "FAILED"
        counted = ", ".join(f"{count} {name}" for name, count in self.counts.items() if count)
        return f"{verdict:8}{self.name:22}{self.seconds:6.0f} s  {self.not_run or counted}"


def main(arguments: list[str]) -> int:
    """Run the parts and sum up."""
    parser = argparse.ArgumentParser(prog="make test", description=__doc__.split("\n")[0])
    parser.add_argument("--only", choices=PARTS, action="append")
    options, for_pytest = parser.parse_known_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    results = [result for part in options.only or PARTS for result in run_part(part, for_pytest)]
    return summarize(results, time.monotonic() - started, in_ci=os.environ.get("CI") == "true")


def run_part(part: str, for_pytest: list[str]) -> Iterator[Result]:
    """Run one part; PostgreSQL gives a second result when a server is missing."""
    if part == "lint":
        headline("lint")
        started = time.monotonic()
        passed = lint.main() == 0
        yield Result("lint", passed, time.monotonic() - started)
    elif part == "sqlite":
        headline("the suite on SQLite")
        yield run_suite("SQLite", {}, WORKERS, for_pytest)
    elif part == "postgresql":
        yield from on_postgresql(for_pytest)
    elif not for_pytest:
        yield from {"web": on_web, "browser": in_browser, "mutants": with_planted_bugs}[part]()


def on_web() -> Iterator[Result]:
    """The unit tests of the web app, and what people would download."""
    headline("the web app")
    started = time.monotonic()
    yield Result("web app, units", web.main(["test"]) == 0, time.monotonic() - started)
    started = time.monotonic()
    yield Result("web app, size", web.main(["size"]) == 0, time.monotonic() - started)


def with_planted_bugs() -> Iterator[Result]:
    """The test of the tests: each bug that is planted in a copy of the tree must make the suite fail."""
    headline("planted bugs")
    started = time.monotonic()
    yield Result("planted bugs", mutants.main([]) == 0, time.monotonic() - started)


def in_browser() -> Iterator[Result]:
    """The journeys of people in Chromium, on both databases; every screen is looked at on one of them."""
    with servers() as found, ExitStack() as later:
        try:
            # Both cities are built at once: each needs minutes, and one core.
            other = later.enter_context(on_postgresql_too(found)) if found.postgresql else None
            with browser.marketplace({}) as one:
                yield journeys_on("SQLite", one)
        except Missing as reason:
            yield Result("browser", False, 0, not_run=str(reason))
            return
        if other:
            yield journeys_on("PostgreSQL", other, ("customer", "contractor"))
        else:
            yield Result("browser, PostgreSQL", False, 0, not_run=found.missing["PostgreSQL"])


@contextmanager
def on_postgresql_too(found: Servers) -> Iterator[browser.Marketplace]:
    """Start a marketplace on a database of its own, even where DATABASE_URL names one: the city needs an empty one."""
    assert found.postgresql, "asked before"
    with (
        postgresql.database_in(found.postgresql.url.rpartition("/")[0]) as url,
        browser.marketplace({**found.environment, "DATABASE_URL": url}) as started,
    ):
        yield started


def journeys_on(name: str, marketplace: browser.Marketplace, specs: tuple[str, ...] = ()) -> Result:
    """Play the journeys on one kind of database."""
    headline(f"journeys in a browser, on {name}")
    started = time.monotonic()
    try:
        played = browser.play(marketplace, specs)
    except browser.NotStarted as reason:
        print(reason, flush=True)
        return Result(f"browser, {name}", False, time.monotonic() - started)
    seconds = time.monotonic() - started
    return Result(
        f"browser, {name}", played.passed, seconds, played.counts, failures=played.failed, unsteady=played.unsteady
    )


def on_postgresql(for_pytest: list[str]) -> Iterator[Result]:
    """The suite on servers, as far as they can be had."""
    with servers() as found:
        headline("the suite on PostgreSQL + Redis", *found.describe())
        for name, reason in found.missing.items():
            yield Result(f"{name} is missing", False, 0, not_run=reason)
        if found.postgresql:
            name = "PostgreSQL + Redis" if found.redis else "PostgreSQL, no Redis"
            yield run_suite(name, *on_servers(found), for_pytest)


def on_servers(found: Servers) -> tuple[dict[str, str], int]:
    """The environment of the run, and how many workers it can have: each needs a Redis database of its own."""
    environment = {**found.environment, SERVERS_ONLY: "yes"}
    if found.postgresql:
        environment["DATABASE_URL"] = hasty(found.postgresql.url)
    if not found.redis:
        return environment, WORKERS
    urls = (found.redis.url, *found.redis.more_urls)[:WORKERS]
    return {**environment, REDIS_URLS: " ".join(urls)}, len(urls)


def hasty(url: str) -> str:
    """Let commits not wait for the disk: no test cuts PostgreSQL's own power, and a server that we start does not."""
    return f"{url}{'&' if '?' in url else '?'}options=-c%20synchronous_commit%3Doff"


def run_suite(name: str, environment: dict[str, str], workers: int, for_pytest: list[str]) -> Result:
    """One run of pytest, in a data folder of its own, away from the person's ./var."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jobsphere-tests-") as folder:
        counts_file = Path(folder) / "counts.json"
        kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
        kept |= {**environment, "DATA_DIR": folder, COUNTS_FILE: str(counts_file)}
        status = run_child([*pytest_command(workers), *for_pytest], kept, lint.ROOT)
        told = json.loads(counts_file.read_text()) if counts_file.exists() else {}
    passed = status == 0 or (status == NO_TESTS and bool(for_pytest))
    seconds = time.monotonic() - started
    return Result(name, passed, seconds, told.get("counts", {}), failures=told.get("failures", []))


def pytest_command(workers: int) -> list[str]:
    """Tests of one xdist_group stay on one worker; the others go to whoever is free."""
    command = [sys.executable, "-m", "pytest", "-q"]
    return [*command, "--numprocesses", str(workers), "--dist", "loadgroup", "--durations", "5"]


def summarize(results: list[Result], seconds: float, *, in_ci: bool) -> int:
    """Print the parts and the totals; the exit status."""
    headline(f"summary, {seconds:.0f} s in all")
    for result in results:
        print(result)
        for line in result.failures:
            print(f"        failed: {line}")
        for line in result.unsteady:
            print(f"        passed at the second try only: {line}")
    broken = [result for result in results if not result.passed and not result.not_run]
    not_run = [result for result in results if result.not_run]
    if not_run:
        print(f"\nNOT EVERYTHING WAS RUN: {len(not_run)} missing, see above.{' CI does not accept that.' * in_ci}")
    total = totals(results)
    untested = any(result.name not in UNCOUNTED for result in results) and not sum(total.values())
    if untested:
        print("\nNO TEST WAS RUN: nothing matches the arguments.")
    print(f"\ntests: {total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped", flush=True)
    return 1 if broken or untested or (not_run and in_ci) else 0


def totals(results: list[Result]) -> dict[str, int]:
    """All runs together; an error in a fixture counts as a failure."""
    sums = {"passed": 0, "failed": 0, "skipped": 0}
    same = {"error": "failed", "xpassed": "failed", "xfailed": "skipped"}
    for result in results:
        for name, count in result.counts.items():
            if (key := same.get(name, name)) in sums:
                sums[key] += count
    return sums


def headline(text: str, *lines: str) -> None:
    """Open a part of the output."""
    print(f"\n=== {text}", *lines, sep="\n    ", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
