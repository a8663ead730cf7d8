"""What happens around every request: an id for the logs, security headers, CORS, and a forgiving slash."""

import re
from collections.abc import Callable
from functools import lru_cache
from time import perf_counter
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, get_resolver
from django.utils.cache import patch_vary_headers
from structlog.contextvars import bound_contextvars

from jobsphere.kit.ids import uuid7
from jobsphere.watch import tracing
from jobsphere.watch.context import forget_person, present_person
from jobsphere.watch.lines import request_line
from jobsphere.watch.metrics import METHODS, OTHER, request_done
from jobsphere.web.citymap import tile_origin

Handler = Callable[[HttpRequest], HttpResponseBase]

_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")

#: What a page of a named origin may send beside the usual.
ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, X-Client, X-Device-Token, X-Proof-Of-Work"

logger = structlog.get_logger("jobsphere.request")


class RequestContextMiddleware:
    """Gives each request an id (or takes the proxy's), binds it to the logs, and says and counts how the request ended.

    Outermost, so that refusals, static files and the short ways of ADR 0006 are seen as well.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.counts = settings.METRICS
        self.tells = settings.LOG_REQUESTS

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _REQUEST_ID.match(given) else uuid7().hex
        method = request.method if request.method in METHODS else OTHER
        with bound_contextvars(request_id=request_id):
            try:
                with tracing.span(f"HTTP {method}", kind="SERVER", request_id=request_id) as span:
                    response = self.get_response(request)
                    tracing.note(span, failed=response.status_code >= 500, **_seen(request, response, method, span))
                response["X-Request-ID"] = request_id
                self._tell(request, response, str(method), perf_counter() - began)
            finally:
                forget_person()
        return response

    def _tell(self, request: HttpRequest, response: HttpResponseBase, method: str, seconds: float) -> None:
        status = response.status_code
        route = route_of(request, status)
        if self.counts:
            request_done(method, route, status, seconds)
        if self.tells:
            match = request.resolver_match
            request_line(
                method=method,
                route=route,
                status=status,
                seconds=seconds,
                request_id=response["X-Request-ID"],
                user_id=present_person(),
                arguments=match.kwargs if match else {},
            )
        elif status >= 500 or settings.LOG_LEVEL == "DEBUG":
            logger.info("request", method=request.method, path=request.path, status=status)


def route_of(request: HttpRequest, status: int) -> str:
    """Return the pattern that answered: few words, whatever people ask for. Never the path itself."""
    match = request.resolver_match
    if match is None:
        # WhiteNoise answers files before any route is looked for.
        return "(none)" if status >= 400 else "(file)"
    # The web app takes every path that is nobody else's, by an expression that nobody can read.
    return f"({match.url_name})" if match.route.startswith("^") else f"/{match.route}"


def _seen(request: HttpRequest, response: HttpResponseBase, method: str | None, span: Any) -> dict[str, Any]:
    """Return what a trace learns of a request when it has been answered."""
    if span is None:
        return {}
    route = route_of(request, response.status_code)
    return {"name": f"{method} {route}", "route": route, "status": response.status_code}


#: What a gateway's own card form needs, by the gateway; its own pages say so (docs.stripe.com/security/guide).
_FORMS = {
    "stripe": {
        "script-src": "https://js.stripe.com",
        "frame-src": "https://js.stripe.com https://hooks.stripe.com",
        "connect-src": "https://api.stripe.com",
        "img-src": "https://*.stripe.com",
    }
}


def content_policy(gateways: list[str]) -> str:
    """Return what the browser may load: ours, and what the card forms of the gateways in use need."""
    sources = {
        "default-src": "'self'",
        # Private pictures are read with the session's right, and shown from memory.
        "img-src": "'self' data: blob:",
        "style-src": "'self' 'unsafe-inline'",
        "script-src": "'self'",
        "connect-src": f"'self' {socket_sources()}",
    }
    if store := settings.FILE_STORE_ORIGINS:
        sources |= {name: f"{sources[name]} {store}" for name in ("img-src", "connect-src")}
    if tiles := tile_origin():
        sources["img-src"] += f" {tiles}"
    for form in (_FORMS[name] for name in gateways if name in _FORMS):
        for directive, hosts in form.items():
            own = sources.get(directive, "'self'")
            sources[directive] = f"{own} {hosts}"
    ours = "; ".join(f"{directive} {allowed}" for directive, allowed in sources.items())
    return f"{ours}; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"


def socket_sources() -> str:
    """Return where pages may open sockets: some browsers do not take 'self' for ws:, and the port may be another."""
    if settings.SOCKET_URL:
        parts = urlsplit(settings.SOCKET_URL)
        return f"{parts.scheme}://{parts.netloc}"
    page = urlsplit(settings.PUBLIC_URL)
    scheme = "wss" if page.scheme == "https" else "ws"
    if settings.SOCKET_PORT:
        return f"{scheme}://{page.hostname}:{settings.SOCKET_PORT}"
    return f"{scheme}://{page.netloc}"


class SecurityHeadersMiddleware:
    """Denies the browser everything that our pages do not need."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.policy = content_policy(settings.GATEWAYS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), payment=(self)")
        # Other sites' pages load nothing of ours; what the operator named in CORS_ORIGINS asks with CORS, which this
        # does not touch.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class CorsMiddleware:
    """Answers browsers of the origins that the operator named in CORS_ORIGINS, and of no other (R15)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.origins = frozenset(settings.CORS_ORIGINS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        origin = request.META.get("HTTP_ORIGIN", "")
        if origin not in self.origins:
            return self._told_apart(self.get_response(request))
        preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if preflight else self.get_response(request)
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Credentials"] = "true"
        if preflight:
            response["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
            response["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
            response["Access-Control-Max-Age"] = "600"
        return self._told_apart(response)

    def _told_apart(self, response: HttpResponseBase) -> HttpResponseBase:
        """Tell caches that another origin gets another answer: also with the answer to who sends none."""
        if self.origins:
            patch_vary_headers(response, ["Origin"])
        return response


class ForgivingSlashMiddleware:
    """Answers a path with or without its trailing slash, without a redirect that would lose a POST body.

    Innermost, so that the second look costs nothing unless the first found no route at all.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 404 or request.resolver_match or not request.path_info.startswith("/api/"):
            return response
        path = request.path_info
        request.path_info = path[:-1] if path.endswith("/") else f"{path}/"
        return self.get_response(request)


