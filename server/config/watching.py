"""What is seen of this process, as the settings ask for: metrics, error reports, traces."""

import logging
from pathlib import Path

from config import env
from jobsphere.watch import processes


def share_metrics(data_dir: Path, *, testing: bool) -> bool:
    """Let all processes of this machine count together; says whether anything is counted at all."""
    wanted = env.flag("METRICS", default=True)
    folder = env.text("METRICS_DIR", "" if testing else str(data_dir / "metrics"))
    if wanted and folder:
        processes.share(Path(folder))
    else:
        processes.keep_apart()
    return wanted


def report_errors(*, environment: str, release: str) -> bool:
    """Report to Sentry where SENTRY_DSN names one."""
    dsn = env.text("SENTRY_DSN")
    sample = env.ratio("SENTRY_SAMPLE_RATE", 1.0)
    if not dsn:
        return False
    from jobsphere.watch import reporting

    handler = reporting.start(dsn, environment=environment, release=release, sample=sample)
    logging.getLogger().addHandler(handler)
    return True


def trace(*, environment: str, release: str) -> bool:
    """Trace where OTEL_EXPORTER_OTLP_ENDPOINT names a collector that speaks OTLP over HTTP."""
    endpoint = env.text("OTEL_EXPORTER_OTLP_ENDPOINT").rstrip("/")
    headers = env.pairs("OTEL_EXPORTER_OTLP_HEADERS")
    service = env.text("OTEL_SERVICE_NAME", "jobsphere")
    ratio = env.ratio("OTEL_TRACES_SAMPLER_ARG", 1.0)
    if not endpoint:
        return False
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    from jobsphere.watch import tracing

    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", headers=headers, timeout=10)
    tracing.start(BatchSpanProcessor(exporter), service=service, release=release, environment=environment, ratio=ratio)
    return True
