"""RFC 9457 problem details: every error answer has one shape (DESIGN §6)."""

from collections.abc import Callable, Iterator
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback
from structlog.contextvars import get_contextvars

from jobsphere.kit.errors import (
    DomainError,
    FieldError,
    Forbidden,
    InvalidInput,
    NotFound,
    SignInRequired,
    Unavailable,
)
from jobsphere.web.json import dumps

MEDIA_TYPE = "application/problem+json"

logger = structlog.get_logger(__name__)


class TooManyRequests(DomainError):
    """You asked too often; `Retry-After` says when to try again."""

    code = "too-many-requests"
    status = 429
    title = "Too many requests"


class BodyTooLarge(DomainError):
    """The body is larger than this route accepts."""

    code = "body-too-large"
    status = 413
    title = "Too large"


class MethodNotAllowed(DomainError):
    """This path does not know that HTTP method; `Allow` lists those it knows."""

    code = "method-not-allowed"
    status = 405
    title = "Method not allowed"


class UnsupportedMediaType(DomainError):
    """Send the body as application/json, or as the schema says for this path."""

    code = "unsupported-media-type"
    status = 415
    title = "Unsupported media type"


class NotAcceptable(DomainError):
    """This path cannot answer in the media type that the Accept header asks for."""

    code = "not-acceptable"
    status = 406
    title = "Not acceptable"


class InternalError(DomainError):
    """A fault of ours. Nothing was half done; quote the request id when you report it."""

    code = "internal-error"
    status = 500
    title = "Something went wrong on our side"


def problem(error: DomainError) -> dict[str, Any]:
    """Return the body of a problem."""
    body: dict[str, Any] = {
        "type": f"/problems/{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
        "request_id": get_contextvars().get("request_id", ""),
        **error.fields,
    }
    if isinstance(error, InvalidInput):
        body["errors"] = [each.to_json() for each in error.errors]
    return body


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: turn any exception of a view into a problem; what we do not know becomes a logged 500."""
    error, headers = _as_domain_error(exc)
    set_rollback()
    return Response(problem(error), status=error.status, headers=headers, content_type=MEDIA_TYPE)


def problem_response(error: DomainError) -> HttpResponse:
    """Return a problem outside of DRF (middleware, Django's own 404)."""
    return HttpResponse(dumps(problem(error)), status=error.status, content_type=MEDIA_TYPE)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return problem_response(NotFound("There is nothing at this address. /api/docs/ lists every path."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: refused before any view, by its Host for one."""
    return problem_response(_unreadable())


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return problem_response(InternalError("The fault was recorded. Please try again."))


#: What DRF and Django raise, and the problem that we answer; each maker gets the exception.
_TRANSLATIONS: list[tuple[type[Exception] | tuple[type[Exception], ...], Callable[[Any], DomainError]]] = [
    ((Http404, exceptions.NotFound), lambda exc: NotFound("There is nothing here for you.")),
    ((PermissionDenied, exceptions.PermissionDenied), lambda exc: Forbidden()),
    (exceptions.ValidationError, lambda exc: InvalidInput(list(field_errors(exc.detail)))),
    (exceptions.ParseError, lambda exc: InvalidInput.at("", "not-json", str(exc.detail))),
    (
        (exceptions.AuthenticationFailed, exceptions.NotAuthenticated),
        lambda exc: SignInRequired(str(exc.detail)),
    ),
    (exceptions.Throttled, lambda exc: _too_many(int(exc.wait or 1) + 1)),
    (exceptions.MethodNotAllowed, lambda exc: MethodNotAllowed(str(exc.detail))),
    (exceptions.UnsupportedMediaType, lambda exc: UnsupportedMediaType(str(exc.detail))),
    (exceptions.NotAcceptable, lambda exc: NotAcceptable(str(exc.detail))),
    (RequestDataTooBig, lambda exc: BodyTooLarge("Send a smaller body.")),
    (SuspiciousOperation, lambda exc: _unreadable()),
    (UnreadablePostError, lambda exc: InvalidInput.at("", "broken-off", "The body broke off before its end.")),
    (
        # The second: the connection was closed under a request by the server's own end.
        (OperationalError, InterfaceError),
        lambda exc: Unavailable("The database is busy. Nothing was changed; please try again.", retry_after=1),
    ),
    (
        RedisError,
        lambda exc: Unavailable("A part of the marketplace is away for a moment. Please try again.", retry_after=1),
    ),
    (
        DataError,
        lambda exc: InvalidInput.at("", "out-of-range", "A value is outside of what can be stored."),
    ),
]


def _unreadable() -> InvalidInput:
    return InvalidInput.at("", "bad-request", "The request cannot be read: its Host header or its form is not valid.")


def _too_many(seconds: int) -> TooManyRequests:
    return TooManyRequests(f"Try again in {seconds} seconds.", retry_after=seconds)


def _as_domain_error(exc: Exception) -> tuple[DomainError, dict[str, str]]:
    """Return the problem for an exception, and the headers that belong to it."""
    error = exc if isinstance(exc, DomainError) else None
    for known, make in _TRANSLATIONS:
        if error is None and isinstance(exc, known):
            error = make(exc)
    if error is None:
        logger.exception("request.failed", exc_info=exc)
        error = InternalError("The fault was recorded. Please try again; quote the request id if it stays.")
    headers = {}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in error.fields:
        headers["Retry-After"] = str(error.fields["retry_after"])
    return error, headers


def field_errors(detail: Any, pointer: str = "") -> Iterator[FieldError]:
    """Flatten DRF's nested error detail into JSON pointers."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            here = pointer if name == "non_field_errors" else f"{pointer}/{name}"
            yield from field_errors(inner, here)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from field_errors(inner, f"{pointer}/{index}" if nested else pointer)
    else:
        yield FieldError(pointer, getattr(detail, "code", None) or "invalid", str(detail))
