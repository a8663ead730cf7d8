"""Who listens to what: the decorators that apps put on their handlers, jobs and periodic tasks."""

import inspect
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from jobsphere.outbox.types import Event, EventMeta, Retry

Function = TypeVar("Function", bound=Callable[..., None])

DEFAULT_RETRY = Retry()
#: A periodic task comes round again by itself, so it is not tried for hours.
PERIODIC_RETRY = Retry(attempts=3, first=timedelta(seconds=5))


@dataclass(frozen=True, slots=True)
class Subscription:
    """A function that is told of events."""

    name: str
    function: Callable[..., None]
    wants_meta: bool
    ordered: bool = False
    retry: Retry = DEFAULT_RETRY

    def call(self, event: Event, meta: EventMeta) -> None:
        """Hand the event over as the function's signature asks for."""
        if self.wants_meta:
            self.function(event, meta)
        else:
            self.function(event)


@dataclass(frozen=True, slots=True)
class Job:
    """A durable function that opens its own transactions."""

    name: str
    function: Callable[..., None]
    retry: Retry
    #: For periodic tasks, how often.
    every: timedelta | None = None


_inline: dict[type[Event], list[Subscription]] = defaultdict(list)
_durable: dict[type[Event], list[Subscription]] = defaultdict(list)
_durable_by_name: dict[str, Subscription] = {}
_jobs: dict[str, Job] = {}


def listen(*events: type[Event]) -> Callable[[Function], Function]:
    """Run the function inline, in the transaction that publishes; what it raises undoes the whole verb.

    For what must be atomic with the fact. The function takes `(event)` or `(event, meta)`.
    """

    def register(function: Function) -> Function:
        subscription = Subscription(name_of(function), function, _wants_meta(function))
        for event in events:
            _add(_inline[event], subscription)
        return function

    return register


def subscribe(
    *events: type[Event], ordered: bool = False, retry: Retry | None = None, name: str = ""
) -> Callable[[Function], Function]:
    """Run the function in the worker, in a transaction of its own, after the publisher's has committed.

    It runs effectively once: its writes and the completion of its task commit together. Outside effects (mail)
    may happen again after a crash. With `ordered`, it sees the events of one aggregate one by one in their sequence;
    a dead letter then holds back that aggregate's later events until it is replayed or dropped.
    """

    def register(function: Function) -> Function:
        subscription = Subscription(
            name or name_of(function), function, _wants_meta(function), ordered, retry or DEFAULT_RETRY
        )
        _register(_durable_by_name, subscription.name, subscription)
        for event in events:
            _add(_durable[event], subscription)
        return function

    return register


def job(*, retry: Retry | None = None, name: str = "") -> Callable[[Function], Function]:
    """Make the function enqueueable with `services.enqueue(function, ...)`; it opens its own transactions.

    It runs at least once (a crash may repeat it), so it must find out what it has done before.
    """

    def register(function: Function) -> Function:
        each = Job(name or name_of(function), function, retry or DEFAULT_RETRY)
        _register(_jobs, each.name, each)
        return function

    return register


def periodic(*, every: timedelta, retry: Retry | None = None, name: str = "") -> Callable[[Function], Function]:
    """Run the function, which takes no arguments, once every period whatever the number of workers.

    After a stop of several periods it runs once, not once for each. It never overlaps itself.
    """

    def register(function: Function) -> Function:
        each = Job(name or name_of(function), function, retry or PERIODIC_RETRY, every)
        _register(_jobs, each.name, each)
        return function

    return register


def listeners(event: type[Event]) -> list[Subscription]:
    """Return who listens inline, in the order of registration."""
    return _inline.get(event, [])


def subscribers(event: type[Event]) -> list[Subscription]:
    """Return who is told by the worker, in the order of registration."""
    return _durable.get(event, [])


def subscriber(name: str) -> Subscription:
    """Return a durable subscriber by name; raises LookupError when no code knows it (any more, or yet)."""
    return _find(_durable_by_name, name)


def job_named(name: str) -> Job:
    """Return a job or periodic task by name; raises LookupError when no code knows it (any more, or yet)."""
    return _find(_jobs, name)


def job_of(function: Callable[..., None]) -> Job:
    """Return the job that a function was registered as; raises TypeError for a function that is none."""
    for each in _jobs.values():
        if each.function is function:
            return each
    raise TypeError(f"{name_of(function)} is not a @job")


def periodic_jobs() -> list[Job]:
    """Return the periodic tasks."""
    return [each for each in _jobs.values() if each.every]


def name_of(function: Callable[..., Any]) -> str:
    """Return the name under which a function is stored in the queue: "contracts.handlers.open_contract".

    Tasks that wait in the queue name it, so a renamed function needs `name=` with its former name.
    """
    return f"{function.__module__}.{function.__qualname__}".removeprefix("jobsphere.")


Entry = TypeVar("Entry", Subscription, Job)


def _register(registry: dict[str, Entry], name: str, entry: Entry) -> None:
    known = registry.get(name)
    if known and name_of(known.function) != name_of(entry.function):
        raise TypeError(f"two functions are called {name!r}")
    registry[name] = entry


def _find(registry: dict[str, Entry], name: str) -> Entry:
    try:
        return registry[name]
    except KeyError:
        raise LookupError(f"no handler or job is called {name!r}") from None


def _add(entries: list[Subscription], entry: Subscription) -> None:
    """Add, or replace what a second import of the same module registered."""
    entries[:] = [each for each in entries if each.name != entry.name]
    entries.append(entry)


def _wants_meta(function: Callable[..., None]) -> bool:
    parameters = len(inspect.signature(function).parameters)
    if parameters not in (1, 2):
        raise TypeError(f"{name_of(function)} must take (event) or (event, meta)")
    return parameters == 2
