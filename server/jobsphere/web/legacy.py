"""The area names of seed 001 (`/api/job`, `/api/bidding` …) lead to ours for good (DESIGN §6)."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response

from jobsphere.web.access import PUBLIC
from jobsphere.web.views import ApiView

AREAS = {
    "job": "jobs",
    "job-request": "proposals",
    "chat": "messages",
    "bidding": "offers",
    "payment": "payments/history",
}


class LegacyRedirect(ApiView):
    """Moved for good; 308 keeps the method and the body."""

    access = PUBLIC
    authentication_classes = ()

    @extend_schema(
        tags=["legacy"],
        deprecated=True,
        request=None,
        responses={308: OpenApiResponse(description="Moved")},
    )
    def get(self, request: HttpRequest, area: str, rest: str = "") -> Response:
        """Redirect to the present name of this area."""
        return self._redirect(area, rest)

    @extend_schema(
        tags=["legacy"],
        deprecated=True,
        request=None,
        responses={308: OpenApiResponse(description="Moved")},
    )
    def post(self, request: HttpRequest, area: str, rest: str = "") -> Response:
        """Redirect to the present name of this area."""
        return self._redirect(area, rest)

    @extend_schema(exclude=True)
    def put(self, request: HttpRequest, area: str, rest: str = "") -> Response:
        """Redirect to the present name of this area."""
        return self._redirect(area, rest)

    patch = delete = put

    def _redirect(self, area: str, rest: str) -> Response:
        base = AREAS[area] if not rest else AREAS[area].split("/")[0]
        query = self.request.META.get("QUERY_STRING", "")
        address = f"/api/{base}/{rest}" + (f"?{query}" if query else "")
        return Response(status=308, headers={"Location": address})


@extend_schema(exclude=True)
class DeeperLegacyRedirect(LegacyRedirect):
    """The same for everything below an old area name; one entry for each area in the document is enough."""


def legacy_routes() -> list[URLPattern]:
    """Return the redirecting routes of every old area name."""
    view, deeper = LegacyRedirect.as_view(), DeeperLegacyRedirect.as_view()
    routes = []
    for area in AREAS:
        routes.append(path(f"api/{area}", view, {"area": area}, name=f"legacy-{area}"))
        routes.append(path(f"api/{area}/<path:rest>", deeper, {"area": area}, name=f"legacy-{area}-rest"))
    return routes
