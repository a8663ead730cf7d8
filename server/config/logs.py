"""Structured logs: lines for people in development, JSON in production; both carry the request id."""

import logging

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

#: Values under these names never reach a log.
SECRET_WORDS = (
    "password",
    "secret",
    "token",
    "authorization",
    "cookie",
    "card",
    "cvc",
    "client_secret",
    "key",
)


def scrub(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Blank every value whose name says that it is a secret."""
    for field in event:
        if field != "event" and any(word in field.lower() for word in SECRET_WORDS):
            event[field] = "[scrubbed]"
    return event


def configure_logging(*, level: str, as_json: bool) -> None:
    """Send Django's and our own logs through structlog to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        scrub,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    # Plain tracebacks: the rich ones print local variables, and with them what people sent.
    renderer = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    final: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        final.append(structlog.processors.format_exc_info)
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*final, renderer])
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("django.request", "stripe", "httpx", "django.server", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
