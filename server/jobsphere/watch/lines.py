"""The line of the log that every request leaves: cheap, because there is nothing in it that a person wrote.

Scrubbing looks for secrets in texts of unknown origin, which costs more than a hot read. This line has none: the method
is one that we know, the route is ours, ids are UUIDs. So it goes out as it is (ADR 0037).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import orjson

from jobsphere.kit import clock
from jobsphere.kit.scrubbing import scrub_text

#: An id of ours, and whatever proxies usually make; anything longer or odder is looked at.
_PLAIN_ID = re.compile(r"[0-9a-fA-F-]{8,36}")

Line = Mapping[str, Any]
_write: Callable[[Line], None] | None = None


def go_to(write: Callable[[Line], None] | None) -> None:
    """Hand finished lines to whoever writes the log (config/logs.py); None: to nobody."""
    global _write
    _write = write


def as_json(line: Line) -> str:
    """Render a line for a machine."""
    return orjson.dumps(line, option=orjson.OPT_UTC_Z).decode()


def as_words(line: Line) -> str:
    """Render a line for a person."""
    return " ".join(f"{name}={value}" for name, value in line.items())


def request_line(
    *,
    method: str,
    route: str,
    status: int,
    seconds: float,
    request_id: str,
    user_id: str,
    arguments: Mapping[str, Any],
) -> None:
    """Write the line of an answered request. Of the path's arguments only ids are told."""
    if _write is None:
        return
    line: dict[str, Any] = {
        "event": "request",
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 2),
        "request_id": request_id if _PLAIN_ID.fullmatch(request_id) else scrub_text(request_id),
        "level": "error" if status >= 500 else "info",
        "logger": "jobsphere.request",
        "timestamp": clock.machine_now(),
    }
    if user_id:
        line["user_id"] = user_id
    if arguments and (ids := {name: str(value) for name, value in arguments.items() if isinstance(value, UUID)}):
        line["ids"] = ids
    _write(line)
