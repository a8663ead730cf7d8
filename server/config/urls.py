"""Every route. An app's routes are included when it has `api/urls.py`."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from jobsphere.web import citymap, heads, health, home, watching
from jobsphere.web.app import web_app_routes
from jobsphere.web.docs import schema_routes
from jobsphere.web.legacy import legacy_routes


def app_routes() -> list[URLPattern | URLResolver]:
    """Return the routes of every installed app of ours that has an API."""
    routes: list[URLPattern | URLResolver] = []
    for config in apps.get_app_configs():
        ours = config.name.startswith("jobsphere.") and find_spec(f"{config.name}.api")
        if ours and find_spec(f"{config.name}.api.urls"):
            routes.append(path("api/", include(import_module(f"{config.name}.api.urls"))))
    return routes


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", home.home, name="home"),
    path("problems/<slug:code>", home.problem_page, name="problem"),
    path("sitemap.xml", heads.site_map, name="site-map"),
    path("robots.txt", heads.robots, name="robots"),
    path(citymap.ADDRESS.lstrip("/"), citymap.tiles, name="city-map"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", watching.metrics, name="metrics"),
    *schema_routes(),
    *app_routes(),
    *legacy_routes(),
]

if settings.GATEWAY.startswith("sandbox"):
    from jobsphere.payments.api.sandbox_site import sandbox_routes

    urlpatterns += sandbox_routes()

urlpatterns += web_app_routes() or [path("", home.home, name="front")]

handler400 = "jobsphere.web.problems.bad_request"
handler404 = "jobsphere.web.problems.not_found"
handler500 = "jobsphere.web.problems.server_error"
