"""Saved searches over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.jobs import selectors, services
from jobsphere.jobs.api.proposal_serializers import SavedSearchSerializer, StoredSearchSerializer
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class SearchBase(ApiView):
    """What both views of saved searches share."""

    access = SIGNED_IN

    def wanted(self) -> dict[str, Any]:
        """Return name and filters; the filters are checked, and stored as they were sent."""
        values = self.validated(SavedSearchSerializer)
        sent: Any = self.request.data
        return {"name": values["name"], "filters": sent["filters"]}


class SearchListView(SearchBase):
    """The searches that I keep."""

    @extend_schema(tags=["jobs"], parameters=PAGING, responses=page_of(StoredSearchSerializer))
    def get(self, request: Request) -> Response:
        """List my saved searches."""
        return self.paginated(selectors.saved_searches(self.actor), StoredSearchSerializer)

    @extend_schema(tags=["jobs"], request=SavedSearchSerializer, responses={201: StoredSearchSerializer})
    def post(self, request: Request) -> Response:
        """Keep a search."""
        wanted = self.wanted()
        return self.command(
            lambda: services.save_search(actor=self.actor, **wanted),
            render=lambda search: StoredSearchSerializer(search).data,
            status=201,
        )


class SearchView(SearchBase):
    """One saved search."""

    @extend_schema(tags=["jobs"], responses=StoredSearchSerializer)
    def get(self, request: Request, search_id: UUID) -> Response:
        """Show one of my searches."""
        return Response(StoredSearchSerializer(selectors.saved_search(self.actor, search_id)).data)

    @extend_schema(tags=["jobs"], request=SavedSearchSerializer, responses=StoredSearchSerializer)
    def put(self, request: Request, search_id: UUID) -> Response:
        """Replace one of my searches."""
        wanted = self.wanted()
        return self.command(
            lambda: services.change_search(actor=self.actor, search_id=search_id, **wanted),
            render=lambda search: StoredSearchSerializer(search).data,
        )

    @extend_schema(tags=["jobs"], request=None, responses={204: None})
    def delete(self, request: Request, search_id: UUID) -> Response:
        """Forget one of my searches."""
        return self.command(lambda: services.forget_search(actor=self.actor, search_id=search_id), status=204)
