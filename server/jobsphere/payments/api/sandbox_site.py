"""The sandboxes' own sites below /sandbox/: their API for browsers, checkout, bank's questions, onboarding."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from jobsphere.payments.gateways.registry import sandbox_site_at


@csrf_exempt
def sandbox_site(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer as the gateway would: it stands outside of the marketplace and shares nothing with it but this address."""
    site, path_there = sandbox_site_at(rest)
    reply = site.respond(
        request.method or "GET",
        f"/{path_there}",
        request.META.get("QUERY_STRING", ""),
        request.body.decode("utf-8", "replace"),
        {**request.headers},
    )
    return HttpResponse(reply.body, status=reply.status, headers=dict(reply.headers))


def sandbox_routes() -> list[URLPattern]:
    """Return the routes; config/urls.py uses them in sandbox mode only."""
    return [path("sandbox/<path:rest>", sandbox_site, name="sandbox")]
