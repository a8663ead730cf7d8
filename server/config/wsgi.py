"""HTTP for a WSGI server (granian in production)."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BrokenOffError(OSError):
    """The client, or a proxy, went away in the middle of a body."""


class WholeBody:
    """A body that breaks off is an error, and not a shorter body.

    Servers hand out what has come until then as if that were all. A verb whose body may be empty would be carried out
    without it, and its answer be kept under the Idempotency-Key, so that the client's own repetition were refused.
    """

    def __init__(self, stream: Any, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int | None = -1) -> bytes:
        """Read so many bytes, or all; raises BrokenOffError when they do not come."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        return self._counted(self._stream.read(wanted), least=wanted)

    def readline(self, size: int | None = -1) -> bytes:
        """Read up to the end of a line; raises BrokenOffError when nothing comes any more."""
        limit = self._left if size is None or size < 0 else min(size, self._left)
        return self._counted(self._stream.readline(limit), least=min(limit, 1))

    def _counted(self, data: bytes, *, least: int) -> bytes:
        self._left -= len(data)
        if len(data) < least:
            raise BrokenOffError("the body broke off")
        return data


def with_whole_bodies(inner: Application) -> Application:
    """Return the application with bodies that are whole or an error."""

    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdigit() and length != "0":
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return inner(environ, start_response)

    return outer


application = with_whole_bodies(get_wsgi_application())
