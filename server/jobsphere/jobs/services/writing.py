"""From what a customer says to the columns of a job."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from jobsphere.jobs.types import JobDetails
from jobsphere.kit import clock
from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.profiles import selectors as profiles
from jobsphere.profiles.geo import coarse


def columns(details: JobDetails) -> dict[str, Any]:
    """Return the columns that a customer decides; raises InvalidInput for a category that does not exist."""
    budget = details.budget
    return {
        "title": details.title,
        "description": details.description,
        "category_id": _category_id(details.category),
        "budget_kind": budget.kind if budget else "",
        "budget_min_amount": budget.min.amount if budget else None,
        "budget_max_amount": budget.max.amount if budget else None,
        "currency": budget.min.currency if budget else settings.DEFAULT_CURRENCY,
        "starts_on": details.starts_on,
        "due_on": details.due_on,
        "place": details.place,
        "address": details.address,
        "latitude": coarse(details.latitude),
        "longitude": coarse(details.longitude),
        "exact_latitude": details.latitude,
        "exact_longitude": details.longitude,
        "updated_at": clock.now(),
    }


def skill_ids(slugs: Sequence[str]) -> list[Any]:
    """Return the ids of the skills; raises InvalidInput that names each one that does not exist."""
    known = profiles.skills_by_slug(slugs)
    errors = [
        FieldError(f"/skills/{index}", "unknown", f"There is no skill '{slug}'. GET /api/skills/ lists them.")
        for index, slug in enumerate(slugs)
        if slug not in known
    ]
    if errors:
        raise InvalidInput(errors)
    return [skill.id for skill in known.values()]


def _category_id(slug: str) -> UUID | None:
    if not slug:
        return None
    found = profiles.category_by_slug(slug)
    if found is None:
        detail = f"There is no category '{slug}'. GET /api/categories/ lists them."
        raise InvalidInput.at("/category", "unknown", detail)
    return found.id
