"""What every test run shares: engine markers, the ban on skips in CI, and the counts for `make test`.

A test about one engine alone is *deselected* on the other, never skipped: a skip in CI is a failure, because a
skipped test looks green and proves nothing.
"""

from __future__ import annotations

import gc
import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

# Where `make test` wants the counts, and the Redis databases that it may use, one an xdist worker.
COUNTS_FILE = "JOBSPHERE_TEST_COUNTS"
REDIS_URLS = "JOBSPHERE_TEST_REDIS_URLS"
#: Set where everything was run once already: then only what asks a database or Redis is run again.
SERVERS_ONLY = "JOBSPHERE_TEST_SERVERS_ONLY"
#: What asks a database, but nothing that databases answer differently: run on SQLite alone (ADR 0042). It is a list of
#: what is left out, so whatever is new runs on both. By how a test's name begins, seen from server/.
ALIKE = (
    # About addresses, pages, words and limits.
    *("tests/docs/", "tests/edge/", "tests/openapi/"),
    *("jobsphere/files/", "jobsphere/notifications/", "jobsphere/reviews/tests/test_reviews.py"),
    *("jobsphere/users/tests/test_lock_out.py", "jobsphere/users/tests/test_social.py"),
    *(f"jobsphere/backoffice/tests/test_{name}.py" for name in ("access", "holds", "moderation", "rehearsal")),
    # About the calendar; their races are in tests/races and run on both.
    *("tests/money/test_year_of_hours.py", "tests/money/test_year_of_two.py", "tests/stories/test_year.py"),
    "jobsphere/repeats/tests/test_repeats.py",
    # About gateways that are away or lie. The state machine plays the same on both, with three of its five seeds.
    *("tests/faults/test_bars.py", "tests/faults/test_outage.py"),
    *(f"tests/faults/test_money_machine.py::test_the_books_survive_everything[{seed}-" for seed in (1, 2)),
)
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "database_url"})
OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
#: How many of the dearest files are named, so that a suite that grows slow is noticed where it does.
DEAREST = 12
LONGEST_REASON = 300


def _take_own_redis() -> None:
    """Give this xdist worker its own Redis database: tests empty the cache, each worker its own.

    Runs when the module is imported, which is before Django reads its settings.
    """
    urls = os.environ.get(REDIS_URLS, "").split()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    if urls:
        os.environ["REDIS_URL"] = urls[int(worker.removeprefix("gw"))]


_take_own_redis()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about another engine than the one that this run is on; begin with what takes minutes."""
    unwanted = unwanted_markers(os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", ""))
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in unwanted)]
    if os.environ.get(SERVERS_ONLY):
        left_out += [item for item in items if not asks_a_server(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = {id(item) for item in left_out}
        items[:] = [item for item in items if id(item) not in gone]
    # At the end one worker would sit through it alone. What has the worker's own database keeps pytest-django's order.
    items.sort(key=lambda item: 0 if _has_the_workers_database(item) else -_patience(item))


def _patience(item: pytest.Item) -> float:
    """Return the seconds that a test asks for beyond the usual ones."""
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark and mark.args else 0.0


def _has_the_workers_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or "db" in getattr(item, "fixturenames", ())


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the garbage collector from walking through what stays to the end anyway: a tenth of the time."""
    del session
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def asks_a_server(item: pytest.Item) -> bool:
    """Say whether a test could come out differently on other servers: it asks a database, or it is about Redis.

    pytest-django lets nothing else reach a database; what starts processes of its own asks for `database_url`.
    """
    if item.get_closest_marker("postgresql_only") or item.get_closest_marker("redis_only") or "realtime" in item.nodeid:
        return True
    if item.nodeid.removeprefix("server/").startswith(ALIKE):
        return False
    if item.get_closest_marker("django_db"):
        return True
    return not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def unwanted_markers(database_url: str, redis_url: str) -> set[str]:
    """Return the markers of the tests that do not apply to these servers."""
    on_postgresql = database_url.startswith(("postgres://", "postgresql://"))
    unwanted = {"sqlite_only" if on_postgresql else "postgresql_only"}
    return unwanted if redis_url else unwanted | {"redis_only"}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Hand the counts, and what failed by name, to `make test`."""
    if target := os.environ.get(COUNTS_FILE):
        stats = terminalreporter.stats
        counts = {name: len(stats.get(name, [])) for name in OUTCOMES}
        counts["deselected"] = len(stats.get("deselected", []))
        Path(target).write_text(json.dumps({"counts": counts, "failures": failures(stats)}))
        for name, seconds in dearest_files(stats):
            terminalreporter.write_line(f"{seconds:7.1f} s  {name}")


def failures(stats: dict[str, list[pytest.TestReport]]) -> list[str]:
    """Return each test that failed with the last line of its reason: what a reader of a long log looks for."""
    broken = [*stats.get("failed", []), *stats.get("error", [])]
    return [f"{report.nodeid}: {reason_of(report)}" for report in broken]


def reason_of(report: pytest.TestReport) -> str:
    """The message of the exception that ended the test, on one line."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return " ".join(str(crash.message if crash else report.longrepr).split())[:LONGEST_REASON]


def dearest_files(stats: dict[str, list[pytest.TestReport]]) -> list[tuple[str, float]]:
    """Return the test files that took the most time, with set-up and tear-down, and the seconds of each."""
    spent: defaultdict[str, float] = defaultdict(float)
    for reports in stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                spent[report.nodeid.partition("::")[0]] += report.duration
    return sorted(spent.items(), key=lambda each: -each[1])[:DEAREST]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("CI") != "true":
        return
    if reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("a test was skipped, which CI does not accept", red=True)
