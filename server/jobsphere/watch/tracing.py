"""One trace from a request over its events, the worker and the gateway to the socket. Off, it imports nothing.

    with tracing.span("outbox.publish", event=event.name):
        ...

On with OTEL_EXPORTER_OTLP_ENDPOINT (`start`). Names and attributes are ours (routes, handlers, gateways, ids), never
what a person wrote. What is queued, or said to another process, takes `carried()` along as text (W3C traceparent).
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.trace import Span

_NOTHING: AbstractContextManager[Any] = nullcontext()
_tracer: Any = None
_provider: "TracerProvider | None" = None


def start(processor: "SpanProcessor", *, service: str, release: str, environment: str, ratio: float = 1.0) -> None:
    """Trace from now on, and hand finished spans to the processor. `ratio` of new traces are kept."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    global _provider, _tracer
    resource = Resource.create(
        {"service.name": service, "service.version": release, "deployment.environment.name": environment}
    )
    _provider = TracerProvider(resource=resource, sampler=ParentBased(TraceIdRatioBased(ratio)))
    _provider.add_span_processor(processor)
    _tracer = _provider.get_tracer("jobsphere")


def stop() -> None:
    """Trace no more; what was finished is sent first."""
    global _provider, _tracer
    if _provider is not None:
        _provider.shutdown()
    _provider = _tracer = None


def is_on() -> bool:
    """Say whether anything is traced."""
    return _tracer is not None


def span(name: str, *, kind: str = "INTERNAL", parent: str = "", **attributes: Any) -> "AbstractContextManager[Any]":
    """Trace a block. `kind` is one of SERVER, CLIENT, PRODUCER, CONSUMER, INTERNAL; `parent` is what was carried.

    The block gets the span (None while tracing is off); an exception marks it as failed, by its type alone.
    """
    return _NOTHING if _tracer is None else _span(name, kind, parent, attributes)


@contextmanager
def _span(name: str, kind: str, parent: str, attributes: dict[str, Any]) -> "Iterator[Span]":
    from opentelemetry.trace import SpanKind, Status, StatusCode

    context = _context_of(parent) if parent else None
    told = {f"jobsphere.{key}": value if isinstance(value, int) else str(value) for key, value in attributes.items()}
    with _tracer.start_as_current_span(
        name,
        context=context,
        kind=SpanKind[kind],
        attributes=told,
        # The message of an exception may quote what a person sent.
        record_exception=False,
        set_status_on_exception=False,
    ) as opened:
        try:
            yield opened
        except BaseException as error:
            opened.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


def note(opened: "Span | None", *, failed: bool = False, name: str = "", **attributes: Any) -> None:
    """Add to an open span what is known only at its end."""
    if opened is None:
        return
    for key, value in attributes.items():
        opened.set_attribute(f"jobsphere.{key}", value if isinstance(value, int) else str(value))
    if name:
        opened.update_name(name)
    if failed:
        from opentelemetry.trace import StatusCode

        opened.set_status(StatusCode.ERROR)


def carried() -> str:
    """Return where the present span stands, to go on from there elsewhere; empty while tracing is off."""
    if _tracer is None:
        return ""
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get("traceparent", "")


def _context_of(parent: str) -> Any:
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    return TraceContextTextMapPropagator().extract({"traceparent": parent})
