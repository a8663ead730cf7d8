"""The proxy with TLS of `deploy/`, started alone before a server of the test's own, and a scanner's ways to ask it."""

import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from tests.edge.baseline import HOST, Seen
from tests.topology.processes import ROOT, Process
from tools.servers import common, proxies

Headers = dict[str, str]


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name of the standard library
        """Say nothing: the test looks at the answers."""


class Behind:
    """Our application with whatever settings the test has made, on a port; it notes what reaches it."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self._application = WSGIHandler()
        self.server = ThreadedWSGIServer(("127.0.0.1", 0), _Silent)
        self.server.set_app(self._note)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        """Where it listens, as the proxy wants it."""
        return f"127.0.0.1:{self.server.server_address[1]}"

    def _note(self, environ: dict[str, Any], start: Any) -> Any:
        self.asked.append(environ)
        return self._application(environ, start)

    def stop(self) -> None:
        """Take no more connections; may be called twice."""
        if self.thread.is_alive():
            self.server.shutdown()
            self.thread.join()
            self.server.server_close()


class Front:
    """Caddy with our Caddyfile for `HOST`, with ports and a certificate authority of its own. Raises Missing."""

    def __init__(self, folder: Path, balancer: str) -> None:
        self.ports = {name: common.free_port() for name in ("tls", "plain", "admin")}
        self.url = f"https://{HOST}:{self.ports['tls']}"
        self.authority = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        command = [proxies.binary("caddy"), "run", "--config", str(ROOT / "deploy" / "caddy" / "Caddyfile")]
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PUBLIC_URL": self.url,
            "TLS_FROM": "internal",
            "BALANCER": balancer,
            "CADDY_ADMIN": f"localhost:{self.ports['admin']}",
            "CADDY_GLOBAL": f"http_port {self.ports['plain']}",
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
        }
        command += ["--adapter", "caddyfile"]
        self.process = Process("caddy", command, environment, folder / "caddy.log", self._shakes_hands)

    def _shakes_hands(self) -> bool:
        try:
            with self.greet(self.browser()):
                return True
        except OSError:
            return False

    def browser(self) -> ssl.SSLContext:
        """Return what a browser is that trusts this proxy's authority alone."""
        return ssl.create_default_context(cafile=str(self.authority))

    @contextmanager
    def greet(self, context: ssl.SSLContext, name: str = HOST) -> Iterator[ssl.SSLSocket]:
        """Shake hands for a name; raises what `ssl` raises where that is refused."""
        with (
            socket.create_connection(("127.0.0.1", self.ports["tls"]), timeout=10) as raw,
            context.wrap_socket(raw, server_hostname=name) as line,
        ):
            yield line

    def ask(self, path: str, method: str = "GET", headers: Headers | None = None) -> Seen:
        """Ask over TLS, as a browser would; `headers` may name another host than the handshake has."""
        with self.greet(self.browser()) as line:
            host = self.url.removeprefix("https://")
            return _asked(line, path, method, {"Host": host, **(headers or {})})

    def ask_plainly(self, path: str, host: str, method: str = "GET") -> Seen:
        """Ask the port of plain HTTP."""
        with closing(socket.create_connection(("127.0.0.1", self.ports["plain"]), timeout=10)) as line:
            return _asked(line, path, method, {"Host": host})


def _asked(line: socket.socket, path: str, method: str, headers: Headers) -> Seen:
    connection = HTTPConnection("nobody.invalid")
    connection.sock = line
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer: HTTPResponse = connection.getresponse()
    told = {name.lower(): value for name, value in answer.getheaders()}
    return Seen(path, answer.status, told, answer.read())
