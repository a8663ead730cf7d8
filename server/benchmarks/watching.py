"""What watching costs: the job list and the job page with metrics, with a line for each, and without, in one run.

One WSGI application in one process, called a batch at a time, on 100,000 jobs, while its outermost middleware is
switched. What is compared is the processor time of the calling thread, so the database is not measured.
"""

import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.report import Result

BATCH = 50
ROUNDS = 40
#: Counting may cost 3 %. What a line costs is told: it goes to a file, which some writes pay for more than others.
BAR = 0.97


def run() -> list[Result]:
    """Seed, build both applications, call them in turns, compare."""
    from benchmarks.jobs import _paths
    from benchmarks.jobs_seed import seed_jobs

    seed_jobs()
    lists, details = _paths()
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w") as log:
        _write_lines_to(log)
        switched = Switched()
        return [*_compare("job list", switched, lists), *_compare("job page", switched, details)]


class Switched:
    """The marketplace as one WSGI application, whose outermost middleware counts and tells, or does not."""

    def __init__(self) -> None:
        from django.core.handlers.wsgi import WSGIHandler
        from django.test import override_settings

        from jobsphere.web import middleware

        made: list[middleware.RequestContextMiddleware] = []
        begin = middleware.RequestContextMiddleware.__init__

        def remember(self: middleware.RequestContextMiddleware, get_response: Any) -> None:
            begin(self, get_response)
            made.append(self)

        middleware.RequestContextMiddleware.__init__ = remember  # type: ignore[method-assign]
        with override_settings(THROTTLE_RATES=_unlimited()):
            self.answer = WSGIHandler()
        [self.middleware] = made

    def switch(self, *, counts: bool, tells: bool) -> None:
        """From now on count requests, or write a line for each."""
        self.middleware.counts, self.middleware.tells = counts, tells


def _unlimited() -> dict[str, str]:
    from django.conf import settings

    settings.THROTTLE_RATES.update(read="1000000000/min")
    rates: dict[str, str] = settings.THROTTLE_RATES
    return rates


def _write_lines_to(stream: Any) -> None:
    """Let lines be JSON, in a file."""
    from config import logs

    logs.configure_logging(level="INFO", as_json=True)
    [handler] = logging.getLogger().handlers
    assert isinstance(handler, logs.ScrubbingHandler)
    handler.setStream(stream)


#: Whether it counts, and whether it writes lines.
KINDS = {"plain": (False, False), "counting": (True, False), "counting and a line": (True, True)}


def _compare(what: str, switched: Switched, paths: list[str]) -> list[Result]:
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(ROUNDS):
        some = [paths[(number * BATCH + at) % len(paths)] for at in range(BATCH)]
        # Each goes first every other time.
        for kind in KINDS if number % 2 else reversed(KINDS):
            counts, tells = KINDS[kind]
            switched.switch(counts=counts, tells=tells)
            took[kind].append(_batch(switched.answer, some))
    # The quietest tenth: a neighbour on the machine makes everything dearer, caches first, and nothing cheaper.
    quiet = {kind: statistics.quantiles(each, n=10)[0] for kind, each in took.items()}
    return [
        Result(
            f"{what}: processor time plain / {kind}",
            quiet["plain"] / quiet[kind],
            bar,
            f"{(quiet[kind] - quiet['plain']) * 1e6:.0f} us more than {quiet['plain'] * 1e6:.0f} us",
        )
        for kind, bar in (("counting", BAR), ("counting and a line", None))
    ]


def _batch(application: Callable[..., Any], paths: list[str]) -> float:
    """Return the seconds of processor time that one of these requests takes."""
    from django.test import RequestFactory

    environments = [RequestFactory(HTTP_ACCEPT="application/json").get(path).environ for path in paths]
    began = time.thread_time()
    for environment in environments:
        answer = application(environment, _start)
        list(answer)
        answer.close()
    return (time.thread_time() - began) / len(paths)


def _start(status: str, headers: Any, trouble: Any = None) -> None:
    if not status.startswith("200"):
        raise SystemExit(f"{status} instead of 200")
