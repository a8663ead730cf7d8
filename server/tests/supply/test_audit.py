"""Known holes are named; a source that does not answer is never taken for one that knows of none."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools.supply import audit
from tools.supply.audit import KNOWN, NONE_KNOWN, NOT_ASKED, Source

PYTHON, NPM = audit.SOURCES
#: A hole as the npm registry tells it.
HOLE = {"id": 1, "url": "https://holes.example/1", "title": "Runs anything", "severity": "high"}


class Registry(BaseHTTPRequestHandler):
    """Answers what npm asks a registry about holes."""

    holes: dict[str, object]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(self.holes).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """A registry on this machine, which npm asks instead of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_npm_names_the_holes_that_its_registry_knows_and_only_those(
    registry: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "SOURCES", [NPM])
    Registry.holes = {}
    assert audit.main() == NONE_KNOWN
    Registry.holes = {"react": [{**HOLE, "vulnerable_versions": ">=0", "cvss": {"score": 9}, "cwe": []}]}
    assert audit.main() == KNOWN
    assert "react" in (told := capsys.readouterr().out)
    assert "Runs anything" in told


def test_a_source_that_does_not_answer_is_said_loudly_and_has_a_status_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    assert audit.main() == NOT_ASKED
    told = capsys.readouterr().out
    assert told.count("COULD NOT BE ASKED HERE") == len(audit.SOURCES)
    assert "0 known" not in told


def test_a_known_hole_is_worse_than_silence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"name": "django", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}
    answer = json.dumps({"dependencies": [found]})
    says = Source("one that knows", (sys.executable, "-c", f"print({answer!r})"), PYTHON.read)
    silent = Source("a silent one", (sys.executable, "-c", "raise SystemExit('no route')"), PYTHON.read)
    monkeypatch.setattr(audit, "SOURCES", [says, silent])
    assert audit.main() == KNOWN
    told = capsys.readouterr().out
    assert "django 1.0: CVE-1, mended in 1.1" in told
    assert "no route" in told


def test_a_package_that_was_left_out_was_not_asked_about() -> None:
    with pytest.raises(ValueError, match="not found"):
        list(PYTHON.read({"dependencies": [{"name": "ours", "skip_reason": "not found"}]}))
