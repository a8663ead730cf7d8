"""The words for trades and skills, shipped as data and loaded as often as one likes."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jobsphere.db.transactions import require_transaction
from jobsphere.profiles.models import Category, Skill

_DATA = Path(__file__).parent / "data" / "taxonomy.json"


def load_taxonomy() -> int:
    """Bring categories and skills to what the data file says; return how many words there are.

    Known by their slugs, they keep their ids when the file renames or moves them. What has left the file stays,
    because jobs refer to it. Six statements whatever the size.
    """
    require_transaction()
    groups = _groups()
    _upsert(Category, [_category(group, None, position) for position, group in enumerate(groups)])
    parents = ids_by_slug(Category)
    rows = [
        _category({"kind": group["kind"], **each}, parents[group["slug"]], position)
        for group in groups
        for position, each in enumerate(group["categories"])
    ]
    _upsert(Category, rows)
    categories = ids_by_slug(Category)
    skills = [
        Skill(slug=skill["slug"], name=skill["name"], category_id=categories[category], position=position)
        for category, position, skill in _skills(groups)
    ]
    _upsert(Skill, skills)
    return len(groups) + len(rows) + len(skills)


def ids_by_slug(model: type[Category] | type[Skill]) -> dict[str, Any]:
    """Return the id of each word."""
    return dict(model._default_manager.values_list("slug", "id"))


@cache
def _groups() -> list[dict[str, Any]]:
    data: dict[str, list[dict[str, Any]]] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data["groups"]


def _category(entry: dict[str, Any], parent_id: Any, position: int) -> Category:
    return Category(slug=entry["slug"], name=entry["name"], kind=entry["kind"], parent_id=parent_id, position=position)


def _skills(groups: list[dict[str, Any]]) -> Iterator[tuple[str, int, dict[str, str]]]:
    for group in groups:
        for category in group["categories"]:
            for position, skill in enumerate(category["skills"]):
                yield category["slug"], position, skill


def _upsert(model: type[Category] | type[Skill], rows: list[Any]) -> None:
    changing = [field.name for field in model._meta.concrete_fields if field.name not in ("id", "created_at", "slug")]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=changing)
