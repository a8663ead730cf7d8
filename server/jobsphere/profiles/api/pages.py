"""The taxonomy as every visitor asks for it, without DRF's dispatch (`web.hot`)."""

from functools import lru_cache

from django.http import HttpRequest

from jobsphere.kit.actor import Actor
from jobsphere.profiles import selectors
from jobsphere.profiles.types import TaxonomyRow
from jobsphere.web.json import RawJson, dumps


def category_list(request: HttpRequest, viewer: Actor) -> RawJson:
    """Return all groups with their categories; one query, and rendered again only where a row has changed."""
    return _rendered(tuple(selectors.taxonomy()))


@lru_cache(maxsize=4)
def _rendered(rows: tuple[TaxonomyRow, ...]) -> RawJson:
    words = {row.id: {"slug": row.slug, "name": row.name, "kind": row.kind} for row in rows}
    groups = [
        {**words[group.id], "children": [words[row.id] for row in rows if row.parent_id == group.id]}
        for group in rows
        if group.parent_id is None
    ]
    return RawJson(dumps({"next": None, "previous": None, "results": groups}))
