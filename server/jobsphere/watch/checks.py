"""What must be well for a process to do its work: asked by the health endpoints, the metrics and the doctor.

An app registers its own: `checks.register("worker", look, vital=False)`. `look()` says whether it is well, or raises.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

logger = structlog.get_logger("jobsphere.watch")

OK = "ok"
NOT_READY = "not ready"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. Without what is vital no request can be answered well; the rest hurts later."""

    look: Callable[[], bool]
    vital: bool


_checks: dict[str, Check] = {}


def register(name: str, look: Callable[[], bool], *, vital: bool) -> None:
    """Look at this, too; again replaces it."""
    _checks[name] = Check(look, vital)


def results() -> dict[str, str]:
    """Return "ok", "not ready" or the name of an exception for each check."""
    return {name: _result(name, check) for name, check in _checks.items()}


def vital() -> set[str]:
    """Return the names of the checks without which nothing works."""
    return {name for name, check in _checks.items() if check.vital}


def _result(name: str, check: Check) -> str:
    try:
        return OK if check.look() else NOT_READY
    except Exception as error:  # noqa: BLE001  whatever is wrong is the answer
        logger.warning("a health check failed", check=name, error=type(error).__name__)
        return type(error).__name__
