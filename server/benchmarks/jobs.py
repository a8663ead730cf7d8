"""The job list and the job page, served by real processes, against a bare server and against plain DRF.

Three servers of one process each, on one database of 100,000 jobs, called in turn by the same load generator: a noisy
moment of the machine hits all of them.
"""

import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.db import connection

from benchmarks.report import Result

SERVER_FOLDER = Path(__file__).resolve().parent.parent
ROUNDS = 7
SECONDS = 2.0
CONNECTIONS = 8
#: Threads of our server, and connections of the bare one's pool.
THREADS = 4
BAR_BARE = 0.6
BAR_PLAIN = 5.0


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    name: str
    port: int
    pid: int

    def seconds_used(self) -> float:
        """Return the processor time of the server and its workers so far."""
        ticks = 0
        for pid in (self.pid, *_children(self.pid)):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def run() -> list[Result]:
    """Seed, serve, measure, compare."""
    from benchmarks.jobs_seed import seed_jobs

    seed_jobs()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = _environment(folder)
        servers = [stack.enter_context(_serve(name, folder, environment)) for name in ("ours", "bare", "plain")]
        lists, details = _paths()
        _check_same(servers, [*lists[:3], *details[:3]])
        return [
            *_compare("job list", servers, lists),
            *_compare("job page", servers, details),
        ]


def _compare(what: str, servers: list[Served], paths: list[str]) -> list[Result]:
    """Return our rate as a share of the bare server's, and as a multiple of plain DRF's."""
    for server in servers:
        _load(server, paths, SECONDS)  # warm up: connections, prepared statements, caches
    rounds = [{server.name: _load(server, paths, SECONDS) for server in servers} for _ in range(ROUNDS)]

    def median(name: str, figure: str) -> float:
        return statistics.median(each[name][figure] for each in rounds)

    def ratio(other: str) -> float:
        return statistics.median(each["ours"]["rate"] / each[other]["rate"] for each in rounds)

    detail = "; ".join(
        f"{server.name} {median(server.name, 'rate'):.0f}/s p50 {median(server.name, 'p50'):.1f}"
        f" p99 {median(server.name, 'p99'):.1f} ms, {median(server.name, 'cpu'):.2f} ms of a processor"
        for server in servers
    )
    return [
        Result(f"{what} / bare server, same SQL", ratio("bare"), BAR_BARE, detail),
        Result(f"{what} / plain ModelSerializer view", ratio("plain"), BAR_PLAIN, "same run"),
        # Says the same on a busy machine: how much work an answer is, whoever gets to run when.
        Result(
            f"{what}: processor time of bare / ours", median("bare", "cpu") / median("ours", "cpu"), None, "same run"
        ),
    ]


def _paths() -> tuple[list[str], list[str]]:
    """Return pages of the list from everywhere in it, the first one most often, and pages of single jobs."""
    from jobsphere.web.pagination import write_cursor

    with connection.cursor() as cursor:
        cursor.execute("SELECT id, feed_key FROM jobs_job WHERE status = 'open' ORDER BY random() LIMIT 400")
        rows = cursor.fetchall()
    connection.close()
    random.seed(7)
    lists = ["/api/jobs/"] * 3 + [
        path
        for _, key in rows[:200]
        for path in ("/api/jobs/", f"/api/jobs/?cursor={write_cursor(key, backwards=False)}")
    ]
    return lists, [f"/api/jobs/{job_id}/" for job_id, _ in rows]


def _environment(folder: Path) -> dict[str, str]:
    """Return what all three servers get: no rate limit in the way, the SQL for the bare one."""
    from jobsphere.jobs.selectors import feed
    from jobsphere.jobs.types import JobFilters
    from jobsphere.kit.actor import VISITOR

    conditions, _ = feed._conditions(VISITOR, JobFilters())
    following = (*conditions, "j.feed_key < %(position)s")
    texts = {
        "first": feed._page_statement(tuple(conditions), False, 20),
        "next": feed._page_statement(following, False, 20),
        "job": feed.VISITOR_JOB,
    }
    (folder / "sql.json").write_text(json.dumps(texts))
    return {
        **os.environ,
        "BENCH_SQL": str(folder / "sql.json"),
        "DATA_DIR": str(folder),
        "THROTTLE_READ": "1000000000/min",
        "LOG_LEVEL": "WARNING",
    }


def _command(name: str, port: int) -> list[str]:
    if name == "bare":
        options = ["--port", str(port), "--no-access-log", "--log-level", "warning", "--loop", "uvloop"]
        return [sys.executable, "-m", "uvicorn", "benchmarks.jobs_bare:app", "--http", "httptools", *options]
    options = ["--port", str(port), "--workers", "1", "--blocking-threads", str(THREADS), "--log-level", "warning"]
    return [sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi", *options]


@contextmanager
def _serve(name: str, folder: Path, environment: dict[str, str]) -> Iterator[Served]:
    """Start one server, wait until it answers, and stop it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {**environment}
    if name == "plain":
        own["DJANGO_SETTINGS_MODULE"] = "benchmarks.jobs_plain_settings"
    process = subprocess.Popen(_command(name, port), cwd=SERVER_FOLDER, env=own)
    try:
        _wait(port)
        yield Served(name, port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            urlopen(f"http://127.0.0.1:{port}/api/jobs/", timeout=5).read()
            return
        except (URLError, ConnectionError) as error:
            if isinstance(error, HTTPError) or time.monotonic() > until:
                raise
            time.sleep(0.1)


def _check_same(servers: list[Served], paths: list[str]) -> None:
    """Refuse to compare servers that answer differently."""
    ours, bare = servers[0], servers[1]
    for path in paths:
        one, other = (
            json.loads(urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=10).read()) for server in (ours, bare)
        )
        for page in (one, other):
            page.pop("next", None), page.pop("previous", None)
        if one != other:
            raise SystemExit(f"{path}: the servers do not answer alike")


def _load(server: Served, paths: list[str], seconds: float) -> dict[str, float]:
    """Let the load generator, a process of its own, call one server."""
    command = [sys.executable, "-m", "benchmarks.load", str(server.port), str(seconds), str(CONNECTIONS)]
    before = server.seconds_used()
    done = subprocess.run(
        command, input="\n".join(paths), capture_output=True, text=True, cwd=SERVER_FOLDER, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    found["cpu"] = (server.seconds_used() - before) / (found["rate"] * seconds) * 1000
    if found["failures"]:
        raise SystemExit(f"{server.name} did not answer 200: {found['failures'][0]}")
    return found
