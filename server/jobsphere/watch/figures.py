"""How things stand, read when somebody scrapes: each app registers what it knows of its own tables.

    figures.register("outbox", read, {"jobsphere_dead_letters": "Open dead letters."})      # in AppConfig.ready

`read()` yields `Figure`s. What it costs is bounded by indexes over what is open (a test looks at the plans), and paid
at most once in `seconds` by each process, however many scrape. A reader that fails takes nobody down with it: its
figures are missing, and `jobsphere_figures_up` says whose.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from time import monotonic

import structlog
from prometheus_client.core import GaugeMetricFamily

logger = structlog.get_logger("jobsphere.watch")

#: Seconds for which what was read is told again.
FRESH = 10.0
UP = "jobsphere_figures_up"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, and what it is of."""

    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


Read = Callable[[], Iterable[Figure]]


@dataclass(slots=True)
class _Source:
    read: Read
    help: Mapping[str, str]
    seconds: float
    until: float = 0.0
    figures: tuple[Figure, ...] = ()
    up: bool = False


_sources: dict[str, _Source] = {}
_lock = threading.Lock()


def register(app: str, read: Read, names: Mapping[str, str], *, seconds: float = FRESH) -> None:
    """Tell these figures (name: what it is) at each scrape; again replaces what the app registered."""
    _sources[app] = _Source(read, names, seconds)


def names() -> set[str]:
    """Return the names of every figure that is registered."""
    return {UP, *(name for source in _sources.values() for name in source.help)}


def forget() -> None:
    """Read everything again at the next scrape; for tests."""
    for source in _sources.values():
        source.until = 0.0


class Collector:
    """What prometheus-client asks for the figures."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every figure, grouped by its name."""
        up = GaugeMetricFamily(UP, "Whether an app's figures could be read.", labels=("app",))
        for app, source in sorted(_sources.items()):
            with _lock:
                _refresh(app, source)
            up.add_metric((app,), float(source.up))
            yield from _families(source)
        yield up


def _refresh(app: str, source: _Source) -> None:
    if monotonic() < source.until:
        return
    source.until = monotonic() + source.seconds
    try:
        source.figures, source.up = tuple(source.read()), True
    except Exception as error:  # noqa: BLE001  a scrape tells what can be told
        source.figures, source.up = (), False
        logger.warning("figures could not be read", app=app, error=type(error).__name__)


def _families(source: _Source) -> Iterator[GaugeMetricFamily]:
    for name, words in source.help.items():
        told = [figure for figure in source.figures if figure.name == name]
        labels = tuple(told[0].labels) if told else ()
        family = GaugeMetricFamily(name, words, labels=labels)
        for figure in told:
            family.add_metric(tuple(figure.labels[label] for label in labels), figure.value)
        yield family
