"""What all views of the back office share."""

from collections.abc import Callable
from typing import Any, TypeVar

from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from jobsphere.backoffice.api.serializers.queries import PageQuery
from jobsphere.db.rows import Rows
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.serializers import ReasonSerializer
from jobsphere.web.views import ApiView

View = TypeVar("View")


class ViewPagination(KeysetPagination):
    """Pages of frozen views, which have an `id` and no `pk`."""

    key = "id"


class StaffView(ApiView):
    """A view for staff."""

    def asked(self, query: type[PageQuery]) -> dict[str, Any]:
        """Return the filters of the query, without what turns the pages."""
        return {name: value for name, value in self.queried(query).items() if name not in ("cursor", "page_size")}

    def page(self, rows: "Rows[Any]", serializer: type[BaseSerializer[Any]]) -> Response:
        """Answer one page of the rows, newest first."""
        paginator = ViewPagination()
        views = paginator.paginate_queryset(rows, self.request, view=self)
        return paginator.get_paginated_response(serializer(views, many=True).data)

    def decide(self, verb: Callable[[str], None], render: Callable[[], Any], *, money: bool = False) -> Response:
        """Run a verb that needs a reason, and answer with what it changed."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(lambda: verb(reason), render=lambda _: render(), money=money)
