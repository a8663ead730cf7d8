"""Asks ClamAV whether it knows an upload: clamd's INSTREAM, over TCP or a unix socket. Off without CLAMAV_URL."""

import socket
import struct
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from jobsphere.files.errors import FileInfected
from jobsphere.kit.errors import FieldError, Unavailable

#: Seconds to connect, and to wait for each answer: ten megabytes take clamd about a second.
CONNECT, ANSWER = 3.0, 30.0
_PIECE = 256 * 1024
#: clamd says what it found in one line.
_LONGEST_ANSWER = 4096

logger = structlog.get_logger("jobsphere.files")


def require_clean(content: bytes) -> None:
    """Refuse what the scanner knows; raises FileInfected, and Unavailable while it does not answer (by policy)."""
    if not settings.CLAMAV_URL:
        return
    try:
        answer = _scanned(content)
    except OSError as error:
        answer = f"{error} ERROR"
    if answer.endswith("FOUND"):
        _refuse(answer)
    elif not answer.endswith("OK"):
        _without_scanner(answer)


def _refuse(answer: str) -> None:
    logger.warning("files.infected", signature=answer)
    detail = "A virus scanner knows this file, so it was not kept. Check the device that it came from."
    raise FileInfected([FieldError("/file", "file-infected", detail)])


def _without_scanner(reason: str) -> None:
    logger.error("files.not_scanned", reason=reason, policy=settings.CLAMAV_UNREACHABLE)
    if settings.CLAMAV_UNREACHABLE == "refuse":
        raise Unavailable("Files cannot be checked for viruses right now, so none is taken. Please try again later.")


def _scanned(content: bytes) -> str:
    """Return clamd's answer: "stream: OK", "stream: <signature> FOUND", "… ERROR"; raises OSError."""
    with _connected() as clamd:
        clamd.settimeout(ANSWER)
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            clamd.sendall(struct.pack("!L", len(piece)) + piece)
        clamd.sendall(struct.pack("!L", 0))
        return _answer(clamd)


def _connected() -> socket.socket:
    parts = urlsplit(settings.CLAMAV_URL)
    if parts.scheme == "unix":
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(CONNECT)
        try:
            clamd.connect(parts.path)
        except OSError:
            clamd.close()
            raise
        return clamd
    return socket.create_connection((parts.hostname or "localhost", parts.port or 3310), timeout=CONNECT)


def _answer(clamd: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        part = clamd.recv(1024)
        if not part:
            break
        said += part
    if not said:
        raise OSError("clamd hung up without an answer")
    return said.rstrip(b"\0\n").decode(errors="replace").strip()
