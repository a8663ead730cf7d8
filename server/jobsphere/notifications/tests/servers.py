"""Local servers that the real clients talk to: SMTP (aiosmtpd), a push service, Firebase."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jobsphere.kit import clock


@dataclass
class Postbox:
    """What an SMTP server took, and how it answers a recipient."""

    letters: list[EmailMessage] = field(default_factory=list)
    #: Answers to RCPT TO by address, each used once; then it accepts.
    answers: dict[str, list[str]] = field(default_factory=dict)
    logins: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        waiting = self.answers.get(address)
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
        """Accept one password."""
        name, password = login.login.decode(), login.password.decode()
        self.logins.append(name)
        return AuthResult(success=password == "s3cret/word", handled=False)


@contextmanager
def smtp(**options: Any) -> Iterator[tuple[Postbox, int]]:
    """Run an SMTP server; yields its postbox and port."""
    postbox, port = Postbox(), _free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port, **options)
    if options.get("auth_required"):
        controller.SMTP_kwargs["authenticator"] = postbox.authenticate
    controller.start()
    try:
        yield postbox, port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return a TLS context for 127.0.0.1, and the file of the certificate that a client must trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.machine_now() - timedelta(days=1))
        .not_valid_after(clock.machine_now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "smtp.pem", folder / "smtp.key"
    certificate_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file, key_file)
    return context, certificate_file


@dataclass
class Request:
    """What a server was sent."""

    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)

    def form(self) -> dict[str, list[str]]:
        """Return the body as a form."""
        return parse_qs(self.body.decode())


@dataclass
class Answer:
    """What a server answers."""

    status: int = 201
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Service:
    """An HTTP server that remembers what it was sent; `answers` are used one by one, then `usual`."""

    def __init__(self, usual: Answer) -> None:
        self.requests: list[Request] = []
        self.answers: list[Answer] = []
        self.by_path: dict[str, Answer] = {}
        self.usual = usual
        self.url = ""

    def answer_to(self, request: Request) -> Answer:
        """Remember a request, and say what is answered."""
        self.requests.append(request)
        if request.path in self.by_path:
            return self.by_path[request.path]
        return self.answers.pop(0) if self.answers else self.usual

    def to(self, path: str) -> list[Request]:
        """Return what was sent to a path."""
        return [each for each in self.requests if each.path == path]


@contextmanager
def service(usual: Answer) -> Iterator[Service]:
    """Run an HTTP server."""
    running = Service(usual)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = running.answer_to(Request(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            content = b"" if answer.body is None else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(content)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    running.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
