"""The OpenAPI document and its rendered pages."""

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import (
    SpectacularAPIView,
    SpectacularRedocView,
    SpectacularSwaggerSplitView,
)

from jobsphere.web.access import PUBLIC


def schema_routes() -> list[URLPattern]:
    """Return the routes of the document and of the rendered pages."""
    return [
        path("api/schema/", SchemaView.as_view(), name="schema"),
        path("api/docs/", DocsView.as_view(url_name="schema"), name="docs"),
        path("api/redoc/", RedocView.as_view(url_name="schema"), name="redoc"),
    ]


@extend_schema(exclude=True)
class SchemaView(SpectacularAPIView):
    """The OpenAPI 3.1 document."""

    access = PUBLIC
    permission_classes = ()


@extend_schema(exclude=True)
class DocsView(SpectacularSwaggerSplitView):
    """Documentation to try things in."""

    access = PUBLIC
    permission_classes = ()


@extend_schema(exclude=True)
class RedocView(SpectacularRedocView):
    """Documentation to read."""

    template_name = "web/redoc.html"
    access = PUBLIC
    permission_classes = ()
