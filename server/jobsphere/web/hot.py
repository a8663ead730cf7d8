"""Reads that are too busy for the whole shell of a request: measured, the shell cost more than the database.

`hot(View, read, when=...)` answers GET with JSON that `read(request, actor, ...)` has ready, without DRF's dispatch.
The view stays the contract: it does the same through its serializers, and it gets whatever is not the plain case (a
problem to explain, another method, an Accept header without JSON, a database that has no JSON ready).
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from rest_framework.exceptions import APIException, Throttled

from jobsphere.kit.actor import VISITOR, Actor
from jobsphere.kit.errors import DomainError
from jobsphere.web.json import RawJson
from jobsphere.web.throttles import ActionThrottle
from jobsphere.web.views import ApiView

#: Returns the finished body; raises what the view will explain.
Read = Callable[..., RawJson]

logger = structlog.get_logger(__name__)


def hot(view_class: type[ApiView], read: Read, *, when: Callable[[], bool]) -> Callable[..., HttpResponseBase]:
    """Return the view, with a short way for plain GETs while `when()` says that `read` can answer."""
    whole = view_class.as_view()

    def view(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if request.method == "GET" and when() and _accepts_json(request.META.get("HTTP_ACCEPT")):
            try:
                answer = HttpResponse(_answer(view_class, read, request, arguments), content_type="application/json")
                return _for_anybody(request, answer) if request.__dict__["auth"] is None else answer
            except (DomainError, APIException):
                pass  # the view meets the same again, and explains it
            except Exception:
                logger.exception("hot.failed", path=request.path)
        return whole(request, **arguments)

    # What Django, drf-spectacular and our tests look for on a view.
    for name in ("cls", "view_class", "initkwargs", "view_initkwargs", "csrf_exempt", "__doc__", "__name__"):
        if hasattr(whole, name):
            setattr(view, name, getattr(whole, name))
    return view


def _answer(view_class: type[ApiView], read: Read, request: HttpRequest, arguments: dict[str, Any]) -> RawJson:
    identity = _identity(view_class, request)
    request.__dict__["auth"] = identity  # where throttles and policies look for it
    actor: Actor = identity.actor if identity else VISITOR
    view_class.access.check(actor, getattr(identity, "authenticated_at", None))
    if not ActionThrottle().allow_request(request, view_class):  # type: ignore[arg-type]
        raise Throttled
    return read(request, actor, **arguments)


def _for_anybody(request: HttpRequest, answer: HttpResponse) -> HttpResponseBase:
    """Let a browser keep what everybody may read, and ask each time whether it still holds: 304 until a byte differs.

    The tag is made from the answer itself, so whatever changes in it, a name or a count, is seen at once, and no list
    of reasons can be incomplete (ADR 0038). What is read signed in stays `no-store`.
    """
    tag = quote_etag(blake2b(answer.content, digest_size=12).hexdigest())
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(answer, ("Authorization", "Cookie", "Accept"))
    return get_conditional_response(request, etag=tag, response=answer) or answer


def _identity(view_class: type[ApiView], request: HttpRequest) -> Any:
    if "HTTP_AUTHORIZATION" not in request.META:
        return None
    for authentication in view_class.authentication_classes:
        if found := authentication().authenticate(request):  # type: ignore[arg-type]
            return found[1]
    return None


def _accepts_json(accept: str | None) -> bool:
    return not accept or "application/json" in accept or "*/*" in accept
