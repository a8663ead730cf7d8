"""What happens, counted where it happens: requests, tasks, calls of gateways, payments, sockets.

Every label has few values: a route's pattern, a handler's name, a currency; never a path, an id or a person. Counters
live in this process, or with `processes.share()` in a folder that all processes of the machine share (ADR 0037).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()

EVENTS = CollectorRegistry()

#: Methods that are told apart; a client may send any word.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SLOW = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 60.0)

REQUESTS = Counter(
    "jobsphere_http_requests",
    "Requests answered, by the pattern of their route.",
    ("method", "route", "status"),
    registry=EVENTS,
)
REQUEST_SECONDS = Histogram(
    "jobsphere_http_request_seconds",
    "How long answers took, by the pattern of their route.",
    ("method", "route"),
    buckets=_FAST,
    registry=EVENTS,
)
TASK_SECONDS = Histogram(
    "jobsphere_task_seconds",
    "How long tasks of the queue took, by handler and how they ended: done, later, retry, dead, lost.",
    ("handler", "outcome"),
    buckets=_SLOW,
    registry=EVENTS,
)
EVENTS_PUBLISHED = Counter("jobsphere_events_published", "Events of the outbox, by name.", ("event",), registry=EVENTS)
GATEWAY_SECONDS = Histogram(
    "jobsphere_gateway_call_seconds",
    "Calls of a payment gateway, by operation and outcome: ok, declined, action_required, rejected, unknown, raised.",
    ("gateway", "operation", "outcome"),
    buckets=_SLOW,
    registry=EVENTS,
)
PAYMENT_STEPS = Counter(
    "jobsphere_payment_steps",
    "Payments that came to a state, by gateway and currency.",
    ("gateway", "currency", "state"),
    registry=EVENTS,
)
SOCKETS = Gauge(
    "jobsphere_sockets",
    "Open sockets (open), those with a person behind them (signed_in), and how many may be open (limit).",
    ("state",),
    registry=EVENTS,
    multiprocess_mode="livesum",
)


def request_done(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    count, observe = _of_request(method if method in METHODS else OTHER, route, status)
    count()
    observe(seconds)


@lru_cache(maxsize=4096)
def _of_request(method: str, route: str, status: int) -> tuple[Callable[[], None], Callable[[float], None]]:
    """Keep what counts, so that labels are looked up once and not with every request."""
    return REQUESTS.labels(method, route, status).inc, REQUEST_SECONDS.labels(method, route).observe


def payment_came_to(state: str, *, gateway: str, currency: str) -> None:
    """Count a payment that has moved; after the commit of what moved it."""
    PAYMENT_STEPS.labels(gateway, currency, state).inc()


def sockets_open(*, open_: int, signed_in: int, limit: int) -> None:
    """Say how many sockets this process has."""
    for state, number in (("open", open_), ("signed_in", signed_in), ("limit", limit)):
        SOCKETS.labels(state).set(number)


class Timing:
    """The outcome of something that is timed; whoever does it says how it ended."""

    __slots__ = ("outcome",)

    def __init__(self, outcome: str) -> None:
        self.outcome = outcome


@contextmanager
def timed(histogram: Histogram, *labels: str, unless_told: str) -> Iterator[Timing]:
    """Time a block; its outcome, the last label, is `unless_told` until the block says otherwise."""
    timing, began = Timing(unless_told), perf_counter()
    try:
        yield timing
    finally:
        histogram.labels(*labels, timing.outcome).observe(perf_counter() - began)


def names() -> set[str]:
    """Return the names of everything that is counted, as a scrape shows them."""
    found: set[str] = set()
    for metric in EVENTS.collect():
        if metric.type == "counter":
            found.add(f"{metric.name}_total")
        elif metric.type == "histogram":
            found |= {f"{metric.name}_{part}" for part in ("bucket", "sum", "count")}
        else:
            found.add(metric.name)
    return found
