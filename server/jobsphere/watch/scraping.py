"""Everything that is seen, as Prometheus reads it."""

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from jobsphere.watch import figures, metrics, processes

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def exposition() -> bytes:
    """Return what was counted by all processes of this machine, and how things stand."""
    folder = processes.shared()
    if folder is None:
        return generate_latest(metrics.EVENTS) + _figures()
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))
    with processes.swept(folder):
        counted = generate_latest(registry)
    return counted + _figures()


def _figures() -> bytes:
    registry = CollectorRegistry()
    registry.register(figures.Collector())
    return generate_latest(registry)
