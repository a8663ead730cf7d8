"""Production on loopback, with a balancer that also writes down how long each answer took it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.topology.processes import ROOT, Topology
from tools.servers.common import Missing

#: When it was over (ms since 1970), ms from the request's last byte to the answer's first one, status, journey's step.
_LINE = re.compile(r"^timer (\d+) (-?\d+) (\d+) \{(.*)\}$")
_FORMAT = 'log-format "timer %[date(0,ms)] %Tr %ST {%[capture.req.hdr(0)]}"'


class Stage(Topology):
    """The topology of the tests; tokens live as long as the run, since nobody here would press "sign in" again."""

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), "ACCESS_TOKEN_MINUTES": "600", "LOG_REQUESTS": "yes"}

    def _add_proxies(self) -> None:
        super()._add_proxies()
        own = (ROOT / "deploy" / "haproxy" / "haproxy.cfg").read_text()
        told = own.replace("raw local0 notice", f"raw local0 info\n    {_FORMAT}")
        told = told.replace('bind "${BALANCER}"', 'bind "${BALANCER}"\n    capture request header X-Step len 40')
        told = told.replace("frontend everything", "frontend everything\n    log global", 1)
        file = self.folder / "haproxy.cfg"
        file.write_text(told)
        balancer = self.processes["balancer"]
        balancer.command = [*balancer.command[:-1], str(file)]

    @property
    def balancer(self) -> int:
        """The port where the crowd comes in: behind TLS, so that its own encryption takes nothing from the server."""
        return int(self.ports["balancer"])

    def timers(self, begin: float, end: float) -> dict[str, list[float]]:
        """Return how many milliseconds the server took for each answer in that time, by step, sorted.

        From the request's last byte at the balancer to the first byte of its answer: waiting for a free thread
        is in it, the generator's own slowness is not.
        """
        found: dict[str, list[float]] = defaultdict(list)
        for line in self.processes["balancer"].lines():
            if match := _LINE.match(line):
                moment, took, status, step = match.groups()
                if step and begin * 1000 <= int(moment) < end * 1000 and status != "101" and int(took) >= 0:
                    found[step].append(float(took))
        return {step: sorted(times) for step, times in found.items()}


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Start everything, and stop it afterwards; raises SystemExit where something is missing on this machine."""
    with ExitStack() as stack:
        try:
            built = Stage(folder, stack)
        except Missing as reason:
            raise SystemExit(f"The production topology cannot be started here: {reason}") from None
        built.start()
        yield built
