"""What watching costs: the job list and the job page with metrics and a line for each request, and without, in one run.

Two servers of one process each on the same 100,000 jobs, called in turn by the same load generator, as in `jobs.py`.
"""

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.jobs import ROUNDS, SECONDS, _environment, _load, _paths, _serve
from benchmarks.report import Result

#: Watched is at least so much of unwatched.
BAR = 0.97
_WITHOUT = {"METRICS": "no", "LOG_REQUESTS": "no"}
_WITH = {"METRICS": "yes", "LOG_REQUESTS": "yes", "LOG_JSON": "yes", "LOG_LEVEL": "INFO"}


def run() -> list[Result]:
    """Seed, serve twice, measure in turns, compare."""
    from benchmarks.jobs_seed import seed_jobs

    seed_jobs()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = _environment(folder)
        watched = stack.enter_context(_serve("ours", folder, {**environment, **_WITH}))
        plain = stack.enter_context(_serve("ours", folder, {**environment, **_WITHOUT}))
        lists, details = _paths()
        found = []
        for what, paths in (("job list", lists), ("job page", details)):
            for server in (watched, plain):
                _load(server, paths, SECONDS)
            # Each goes first every other time: a machine that grows busy hits both.
            rounds = []
            for number in range(ROUNDS):
                order = (watched, plain) if number % 2 else (plain, watched)
                took = {id(server): _load(server, paths, SECONDS) for server in order}
                rounds.append((took[id(watched)], took[id(plain)]))
            cpu = statistics.median(without["cpu"] / seen["cpu"] for seen, without in rounds)
            rate = statistics.median(seen["rate"] / without["rate"] for seen, without in rounds)
            detail = (
                f"processor time {statistics.median(each['cpu'] for each, _ in rounds):.3f} ms with,"
                f" {statistics.median(each['cpu'] for _, each in rounds):.3f} ms without"
            )
            found += [
                Result(f"{what}: processor time without / with watching", cpu, BAR, detail),
                Result(f"{what}: rate with / without watching", rate, None, "same run"),
            ]
    return found
