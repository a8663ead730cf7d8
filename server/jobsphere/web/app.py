"""The web app: one page that finds its own way; WhiteNoise serves its files, whose names hold their digest."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path

from jobsphere.web.heads import with_head

#: What the server itself answers; everything else is a place in the app.
OURS = r"^(?!api/|sandbox/|health/|static/|assets/|map/|metrics).*$"


@cache
def page(path: Path) -> bytes:
    """Return the built page."""
    return path.read_bytes()


def web_app(request: HttpRequest) -> HttpResponse:
    """Answer any place of the app with its one page. Never cached, because it names the newest files."""
    if request.method not in ("GET", "HEAD"):
        raise Http404
    response = HttpResponse(with_head(page(settings.WEB_DIST / "index.html"), request.path))
    response["Cache-Control"] = "no-cache"
    return response


def web_app_routes() -> list[URLPattern]:
    """Return the route of the app, where it was built; the first page of the server is then at /api/."""
    return [re_path(OURS, web_app, name="web-app")] if (settings.WEB_DIST / "index.html").exists() else []
