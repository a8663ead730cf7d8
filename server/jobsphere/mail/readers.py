"""In which language and time zone a person reads. Higher apps know; they say here how to look it up."""

from collections.abc import Callable
from contextvars import ContextVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jobsphere.kit.words import Reader, best_language

#: The language that the browser of the present request asks for; empty outside of one.
_asked: ContextVar[str] = ContextVar("accept_language", default="")
_lookup: Callable[[UUID], Reader | None] | None = None


def register(lookup: Callable[[UUID], Reader | None]) -> None:
    """Say how a person's choice is found; again replaces it."""
    global _lookup
    _lookup = lookup


def reader_of(user_id: UUID | None) -> Reader:
    """Return how a person reads; who chose nothing, or is nobody yet, reads as the operator says."""
    chosen = _lookup(user_id) if _lookup and user_id else None
    return chosen or operators_reader()


def operators_reader() -> Reader:
    """Return the marketplace's own language and time zone."""
    return Reader(settings.DEFAULT_LANGUAGE, settings.DEFAULT_TIME_ZONE)


def asked_language() -> str:
    """Return the language of ours that the present request asks for, else the operator's."""
    return best_language(_asked.get(), settings.DEFAULT_LANGUAGE)


class AcceptLanguageMiddleware:
    """Remembers what the browser asks for while the request lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _asked.set(request.headers.get("Accept-Language", "")[:500])
        try:
            return self.get_response(request)
        finally:
            _asked.reset(token)
