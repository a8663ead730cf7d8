"""The line of the log that every request leaves: cheap, because there is nothing in it that a person wrote.

Scrubbing looks for secrets in texts of unknown origin, which costs more than a hot read. This line has none: the method
is one that we know, the route is ours, ids are UUIDs. So it goes out as it is (ADR 0037).
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from jobsphere.kit import clock
from jobsphere.kit.scrubbing import scrub_text

_logger = logging.getLogger("jobsphere.request")
#: An id of ours, and whatever proxies usually make; anything longer or odder is looked at.
_PLAIN_ID = re.compile(r"[0-9a-fA-F-]{8,36}")


@dataclass(frozen=True, slots=True)
class Finished:
    """Fields that are clean; rendered as they are."""

    fields: Mapping[str, Any]

    def text(self, *, as_json: bool) -> str:
        """Return the line, for a machine or for a person."""
        if as_json:
            return orjson.dumps(self.fields).decode()
        return " ".join(f"{name}={value}" for name, value in self.fields.items())


def request_line(
    *,
    method: str,
    route: str,
    status: int,
    seconds: float,
    request_id: str,
    known: Mapping[str, Any],
    arguments: Mapping[str, Any],
) -> None:
    """Write the line of an answered request. Of the path's arguments only ids are told."""
    fields: dict[str, Any] = {
        "event": "request",
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 2),
        "request_id": request_id if _PLAIN_ID.fullmatch(request_id) else scrub_text(request_id),
        "level": "error" if status >= 500 else "info",
        "logger": "jobsphere.request",
        "timestamp": clock.machine_now().isoformat().replace("+00:00", "Z"),
    }
    for name in ("user_id", "trace_id"):
        if name in known:
            fields[name] = known[name]
    if ids := {name: str(value) for name, value in arguments.items() if isinstance(value, UUID)}:
        fields["ids"] = ids
    _logger.info(Finished(fields))  # type: ignore[arg-type]
