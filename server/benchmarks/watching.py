"""What watching costs: the job list and the job page with metrics and a line for each request, and without, in one run.

Both are whole WSGI applications in one process, called in turn, a batch each, on 100,000 jobs. What is compared is the
processor time of the calling thread, so neither the database nor a busy machine is measured.
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
ROUNDS = 60
#: Watched may cost this much more: unwatched is so much of watched.
BAR = 0.97


def run() -> list[Result]:
    """Seed, build both applications, call them in turns, compare."""
    from benchmarks.jobs import _paths
    from benchmarks.jobs_seed import seed_jobs

    seed_jobs()
    lists, details = _paths()
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w") as log:
        _write_lines_to(log)
        watched, plain = application(watched=True), application(watched=False)
        return [_compare("job list", watched, plain, lists), _compare("job page", watched, plain, details)]


Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def application(*, watched: bool) -> Application:
    """Return the marketplace as a WSGI application; whether it is watched is decided when its middlewares are made."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    with override_settings(METRICS=watched, LOG_REQUESTS=watched, THROTTLE_RATES=_unlimited()):
        return WSGIHandler()


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


def _compare(what: str, watched: Application, plain: Application, paths: list[str]) -> Result:
    for each in (watched, plain):
        _batch(each, paths[:BATCH])
    rounds = []
    for number in range(ROUNDS):
        some = [paths[(number * BATCH + at) % len(paths)] for at in range(BATCH)]
        # Each goes first every other time.
        order = (watched, plain) if number % 2 else (plain, watched)
        took = {id(each): _batch(each, some) for each in order}
        rounds.append((took[id(watched)], took[id(plain)]))
    # The quietest tenth: a neighbour on the machine makes everything dearer, caches first, and nothing cheaper.
    seen, without = (statistics.quantiles(each, n=10)[0] for each in zip(*rounds, strict=True))
    detail = f"{(seen - without) * 1e6:.0f} us of processor time more than {without * 1e6:.0f} us"
    return Result(f"{what}: processor time without / with watching", without / seen, BAR, detail)


def _batch(application: Application, paths: list[str]) -> float:
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
