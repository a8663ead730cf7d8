"""A walk over every route of the running server."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

from jobsphere.kit.ids import uuid7
from jobsphere.web.access import Access, policy_of

METHODS = ("get", "post", "put", "patch", "delete")
_PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")


@dataclass(frozen=True)
class Route:
    """One route: its pattern, and the class that answers it (None: a plain function)."""

    pattern: str
    name: str
    view: Any

    @property
    def methods(self) -> list[str]:
        """Return the methods that it answers."""
        return [each for each in METHODS if hasattr(self.view, each) and each in self.view.http_method_names]

    @property
    def is_detail(self) -> bool:
        """Say whether it is about one thing."""
        return bool(_PARAMETER.search(self.pattern))

    def policy(self, method: str) -> Access | None:
        """Return who may call it."""
        return policy_of(self.view, method.upper())

    def address(self) -> str:
        """Return an address with ids that nobody ever made."""
        return "/" + _PARAMETER.sub(lambda found: "nothing.png" if found[1] == "str" else str(uuid7()), self.pattern)


def routes() -> list[Route]:
    """Return every route."""
    return list(_flat(get_resolver().url_patterns, ""))


def api_routes() -> list[Route]:
    """Return the routes of the API, without pages about it and without the old names that lead to ours."""
    pages = ("api/", "api/schema/", "api/docs/", "api/redoc/")
    found = [each for each in routes() if each.pattern.startswith("api/")]
    return [each for each in found if each.pattern not in pages and not each.name.startswith("legacy-")]


def _flat(patterns: Any, prefix: str) -> Iterator[Route]:
    for each in patterns:
        if isinstance(each, URLPattern):
            yield Route(prefix + str(each.pattern), each.name or "", getattr(each.callback, "view_class", None))
        else:
            yield from _flat(each.url_patterns, prefix + str(each.pattern))
