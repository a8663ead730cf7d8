"""The ids that tie a line of the log, a task and a trace to the request that caused them.

They are structlog's context variables, so every line has them: `request_id`, `user_id`, `operation_id`. What is queued
carries them on (`carried`), and whoever runs it takes them up again (`taken_up`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars, unbind_contextvars

from jobsphere.watch import tracing

#: What goes along with a task; a trace only while tracing is on.
CARRIED = ("request_id", "user_id")


#: The same as structlog's `user_id`, for who asks once a request and has no time to look through all of them.
_person: ContextVar[str] = ContextVar("person", default="")


def person(user_id: UUID | str | None) -> None:
    """Say who acts, for the rest of this request."""
    if user_id is not None:
        _person.set(str(user_id))
        bind_contextvars(user_id=str(user_id))


def present_person() -> str:
    """Return who acts in this request; empty when nobody has signed in."""
    return _person.get()


def forget_person() -> None:
    """Let the next request on this thread begin with nobody."""
    if _person.get():
        _person.set("")
        unbind_contextvars("user_id")


def carried() -> dict[str, str]:
    """Return what a task that is queued now takes along."""
    known = get_contextvars()
    found = {name: str(known[name]) for name in CARRIED if known.get(name)}
    if trace := tracing.carried():
        found["traceparent"] = trace
    return found


@contextmanager
def taken_up(kept: Mapping[str, Any], *, request_id: str, **more: Any) -> Iterator[None]:
    """Go on under the ids that a task brought along; `request_id` is for one that no request began."""
    ids = {name: kept[name] for name in CARRIED if kept.get(name)}
    with bound_contextvars(**{"request_id": request_id, **ids, **more}):
        yield
