"""Which messages a subscriber or job can send, read from the code itself, so that no list can flatter us."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

from jobsphere.notifications.links import LINKS
from jobsphere.outbox import subscriptions
from jobsphere.outbox.types import event_types

#: What lies between a handler and its message, but is no part of the way to it.
_MACHINERY = ("jobsphere.notifications.services", "jobsphere.outbox", "jobsphere.audit", "jobsphere.db")


def causes() -> dict[str, set[str]]:
    """Return the causes of each message: the names of events, and of jobs that the clock or a person starts."""
    found: dict[str, set[str]] = defaultdict(set)
    for cause, function in _starts():
        for message in messages_of(function):
            found[message].add(cause)
    return found


def messages_of(function: Callable[..., Any]) -> set[str]:
    """Return the messages that a function, or one of ours that it calls by name, may send."""
    words = set(_words(function, set()))
    prefixes = {word for word in words if word.endswith("/") and len(word) > 1}
    joined = {prefix + word for prefix in prefixes for word in words}
    return (words | joined) & set(LINKS)


def _starts() -> Iterator[tuple[str, Callable[..., Any]]]:
    for event in event_types():
        for each in subscriptions.subscribers(event):
            yield event.name, each.function
    for name, each_job in subscriptions._jobs.items():
        yield name, each_job.function


def _words(function: Callable[..., Any], seen: set[Any]) -> Iterator[str]:
    """Yield every text that stands in a function, in tables that it names, and in our functions that it names."""
    if not isinstance(function, FunctionType) or function in seen or function.__module__.startswith(_MACHINERY):
        return
    seen.add(function)
    for code in _codes(function.__code__):
        yield from (each for each in code.co_consts if isinstance(each, str))
        for name in code.co_names:
            value = function.__globals__.get(name)
            if isinstance(value, dict):
                yield from (each for each in value.values() if isinstance(each, str))
            elif isinstance(value, FunctionType) and value.__module__.startswith("jobsphere."):
                yield from _words(value, seen)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)