class _BareHandler(BaseHandler):
    """Resolves a route and calls its view, as Django's handler does when there is no middleware."""

    _view_middleware: ClassVar[tuple[Any, ...]] = ()
    _template_response_middleware: ClassVar[tuple[Any, ...]] = ()
    _exception_middleware: ClassVar[tuple[Any, ...]] = ()
    _get_response: Callable[[HttpRequest], HttpResponse]

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Find the view; a path that was found before is not looked up again in a hundred patterns."""
        request.resolver_match = _route(settings.ROOT_URLCONF, request.path_info)
        return request.resolver_match


@lru_cache(maxsize=2048)
def _route(urlconf: str, path: str) -> ResolverMatch:
    return get_resolver(urlconf).resolve(path)


class ApiLaneMiddleware:
    """Takes reads of the API without a cookie past the browser's middlewares.

    Session, CSRF, sign-in by session, messages and allauth all begin with a cookie, so without one they have nothing
    to say to a GET; together they cost as much as the job page itself. What finds no route goes the long way.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.direct = cast(
            "Callable[[HttpRequest], HttpResponse]", convert_exception_to_response(_BareHandler()._get_response)
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" or "HTTP_COOKIE" in request.META or not _in_lane(request.path_info):
            return self.get_response(request)
        response = self.direct(request)
        if response.status_code == 404 and not request.resolver_match:
            return self.get_response(request)
        if not response.streaming and not response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _in_lane(path: str) -> bool:
    return path.startswith("/api/") and not path.startswith("/api/auth")
