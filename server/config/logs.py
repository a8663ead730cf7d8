"""Structured logs: lines for people in development, JSON in production; both carry the request id and no secrets.

Every line, ours or a library's, ends in `ScrubbingFormatter`: fields are scrubbed by name and by shape before they are
rendered, exceptions with their causes included, and what is not JSON once more as a whole (`jobsphere.kit.scrubbing`).
What Python itself would print about an exception that nobody caught goes the same way.
"""

import logging
import sys
import threading
from contextlib import nullcontext
from traceback import format_exception
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from jobsphere.kit.scrubbing import scrub_fields, scrub_text
from jobsphere.watch import lines

#: What is still an exception here, and becomes text that is scrubbed as a whole.
_NOT_YET_TEXT = ("exc_info",)


def scrub(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Blank every secret of a line; the last step before it is rendered."""
    kept = {field: event.pop(field) for field in _NOT_YET_TEXT if field in event}
    return {**scrub_fields(event), **kept}


class ScrubbingFormatter(structlog.stdlib.ProcessorFormatter):
    """Renders a record; a line for people is looked at once more when it is finished.

    JSON is not: its values were scrubbed one by one, and a change of the finished text could break its quotes.
    """

    def __init__(self, *args: Any, as_json: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        text = super().format(record)
        return text if self.as_json else scrub_text(text)


class ScrubbingHandler(logging.StreamHandler):
    """Writes to standard error; when a line cannot be rendered, Python's own complaint is scrubbed as well."""

    def write(self, line: lines.Line) -> None:
        """Write a line that is finished and clean, past everything that looks for secrets."""
        formatter = self.formatter
        plain = isinstance(formatter, ScrubbingFormatter) and not formatter.as_json
        text = lines.as_words(line) if plain else lines.as_json(line)
        with self.lock or nullcontext():
            self.stream.write(text + self.terminator)
            self.flush()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Say that a line was lost, and why, without its arguments."""
        if logging.raiseExceptions:
            error = sys.exc_info()[1]
            where = f"{record.pathname}:{record.lineno}"
            sys.stderr.write(f"A log line was lost ({where}): {scrub_text(repr(error))}\n")


def configure_logging(*, level: str, as_json: bool) -> None:
    """Send Django's and our own logs through structlog to standard error, and what nobody caught as well."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = ScrubbingHandler()
    handler.setFormatter(formatter(as_json=as_json))
    root = logging.getLogger()
    root.handlers = [handler]
    lines.go_to(handler.write if logging.getLevelName(level) <= logging.INFO else None)
    root.setLevel(level)
    for noisy in ("django.request", "stripe", "httpx", "django.server", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    sys.excepthook = print_scrubbed
    threading.excepthook = print_scrubbed_of_thread


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter(*, as_json: bool) -> ScrubbingFormatter:
    """Return what renders every record."""
    # Plain tracebacks: the rich ones print local variables, and with them what people sent.
    steps: list[Processor] = (
        [structlog.processors.format_exc_info, scrub, structlog.processors.JSONRenderer()]
        if as_json
        else [
            scrub,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return ScrubbingFormatter(foreign_pre_chain=_SHARED, processors=[remove, *steps], as_json=as_json)


def print_scrubbed(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None, before: str = ""
) -> None:
    """Print what ends a program; Python's `sys.excepthook`."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    sys.stderr.write(before + scrub_text("".join(format_exception(kind, error, trace))))


def print_scrubbed_of_thread(args: threading.ExceptHookArgs) -> None:
    """Print what ends a thread; Python's `threading.excepthook`."""
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        name = args.thread.name if args.thread else "?"
        print_scrubbed(args.exc_type, args.exc_value, args.exc_traceback, f"Exception in thread {name}:\n")
