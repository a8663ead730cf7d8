"""Keyset pagination by the time-ordered id: no offset, no count, stable while rows arrive (R108)."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.errors import InvalidInput

DEFAULT_SIZE = 20
MAX_SIZE = 100


class KeysetPagination(BasePagination):
    """Pages of `page_size` rows; the opaque `cursor` names the last row seen and the direction."""

    #: The unique, time-ordered UUID that orders the list, newest first.
    key = "pk"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return one page; asks for one row more than it shows, to know whether there is a next page."""
        self.request = request
        self.size = page_size(request)
        self.position, self.backwards = read_cursor(request.query_params.get("cursor", ""))
        rows: QuerySet[Any] = queryset
        if self.position:
            side = "gt" if self.backwards else "lt"
            rows = rows.filter(**{f"{self.key}__{side}": self.position})
        found = list(rows.order_by(self.key if self.backwards else f"-{self.key}")[: self.size + 1])
        self.more = len(found) > self.size
        self.page = found[: self.size]
        if self.backwards:
            self.page.reverse()
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the rows as {"next", "previous", "results"}."""
        return Response({"next": self._next(), "previous": self._previous(), "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the page for OpenAPI."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe `cursor` and `page_size` for OpenAPI."""
        return [
            {"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"}},
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": MAX_SIZE,
                    "default": DEFAULT_SIZE,
                },
            },
        ]

    def _next(self) -> str | None:
        there_is = self.page and (self.position if self.backwards else self.more)
        return page_link(self.request, getattr(self.page[-1], self.key) if there_is else None, backwards=False)

    def _previous(self) -> str | None:
        there_is = self.page and (self.more if self.backwards else self.position)
        return page_link(self.request, getattr(self.page[0], self.key) if there_is else None, backwards=True)


def page_size(request: Request) -> int:
    """Return the wanted page size; raises InvalidInput for what is not between 1 and 100."""
    text = request.query_params.get("page_size", str(DEFAULT_SIZE))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_SIZE:
        raise InvalidInput.at("/page_size", "out-of-range", f"page_size is a whole number from 1 to {MAX_SIZE}.")
    return int(text)


def page_link(request: Request | HttpRequest, position: UUID | None, *, backwards: bool) -> str | None:
    """Return the address of a neighbouring page; None without a row to start from."""
    if position is None:
        return None
    kept = [part for part in request.META["QUERY_STRING"].split("&") if part and not part.startswith("cursor=")]
    query = "&".join([*kept, f"cursor={write_cursor(position, backwards=backwards)}"])
    return f"{request.scheme}://{request.get_host()}{request.path}?{query}"


def write_cursor(position: UUID, *, backwards: bool) -> str:
    """Pack a position and a direction into an opaque text."""
    raw = (b"p" if backwards else b"n") + position.bytes
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[UUID | None, bool]:
    """Unpack a cursor; raises InvalidInput for one that we did not make."""
    if not cursor:
        return None, False
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        if raw[:1] not in (b"n", b"p"):
            raise ValueError
        return UUID(bytes=raw[1:]), raw[:1] == b"p"
    except (ValueError, binascii.Error) as error:
        raise InvalidInput.at("/cursor", "stale", "This page link is not valid; start from the first page.") from error


def slice_page(rows: Sequence[Any], size: int) -> tuple[Sequence[Any], bool]:
    """Cut the extra row off; say whether there was one."""
    return rows[:size], len(rows) > size
