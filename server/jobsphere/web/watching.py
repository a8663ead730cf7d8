"""`/metrics`: for the operator's Prometheus and for nobody else (ADR 0037)."""

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from jobsphere.watch import scraping

#: What proxies add. Behind one on this machine everybody seems to come from here.
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_HOST")


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a scrape; whoever may not ask learns nothing, not even that it is here."""
    if not settings.METRICS or request.method != "GET" or not may_look(request):
        raise Http404
    answer = HttpResponse(scraping.exposition(), content_type=scraping.CONTENT_TYPE)
    answer["Cache-Control"] = "no-store"
    return answer


def may_look(request: HttpRequest) -> bool:
    """Say whether this is the operator: by METRICS_TOKEN, or, in development without one, from this machine."""
    if settings.METRICS_TOKEN:
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return scheme.lower() == "bearer" and constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    return not settings.PRODUCTION and _from_here(request)


def _from_here(request: HttpRequest) -> bool:
    if settings.SECURE_PROXY_SSL_HEADER or any(name in request.META for name in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
