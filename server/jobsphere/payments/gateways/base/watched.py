"""Every call of every gateway is timed and traced here, so that an adapter has nothing to do for it."""

import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from jobsphere.payments.gateways.base.outcomes import ActionRequired, Declined, Ok, Rejected, Unknown
from jobsphere.watch import tracing
from jobsphere.watch.metrics import GATEWAY_SECONDS, timed

_OUTCOMES = (Ok, ActionRequired, Declined, Rejected, Unknown)
_MARK = "_is_watched"
#: A verb may look up what it has done by another verb: people wait for the outer one, so that is timed.
_inside: ContextVar[bool] = ContextVar("gateway_call", default=False)


def watch_calls(gateway: type, operations: Iterable[str]) -> None:
    """Time these methods of an adapter, wherever it has them from."""
    for operation in operations:
        method = getattr(gateway, operation, None)
        if method and not getattr(method, "__isabstractmethod__", False) and not hasattr(method, _MARK):
            setattr(gateway, operation, _watched(operation, method))


def _watched(operation: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(self: Any, *args: Any, **named: Any) -> Any:
        if _inside.get():
            return method(self, *args, **named)
        token = _inside.set(True)
        try:
            with (
                timed(GATEWAY_SECONDS, self.name, operation, unless_told="raised") as timing,
                tracing.span(f"{self.name} {operation}", kind="CLIENT", gateway=self.name) as span,
            ):
                outcome = method(self, *args, **named)
                timing.outcome = outcome_of(outcome)
                tracing.note(span, failed=timing.outcome in ("unknown", "rejected"), outcome=timing.outcome)
                return outcome
        finally:
            _inside.reset(token)

    setattr(call, _MARK, True)
    return call


def outcome_of(outcome: Any) -> str:
    """Return an outcome in the words of the metrics: "action_required"; what is no outcome was answered."""
    name = type(outcome).__name__ if isinstance(outcome, _OUTCOMES) else "Ok"
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
