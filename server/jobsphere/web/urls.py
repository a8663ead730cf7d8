"""How an app writes a route."""

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path


def route(pattern: str, view: Callable[..., HttpResponseBase], name: str, **extra: Any) -> URLPattern:
    """Register a path as the seeds write it; ForgivingSlashMiddleware answers the other spelling of the slash."""
    return path(pattern, view, name=name, kwargs=extra or None)
