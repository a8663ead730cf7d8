"""What a contractor's page says of itself to search engines and to those who share it: what is public there."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from jobsphere.kit.actor import VISITOR
from jobsphere.kit.errors import NotFound
from jobsphere.profiles import selectors
from jobsphere.profiles.models import ContractorProfile
from jobsphere.profiles.rules import average
from jobsphere.web.heads import MOST_PAGES, Head, ListedPage


def contractor_head(user_id: str) -> Head:
    """Return the head of a contractor's page; raises NotFound when there is no public profile."""
    try:
        found = selectors.contractor_page(VISITOR, UUID(user_id))
    except ValueError as error:
        raise NotFound("There is no such contractor.") from error
    name = found.user.name
    provider = {"@type": "Person", "name": name}
    about: dict[str, Any] = {"@type": "Service", "name": found.headline or name, "provider": provider}
    if found.place:
        about["areaServed"] = found.place
    if found.rating_count:
        stars = average(found.rating_total, found.rating_count)
        about["aggregateRating"] = {"@type": "AggregateRating", "ratingValue": stars, "ratingCount": found.rating_count}
    facts = ". ".join(filter(None, (found.headline, found.place, found.bio)))
    return Head(title=f"{name}: {found.headline} · JobSphere", description=facts, kind="profile", about=about)


def public_profiles() -> Iterator[ListedPage]:
    """Yield the pages of contractors, who joined last first. One query."""
    rows = ContractorProfile.objects.filter(user__is_active=True, user__is_contractor=True).order_by("-pk")
    for user_id, updated_at in rows.values_list("pk", "updated_at")[:MOST_PAGES]:
        yield ListedPage(f"/contractors/{user_id}", updated_at)
