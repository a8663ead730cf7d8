"""History is paged by messages, in both directions and from any place."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from jobsphere.kit.errors import InvalidInput
from jobsphere.web.pagination import KeysetPagination, page_size, read_cursor, write_cursor
from jobsphere.web.schema import PAGING

_STARTS = {
    "before": "The messages before this one.",
    "after": "The messages after this one.",
    "around": "This message, and as many before it as after it.",
}
HISTORY = [*PAGING, *(OpenApiParameter(name, UUID, description=text) for name, text in _STARTS.items())]


class HistoryPagination(KeysetPagination):
    """Pages of messages, the newest first: from a cursor, before or after a message, or around one."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return one page; `more_older` and `more_newer` say whether it goes on."""
        self.request, self.size = request, page_size(request)
        cursor = read_cursor(request.query_params.get("cursor", ""))
        starts = {name: _id(request, name) for name in _STARTS if name in request.query_params}
        if len(starts) > 1 or (starts and cursor[0]):
            raise InvalidInput.at(
                f"/{next(iter(starts))}", "one-start", "Give one of cursor, before, after and around."
            )
        if "around" in starts:
            return self._around(queryset, starts["around"])
        if starts:
            cursor = next(iter(starts.values())), "after" in starts
        return self._beside(queryset, *cursor)

    def _around(self, rows: "QuerySet[Any]", position: UUID) -> list[Any]:
        half = max(1, self.size // 2)
        newer = list(rows.filter(pk__gt=position).order_by("pk")[: half + 1])
        older = list(rows.filter(pk__lte=position).order_by("-pk")[: self.size - half + 1])
        self.more_newer, self.more_older = len(newer) > half, len(older) > self.size - half
        self.page = [*reversed(newer[:half]), *older[: self.size - half]]
        return self.page

    def _beside(self, rows: "QuerySet[Any]", position: UUID | None, backwards: bool) -> list[Any]:
        if position:
            rows = rows.filter(**{"pk__gt" if backwards else "pk__lt": position})
        found = list(rows.order_by("pk" if backwards else "-pk")[: self.size + 1])
        more = len(found) > self.size
        self.page = found[: self.size][::-1] if backwards else found[: self.size]
        self.more_older, self.more_newer = (True, more) if backwards else (more, position is not None)
        return self.page

    def _next(self) -> str | None:
        return self._link(-1, backwards=False) if self.more_older else None

    def _previous(self) -> str | None:
        return self._link(0, backwards=True) if self.more_newer else None

    def _link(self, index: int, *, backwards: bool) -> str | None:
        if not self.page:
            return None
        cursor = write_cursor(self.page[index].pk, backwards=backwards)
        address = f"{self.request.scheme}://{self.request.get_host()}{self.request.path}"
        return f"{address}?page_size={self.size}&cursor={cursor}"


def _id(request: Request, name: str) -> UUID:
    try:
        return UUID(request.query_params[name])
    except ValueError as error:
        raise InvalidInput.at(f"/{name}", "invalid", "Give the id of a message.") from error
