"""Faults of ours, told to Sentry where SENTRY_DSN names one; off, nothing of it is imported.

What is logged as an error is reported, with the ids of its line, so a report leads to the log and the trace. Every
report passes `kit.scrubbing.scrub_report`: no bodies, headers, cookies or local variables leave, and no secret that
has a shape. The SDK's own hooks into Django, HTTP clients and Redis stay off: they cost time, and see too much.
"""

import logging
import sys
from typing import Any

from structlog.contextvars import get_contextvars

from jobsphere.kit.scrubbing import scrub_report, scrub_text

#: Context of a log line that becomes a tag, to search by.
TAGS = ("request_id", "operation_id", "task_id", "handler", "socket_id")


def start(dsn: str, *, environment: str, release: str, sample: float = 1.0) -> "ReportingHandler":
    """Report from now on, and return what must be added to the root logger."""
    import sentry_sdk
    from sentry_sdk.integrations.atexit import AtexitIntegration
    from sentry_sdk.integrations.dedupe import DedupeIntegration
    from sentry_sdk.integrations.excepthook import ExcepthookIntegration

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release or None,
        sample_rate=sample,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=_scrubbed,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            AtexitIntegration(callback=lambda pending, timeout: None),
            DedupeIntegration(),
            ExcepthookIntegration(),
        ],
    )
    return ReportingHandler(logging.ERROR)


def _scrubbed(event: Any, hint: Any) -> Any:
    return scrub_report(event, hint)


class ReportingHandler(logging.Handler):
    """Makes a report of each error that is logged, ours or a library's."""

    def emit(self, record: logging.LogRecord) -> None:
        """Report the record; a report that fails must not disturb what it is about."""
        if record.name == "django.request" and not record.exc_info:
            return  # Django tells of each answer 5xx; what led to it has been reported
        try:
            _report(record)
        except Exception:  # noqa: BLE001
            self.handleError(record)


def _report(record: logging.LogRecord) -> None:
    import sentry_sdk

    fields: dict[str, Any] = dict(record.msg) if isinstance(record.msg, dict) else {}
    words = str(fields.get("event") or record.getMessage())
    known = {**get_contextvars(), **fields}
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("logger", record.name)
        for name in TAGS:
            if known.get(name):
                scope.set_tag(name, str(known[name]))
        if known.get("user_id"):
            scope.set_user({"id": str(known["user_id"])})
        scope.set_extra("event", scrub_text(words))
        error = _exception(fields.get("exc_info") or record.exc_info)
        if error is not None:
            scope.capture_exception(error)
            return
        if kept := fields.get("exception"):
            scope.set_extra("exception", scrub_text(str(kept)))
        # One issue for each kind of line and handler, not for each id in it.
        scope.fingerprint = [record.name, words, str(known.get("handler", "")), str(fields.get("error", ""))]
        scope.capture_message(scrub_text(words), level="error")


def _exception(info: Any) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple):
        return info[1] if isinstance(info[1], BaseException) else None
    return sys.exc_info()[1] if info else None
